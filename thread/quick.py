"""Jinja for many pages made of few templates: the same text in half of the time.

Jinja looks for changed template files whenever a page names a template, asks for new globals
whenever one imports macros, and marks every piece of text that it has escaped as safe, although the
pieces are joined at once. An environment that lives for one build needs none of this.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from types import CodeType
from typing import Any, cast

import markupsafe
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup, escape

from thread.standing import Part, StandingPart, is_part, stands

# What escapes text and does not mark it; without it, marked text does as well.
_escaped: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def shown(value: Any) -> str:
    """``value`` as text in HTML, escaped unless it is safe; for joining only, so it is not marked."""
    kind = type(value)
    if kind is str:
        return _escaped(value)
    return cast(str, value) if kind is Markup else escape(value)


class _Macro(Macro):
    """A macro whose text is marked as safe without being looked at again."""

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        made = self._func(*arguments)
        return str.__new__(Markup, made) if autoescape else made


class _Context(Context):
    """What a template sees; macros, which are most of what templates call, are called directly."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[..., Any]],
        globals: MutableMapping[str, Any] | None = None,  # noqa: ARG002 - as Jinja calls it
    ) -> None:
        # Which of the values are globals is asked for by modules only, and those have all of them.
        super().__init__(environment, parent, name, blocks)

    @internalcode
    def call(self, called: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        """See :meth:`jinja2.runtime.Context.call`."""
        if type(called) is not _Macro:
            return super().call(called, *args, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **named)


class _Template(Template):
    """A template whose macros, once imported, stay: the globals are the same for all."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """The template of compiled code, which escapes and marks by the functions above."""
        made = super().from_code(environment, code, globals, uptodate)
        root = vars(made)["root_render_func"]
        root.__globals__.update(escape=shown, Macro=_Macro)
        kind = cast(QuickEnvironment, environment).parts.get(made.name or "")
        if kind:
            vars(made)["root_render_func"] = kind(root)
        return made

    def _get_default_module(self, ctx: Context | None = None) -> Any:  # noqa: ARG002 - as above
        return super()._get_default_module()


class _Generator(CodeGenerator):
    """Compiles templates, and tells the environment which are parts."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        """Compile a whole template."""
        if is_part(node):
            parts = cast(QuickEnvironment, self.environment).parts
            parts[self.name or ""] = StandingPart if stands(node) else Part
        super().visit_Template(node, frame)


class QuickEnvironment(Environment):
    """An environment whose templates are read once, and whose globals are known beforehand."""

    code_generator_class = _Generator
    context_class = _Context
    template_class = _Template

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, auto_reload=False)
        self.parts: dict[str, type[Part]] = {}
        self._known: dict[str, Template] = {}

    @internalcode
    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """See :meth:`jinja2.Environment.get_template`."""
        found = self._known.get(name) if isinstance(name, str) and not globals else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if isinstance(name, str) and not globals:
                self._known[name] = found
        return found

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of one template; those of all, where it has none of its own."""
        return super().make_globals(d) if d else self.globals
