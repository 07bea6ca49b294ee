"""Finds the file that a URL means, and never one outside the folder that is served."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_VISIBLE = ".well-known"  # RFC 8615; every other name that begins with a dot stays private
_UNSAFE = ("\\", "\0")  # a separator of other systems, and the end of a C string


@dataclass(frozen=True, slots=True)
class Found:
    """A file below the folder: its real ``path``, and ``name`` relative to it with slashes.

    ``slash`` is true where the URL names the folder of that index page without its last slash.
    """

    path: Path
    name: str
    slash: bool = False


def find(folder: Path, path: str) -> Found | None:
    """The file that the decoded URL path ``path`` means; a folder means its ``index.html``.

    An address without an ending means the page of that name, as on most hosts.
    """
    names = [name for name in path.split("/") if name]
    if not all(map(_is_safe, names)):
        return None
    try:
        top = folder.resolve(strict=True)
        if names and not path.endswith("/") and not top.joinpath(*names).exists():
            names[-1] += ".html"
        target = top.joinpath(*names).resolve(strict=True)
        is_folder = target.is_dir()
        if is_folder:
            target = (target / "index.html").resolve(strict=True)
            names.append("index.html")
    except (OSError, ValueError, RuntimeError):  # missing, too long, not encodable, a loop of links
        return None
    if not target.is_relative_to(top) or not target.is_file():
        return None
    if path.endswith("/") and not is_folder:
        return None
    return Found(target, "/".join(names), slash=is_folder and not path.endswith("/"))


def _is_safe(name: str) -> bool:
    return (not name.startswith(".") or name == _VISIBLE) and not any(c in name for c in _UNSAFE)
