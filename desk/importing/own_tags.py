"""What a site's own shortcodes, includes and components become: by its table, or by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from desk.importing.model import Sure
from desk.importing.shortcodes import Call, Own, known

_MEANT = re.compile(r"(?P<name>[\w-]++)(?:\((?P<said>[^()]*+)\))?")
_KEPT = re.compile(r"\{\{< /?[\w-]++(?: [\w-]++=\"[^\"]*+\")*+ >\}\}")
_PART = re.compile(
    r"\s{0,20}+(?P<key>[\w-]{1,60}+)\s{0,20}+=\s{0,20}+(?:'(?P<text>[^']*+)'|(?P<old>[\w.-]++))\s{0,20}+(?:,|\Z)"
)


def is_understood(said: str) -> bool:
    """Whether a value of the table says something: see :func:`mapped`."""
    if said in {"", "text", "drop"} or said.split(" ")[0] == "template":
        return True
    found = _MEANT.fullmatch(said)
    return found is not None and not _PART.sub("", found["said"] or "").strip()


def meaning(call: Call, table: Mapping[str, str], own: Own) -> tuple[str | None, Sure]:
    """The Markdown of a call and how sure it is; None for one that nobody knows.

    The site's own table decides first, then what its generator means, then what all know.
    """
    said = mapped(call, table)
    if said is None:
        said = own(call)
    if said is None:
        said = known(call)
    if said is not None:
        return said, "sure"
    return call.inner, "lost" if call.inner is None else "guess"


def mapped(call: Call, table: Mapping[str, str]) -> str | None:
    """What the table makes of a call; None where it says nothing."""
    meant = table.get(call.name) or table.get(call.name.rpartition("/")[2]) or ""
    if not meant:
        return None
    if meant == "drop":
        return ""
    if meant == "text":
        return (call.inner or "").strip("\n")
    if meant.split(" ")[0] == "template":
        return kept(call)
    found = _MEANT.fullmatch(meant)
    return known(_renamed(call, found["name"], found["said"])) if found else None


def _renamed(call: Call, name: str, said: str | None) -> Call:
    if said is None:
        return replace(call, name=name.lower())
    old = {**call.named, **{str(n): value for n, value in enumerate(call.others, 1)}}
    old["text"] = (call.inner or "").strip()
    new = {
        part["key"]: part["text"] if part["text"] is not None else old.get(part["old"], "")
        for part in _PART.finditer(said)
    }
    return Call(name.lower(), new, (), call.inner)


def is_literal(body: str) -> bool:
    """Whether braces in a text that was converted are text, and none is a call that was kept."""
    return ("{{" in body or "{%" in body) and not _KEPT.search(body)


def kept(call: Call) -> str:
    """A call in the form that a build reads: ``{{< name key="value" >}}``, perhaps with its text."""
    named = {**{f"arg{n}": value for n, value in enumerate(call.others, 1)}, **call.named}
    words = "".join(f' {key}="{_quoted(value)}"' for key, value in named.items())
    name = call.name.rpartition("/")[2]
    if call.inner is None:
        return f"{{{{< {name}{words} >}}}}"
    return f"{{{{< {name}{words} >}}}}{call.inner}{{{{< /{name} >}}}}"


def _quoted(value: str) -> str:
    return " ".join(value.split()).replace("\\", "\\\\").replace('"', '\\"')
