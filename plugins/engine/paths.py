"""Which file each thing on the site becomes: no two the same, and no file of a writer forgotten."""

from __future__ import annotations

import fnmatch
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from plugins.catalogue.settings import Edition
from plugins.catalogue.terms import Places, term_addresses
from plugins.errors import Problem
from plugins.kinds import FILES, fixed
from plugins.post import Post
from plugins.series.model import Series
from plugins.urls import composed, file_of, moved

Claim = tuple[str, int, str]


def check_paths(
    posts: Sequence[Post],
    statics: Mapping[str, str],
    series: Iterable[Series],
    editions: Sequence[Edition] = (),
    places: Places = MappingProxyType({}),
) -> tuple[Problem, ...]:
    """A problem for every post or file that would overwrite another, or be below a file.

    Paths are compared as the least careful file system would: without regard to case and to the
    Unicode form of their letters.
    """
    claims: dict[str, list[Claim]] = defaultdict(list)
    for path, claim in _claims(posts, statics, series, editions, places):
        claims[composed(path).casefold()].append(claim)
    same = (
        _clash(first, other)
        for claimants in claims.values()
        for first, *others in [sorted(claimants, key=_is_a_writers)]
        for other in others
        if other[0]
    )
    return tuple(dict.fromkeys((*same, *_below_files(claims))))


def _below_files(claims: Mapping[str, Sequence[Claim]]) -> Iterator[Problem]:
    """A problem wherever a path goes through a file, named at the writer's side of the two."""
    for path, claimants in claims.items():
        folder = path.rpartition("/")[0]
        while folder:
            if folder in claims:
                first, other = sorted((claims[folder][0], claimants[0]), key=_writers_last)
                yield _clash(first, other)
            folder = folder.rpartition("/")[0]


def taken_paths(
    posts: Sequence[Post],
    statics: Mapping[str, str],
    series: Iterable[Series],
    editions: Sequence[Edition] = (),
    places: Places = MappingProxyType({}),
) -> Mapping[str, str]:
    """Every file below the output folder that is no post's page, and what it is in words."""
    claims = _claims((), statics, series, (), places)
    lists = {file_of(url): url for url in term_addresses(posts, editions, places).values()}
    own = {path: f"the page {url}" for path, url in lists.items()}
    return own | {path: source or f"the page {name}" for path, (source, _, name) in claims}


def unaccounted(
    content: Path, ignored: Sequence[str], excluded: Collection[str], accounted: Collection[str]
) -> Iterator[Problem]:
    """A problem for every file below ``content`` that would be published by nothing.

    ``ignored`` are Pelican's ``IGNORE_FILES`` patterns and ``excluded`` the paths of folders:
    what they name is left out on purpose.
    """
    for root, folders, names in os.walk(content, followlinks=True):
        here = Path(root).relative_to(content)
        folders[:] = [
            name
            for name in folders
            if not _is_ignored(name, ignored) and (here / name).as_posix() not in excluded
        ]
        for name in names:
            source = (here / name).as_posix()
            if source not in accounted and not _is_ignored(name, ignored):
                yield Problem(
                    source,
                    1,
                    "file",
                    "nothing publishes this file",
                    "move it to posts/ or static/, or add its name to IGNORE_FILES",
                    "unpublished-file",
                )


def _claims(
    posts: Sequence[Post],
    statics: Mapping[str, str],
    series: Iterable[Series],
    editions: Sequence[Edition],
    places: Places,
) -> Iterator[tuple[str, Claim]]:
    """Every path below the output folder with who claims it; an empty source is the build."""
    lists = {
        *(moved(url, places) for url in fixed()),
        *FILES,
        *term_addresses(posts, editions, places).values(),
        *(one.url for one in series),
    }
    for url in lists:
        yield file_of(url), ("", 1, url)
    # Of two posts the older keeps its address.
    for post in sorted(posts, key=lambda post: (post.date, post.source)):
        field = "permalink" if "permalink" in post.lines else "slug"
        yield post.save_as, (post.source, post.line_of(field), field)
    for source, url in statics.items():
        yield file_of(url), (source, 1, "file")


def _is_a_writers(claim: Claim) -> bool:
    return bool(claim[0])


def _writers_last(claim: Claim) -> tuple[bool, Claim]:
    return bool(claim[0]), claim


def _clash(first: Claim, other: Claim) -> Problem:
    source, line, field = other
    taken = f"{first[0]} already has this URL" if first[0] else "the site needs this URL itself"
    if first[0] != source and composed(first[0]) == composed(source):
        taken += ": the same name in another Unicode form (NFC and NFD)"
    hint = "rename the file" if field == "file" else "give one of them another slug or permalink"
    return Problem(source, line, field, taken, hint, "url-taken")


def _is_ignored(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)
