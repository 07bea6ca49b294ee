"""Text put into templates when they are compiled, so that showing it costs nothing.

An environment speaks one language, so a message that is written out in a template always gives the
same text: a call becomes that text, joined with the variables it has. Plural forms depend on a
number and stay calls. What a reader sees is the same; a page with sixty messages is made without
looking any of them up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import Frame
from jinja2.visitor import NodeTransformer

from wording.wording import Wording

_PLACE = re.compile(r"%(?:\((\w+)\)s|(%))")
# The names of gettext in templates, and how many texts each is given.
_TEXTS = {"_": 1, "gettext": 1, "pgettext": 2}


def fold(environment: Environment, wording: Wording) -> None:
    """Let ``environment`` compile its templates with the words of ``wording`` in them."""
    base: Any = environment.code_generator_class

    class Generator(base):  # type: ignore[misc]  # whatever the environment compiles with
        def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # Jinja's name
            super().visit_Template(_Folder(wording).visit(node), frame)

    environment.code_generator_class = Generator


class _Folder(NodeTransformer):
    """Replaces calls of gettext that are written out."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # Jinja's name
        """The text of a message, or the call as it is where it is no plain message."""
        self.generic_visit(node)
        texts = _texts(node)
        if texts is None:
            return node
        values = {one.key: one.value for one in node.kwargs}
        say = self._wording.gettext if len(texts) == 1 else self._wording.pgettext
        pieces = _pieces(say(*texts), values)
        if pieces is None:
            return node
        made = nodes.Concat(pieces) if len(pieces) > 1 else pieces[0]
        return made.set_lineno(node.lineno).set_environment(node.environment)  # type: ignore[arg-type]


def _texts(node: nodes.Call) -> tuple[str, ...] | None:
    """The texts that a call of gettext is given; None for any other call."""
    wanted = _TEXTS.get(node.node.name) if isinstance(node.node, nodes.Name) else None
    texts = tuple(arg.value for arg in node.args if isinstance(arg, nodes.Const))
    plain = node.dyn_args is None and node.dyn_kwargs is None and len(node.args) == len(texts)
    if not plain or len(texts) != wanted or not all(isinstance(one, str) for one in texts):
        return None
    return texts


def _pieces(message: str, values: Mapping[str, nodes.Expr]) -> list[Any] | None:
    """The parts of ``message``, its variables in their places; None where one is not given."""
    if "%" in _PLACE.sub("", message):
        return None
    pieces: list[Any] = []
    end = 0
    for found in _PLACE.finditer(message):
        if found[1] is not None and found[1] not in values:
            return None
        pieces.append(nodes.TemplateData(message[end : found.start()]))
        pieces.append(values[found[1]] if found[1] else nodes.TemplateData("%"))
        end = found.end()
    pieces.append(nodes.TemplateData(message[end:]))
    return [
        one for one in pieces if not (isinstance(one, nodes.TemplateData) and not one.data)
    ] or [nodes.TemplateData("")]
