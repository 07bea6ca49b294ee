"""The kinds of front matter that stand between two lines, and the handlers that read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from frontmatter.default_handlers import BaseHandler

from plugins.frontmatter.json_dialect import StrictJSON
from plugins.frontmatter.table import MAX_CHARACTERS
from plugins.frontmatter.toml_dialect import StrictTOML
from plugins.frontmatter.values import Fault, Faults
from plugins.frontmatter.yaml_dialect import StrictYAML

Dialect = Literal["yaml", "toml", "json", "pelican", "none"]


@dataclass(frozen=True, slots=True)
class Fence:
    """One kind: its dialect, its handler, and the lines that close it."""

    dialect: Dialect
    handler: BaseHandler
    closing: tuple[str, ...]


_YAML = Fence("yaml", StrictYAML(), ("---", "..."))
_JSON = StrictJSON()
# By the line that opens it. A language after the dashes is gray-matter's, which Eleventy uses.
FENCES: Mapping[str, Fence] = MappingProxyType(
    {
        "---": _YAML,
        "---yaml": _YAML,
        "---yml": _YAML,
        "---toml": Fence("toml", StrictTOML(), ("---",)),
        "---json": Fence("json", _JSON, ("---",)),
        "+++": Fence("toml", StrictTOML(), ("+++",)),
        ";;;": Fence("json", _JSON, (";;;",)),
    }
)


def load(fence: Fence, block: Sequence[str], above: int) -> Any:
    """What ``block`` says, which has ``above`` lines before it in the file.

    Lines are counted in the file: the handler gets as many empty lines first. Raises `Faults`.
    """
    text = "\n".join(block)
    if len(text) > MAX_CHARACTERS:
        hint = "keep data in a file of its own"
        raise Faults([Fault(f"has more than {MAX_CHARACTERS} characters", hint, above)])
    if fence.dialect == "json" and not text.lstrip().startswith("{"):
        text = f"{{{text}}}"
    return fence.handler.load("\n" * above + text)
