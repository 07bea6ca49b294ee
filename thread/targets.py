"""``targets.json``: what the build says in public about the posts that can be answered."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import UTC
from pathlib import Path

from thread.errors import FileError
from thread.model import Site, Target, Use, Way
from thread.reading import Fields, fields_of

FILE = "targets.json"
FORMAT = "parley-targets/1"
_HINT = "build the site again with `make publish`"
_NAMES = tuple(field.name for field in fields(Target))


@dataclass(frozen=True, slots=True)
class Targets:
    """The site, and every post that can be answered or once could."""

    site: Site
    targets: tuple[Target, ...]


def dump(found: Targets) -> bytes:
    """The bytes of the file: one line for each target, so that changes are small to look at."""
    site = json.dumps(asdict(found.site), ensure_ascii=False)
    rows = (json.dumps(_values(target), ensure_ascii=False) for target in found.targets)
    text = ",\n".join(rows)
    return f'{{"format": "{FORMAT}", "site": {site}, "targets": [\n{text}\n]}}\n'.encode()


def load(data: bytes, path: str) -> Targets:
    """The targets in the file ``path``, whose bytes are ``data``; raises :class:`FileError`."""
    fields = fields_of(data, path, _HINT)
    if fields.values.get("format") != FORMAT:
        fields.fail("format", f"is not {FORMAT!r}")
    site = fields.inner("site")
    return Targets(_site(site), tuple(_target(each) for each in fields.objects("targets")))


def read(output: Path) -> Targets:
    """The targets of the site in the folder ``output``; raises :class:`FileError`."""
    path = output / FILE
    try:
        return load(path.read_bytes(), str(path))
    except OSError as error:
        raise FileError(str(path), "file", error.strerror or "cannot be read", _HINT) from error


def _values(target: Target) -> dict[str, object]:
    closes = target.closes.astimezone(UTC).isoformat() if target.closes else None
    # Not ``asdict``, which copies what is in every value: there is one for each post.
    return {name: getattr(target, name) for name in _NAMES} | {"closes": closes}


def _site(fields: Fields) -> Site:
    return Site(
        name=fields.text("name"),
        url=fields.address("url"),
        lang=fields.text("lang"),
        zone=fields.text("zone"),
        tag=fields.text("tag"),
        hub=fields.address("hub"),
        service=fields.text("service"),
        depth=fields.count("depth"),
        ways=tuple(_way(each) for each in fields.objects("ways")),
    )


def _way(fields: Fields) -> Way:
    use = fields.text("use")
    if use not in ("replies", "contact"):
        fields.fail("use", f"{use!r} is neither 'replies' nor 'contact'")
    known: Use = "replies" if use == "replies" else "contact"
    return Way(known, fields.text("name"), fields.pairs("options"))


def _target(fields: Fields) -> Target:
    return Target(
        id=fields.text("id"),
        url=fields.address("url"),
        path=fields.text("path"),
        title=fields.text("title"),
        lang=fields.text("lang"),
        file=_below(fields, "file", fields.text("file")),
        feeds=tuple(_below(fields, "feeds", name) for name in fields.texts("feeds")),
        open=fields.truth("open"),
        authors=fields.texts("authors"),
        closes=None if fields.values.get("closes") is None else fields.moment("closes"),
        entry=fields.text("entry"),
        aliases=fields.texts("aliases") if "aliases" in fields.values else (),
    )


def _below(fields: Fields, name: str, path: str) -> str:
    """``path``, which names a file below the output folder: the service writes there."""
    steps = path.split("/")
    if not path or "\\" in path or "\0" in path or {"", ".", ".."} & set(steps):
        fields.fail(name, f"{path!r} is no path below the output folder")
    return path
