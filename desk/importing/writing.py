"""The new site: posts with their front matter, copied files and the settings, written once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path, PurePosixPath

import yaml

from desk.errors import DeskError
from desk.importing.menus import kept
from desk.importing.model import Asset, Facts, Item, Page
from desk.importing.own_table import renewed, rows
from desk.importing.reading import moment_of
from desk.new_site import beside, settings

_RECORD = ".parley/imported.json"
_FIRST = ("title", "date", "modified", "authors", "category", "tags", "series", "part")


def write(items: Sequence[Item], source: Path, site: Path, facts: Facts) -> None:
    """Write ``content/``, ``pelicanconf.py`` and what a site has beside them below ``site``.

    A file that is there with other bytes than the last import wrote is not ours to write over: it is
    an error that names it, before anything is written. Of settings that were edited only the table
    of shortcodes is renewed.
    """
    content = site / "content"
    texts = {content / item.target: text_of(item) for item in items if isinstance(item, Page)}
    written = _Written.of(site)
    texts[site / "pelicanconf.py"] = _settings(items, site, facts, written)
    others = [
        path
        for path, text in texts.items()
        if path.name != "pelicanconf.py" and written.is_of_others(path, text.encode())
    ]
    if others:
        names = ", ".join(str(path) for path in others[:3])
        raise DeskError(
            f"{len(others)} files are there and say something else ({names}); import into a new"
            " folder, or delete them first"
        )
    more = {site / name: text for name, text in beside(site, facts.title or "Blog").items()}
    more = {path: text for path, text in more.items() if not path.exists()}
    for path, text in {**texts, **more}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    written.keep(texts)
    for item in items:
        if isinstance(item, Asset):
            target = content / item.target
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / item.source, target)


def safe(target: str) -> str:
    """A path below the content folder. Raises ValueError for one that leads out of it."""
    parts = PurePosixPath(target).parts
    if not parts or target.startswith("/") or ".." in parts or "\0" in target:
        raise ValueError(f"{target!r} leads out of the folder")
    return target


def text_of(page: Page) -> str:
    """The file of a post: YAML front matter, a blank line, its Markdown."""
    ordered = sorted(page.fields, key=lambda name: (name not in _FIRST, _place(name)))
    fields = {name: page.fields[name] for name in ordered}
    matter = yaml.safe_dump(_plain(fields), allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{matter}---\n\n{page.body.strip(chr(10))}\n"


def _place(name: str) -> int:
    return _FIRST.index(name) if name in _FIRST else 0


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if value is None or isinstance(value, str | bool | int | float | date | datetime):
        return value
    return str(value)


@dataclass(frozen=True, slots=True)
class _Written:
    """What the last import wrote: the digest of each file, by its path below the site."""

    site: Path
    digests: Mapping[str, str]

    @classmethod
    def of(cls, site: Path) -> _Written:
        try:
            digests = json.loads((site / _RECORD).read_text("utf-8"))
        except (FileNotFoundError, ValueError):
            digests = {}
        return cls(site, digests if isinstance(digests, dict) else {})

    def is_of_others(self, path: Path, data: bytes) -> bool:
        """Whether a file is there that is neither ``data`` nor what an import wrote."""
        try:
            found = path.read_bytes()
        except FileNotFoundError:
            return False
        name = path.relative_to(self.site).as_posix()
        return found != data and self.digests.get(name) != sha256(found).hexdigest()

    def keep(self, texts: Mapping[Path, str]) -> None:
        digests = {
            path.relative_to(self.site).as_posix(): sha256(text.encode()).hexdigest()
            for path, text in texts.items()
        }
        path = self.site / _RECORD
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(digests, indent=1, sort_keys=True) + "\n", "utf-8")


def _settings(items: Sequence[Item], site: Path, facts: Facts, written: _Written) -> str:
    path = site / "pelicanconf.py"
    table = list(rows(facts.tags, items))
    made = _template(items, site, facts, table)
    return renewed(path, table) if written.is_of_others(path, made.encode()) else made


def _template(items: Sequence[Item], site: Path, facts: Facts, table: Sequence[str]) -> str:
    days = [_day(item) for item in items if isinstance(item, Page)]
    after = max((day for day in days if day), default=date(2000, 1, 1)) + timedelta(days=1)
    url = facts.url.rstrip("/") or "https://blog.example.com"
    return settings(
        site, title=facts.title or "Blog", subtitle=facts.subtitle, url=url,
        zone=facts.timezone or "UTC", lang=facts.language or "en", lenient_before=after,
        since=date(2026, 1, 1), feeds=facts.feeds, menu=kept(items, facts)[0], shortcodes=table,
    )  # fmt: skip


def _day(page: Page) -> date | None:
    moment = moment_of(page.fields["date"]) if "date" in page.fields else None
    return moment.date() if moment else None
