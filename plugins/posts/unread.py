"""Fields that nothing reads: each named once in a build, with the field it may have been meant as."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from plugins.errors import Problem
from plugins.frontmatter.fields import fold, match, nearest
from plugins.frontmatter.known import EXTRA
from plugins.frontmatter.settings import SETTING, OwnNames
from plugins.post import Post

# So many names without a near field are listed, and for so many one is looked for, which takes time.
_LISTED, _ASKED = 20, 200
_KEEP = f'name them in {SETTING} ("{EXTRA}" keeps them for templates), or remove them'
# How templates name a field: ours as page.extra.mood, those of Pelican's themes as article.mood.
_READ = re.compile(
    r"\b(?:page\.extra|extra|article|page)(?:\.get\(|\.|\[)\s{0,9}[\"']?([\w-]{1,60})"
)
_ALL = "items"


@dataclass(frozen=True, slots=True)
class _Unread:
    """A name as first written, where that is, and how many posts have it."""

    name: str
    path: str
    line: int
    count: int


def unread_fields(
    posts: Iterable[Post], names: OwnNames, templates: Callable[[], Iterable[str]]
) -> Iterator[Problem]:
    """A notice for each name that is near a field, and one for all others.

    ``templates`` gives the texts of the theme's templates: what they print is read.
    """
    found = _found(posts, names)
    read = _read_by(templates()) if found else frozenset()
    if _ALL in read:
        return
    unread = [one for folded, one in found.items() if folded not in read]
    meant = {one.name: near for one in unread[:_ASKED] if (near := nearest(one.name))}
    for one in unread:
        if near := meant.get(one.name):
            message = f"nothing reads this field{_times(one)}"
            hint = f'is it {near}? Rename it, or write {SETTING} = {{"{one.name}": "{near}"}}'
            yield Problem(one.path, one.line, one.name, message, hint, "unread-field")
    if others := [one for one in unread if one.name not in meant]:
        first = min(others, key=lambda one: (one.path, one.line))
        shown = ", ".join(f"{one.name}{_times(one)}" for one in others[:_LISTED])
        more = f" and {len(others) - _LISTED} more" if len(others) > _LISTED else ""
        message = f"nothing reads {shown}{more}"
        yield Problem(first.path, first.line, "front matter", message, _KEEP, "unread-field")


def _found(posts: Iterable[Post], names: OwnNames) -> dict[str, _Unread]:
    """The fields that neither the registry nor the site knows, by folded name; the oldest file first."""
    found: dict[str, _Unread] = {}
    for post in sorted((post for post in posts if post.extra), key=lambda post: post.source):
        for name in post.extra:
            if match(name) or names.of(name):
                continue
            known = found.get(fold(name)) or _Unread(name, post.source, post.line_of(name), 0)
            found[fold(name)] = _Unread(known.name, known.path, known.line, known.count + 1)
    return dict(sorted(found.items()))


def _read_by(templates: Iterable[str]) -> Collection[str]:
    return {fold(name) for text in templates for name in _READ.findall(text)}


def _times(one: _Unread) -> str:
    return f" ({one.count} times)" if one.count > 1 else ""
