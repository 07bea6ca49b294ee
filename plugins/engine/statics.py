"""Where files that are no posts go: beside their post, at the root, or at their own path.

- Files in the folder of a bundle (``some-post/index.md``) go beside the post, wherever its URL is;
  those of a draft stay back with it, and so do all files in a folder of drafts.
- Files below ``static/`` go to the root of the site (``static/favicon.ico`` -> ``/favicon.ico``).
- Every other file keeps its path (``images/a.png`` -> ``/images/a.png``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from plugins.engine.intros import Intro
from plugins.engine.texts import Read
from plugins.errors import Problem
from plugins.post import Post
from plugins.posts.ledger import Ledger
from plugins.posts.source_names import read_name
from plugins.posts.uses import Uses, addresses_in, used, uses_of
from plugins.series.model import Series
from plugins.urls import encoded

ROOT_FOLDER = "static"
# Formats that other tools make posts of, and that we read only where a plugin of Pelican does.
_POSTS_OF_OTHERS = frozenset({".mdoc", ".njk", ".adoc", ".asciidoc", ".org", ".textile"})


def place_statics(
    sources: Iterable[str],
    posts: Iterable[Post],
    ledger: Ledger,
    *,
    preview: bool,
    shown: Iterable[Uses] = (),
    moved: Mapping[str, Mapping[str, str]] | None = None,
) -> Mapping[str, str]:
    """The place of every static file: source path -> root-relative URL, percent-encoded.

    Files of drafts have none, unless this is a ``preview``; they are entered in the ledger. Nor have
    files that drafts name and nothing that is ``shown``, and texts that are no posts, unless something
    shown leads to them. ``moved`` is Pelican's ``EXTRA_PATH_METADATA``.
    """
    bundles = {_folder(post): post for post in posts if _is_bundle(post)}
    held = {_folder(post) for post in ledger.held.values() if _is_bundle(post)} - {""}
    placed = {}
    for source in sources:
        if _below(source, held) or (not preview and read_name(source).draft):
            ledger.beside.add(source)
        else:
            own = (moved or {}).get(source, {}).get("path")
            placed[source] = encoded(f"/{own or static_path(source, bundles)}")
    return _only_public(placed, ledger, shown)


def public_uses(
    reads: Iterable[Read], series: Iterable[Series], intros: Iterable[Intro]
) -> Iterator[Uses]:
    """What the public texts of a site name: posts and pages, series, and what stands above lists."""
    yield from (uses_of(read.text.post, read.text.local) for read in reads)
    for one in series:
        if one.source:
            lead = (one.image.src,) if one.image else ()
            yield one.source, (*addresses_in(one.intro.html), *lead)
    for intro in intros:
        portrait = intro.profile.picture if intro.profile else None
        shown = (portrait.src,) if portrait else ()
        yield intro.source, (*addresses_in(intro.body.html), *shown)


def _only_public(
    placed: Mapping[str, str], ledger: Ledger, shown: Iterable[Uses]
) -> Mapping[str, str]:
    """``placed`` without what only drafts name, and without texts of no use by themselves."""
    free = {
        source: url for source, url in placed.items() if not source.startswith(f"{ROOT_FOLDER}/")
    }
    drafts = used(
        ledger.wants.items(), {s: url for s, url in free.items() if s not in ledger.aside}
    )
    texts = {source for source in placed if source in ledger.aside}
    doubtful = {source: placed[source] for source in drafts | texts}
    wanted = {s for s in used(shown, doubtful) if _can_be_read(s, ledger.aside.get(s))}
    ledger.beside |= drafts - wanted
    for source in texts & wanted:
        del ledger.aside[source]
    lost = doubtful.keys() - wanted
    return {source: url for source, url in placed.items() if source not in lost}


def _can_be_read(source: str, what: str | None) -> bool:
    """Whether a text that is no post is published as a file where a post leads to it.

    Markdown beside a post was perhaps meant to be one: readers would get its marks.
    """
    plain = what == "beside" and source.lower().endswith(".txt")
    return plain or what in (None, "readme", "resource")


def check_statics(content: Path, sources: Iterable[str]) -> Iterator[Problem]:
    """A problem for each static file below ``content`` that is no file, or a post nobody read."""
    for source in sources:
        path = PurePosixPath(source)
        if not (content / path).is_file():
            message, hint = "this leads to no file", "put the file itself here"
            yield Problem(source, 1, "file", message, hint, "broken-file")
        elif path.suffix in _POSTS_OF_OTHERS and path.parts[0] != ROOT_FOLDER:
            message = f"{path.suffix} is read by nothing here"
            hint = f"save the text as .md, or move the file to {ROOT_FOLDER}/"
            yield Problem(source, 1, "file", message, hint, "foreign-format")


def static_path(source: str, bundles: Mapping[str, Post]) -> str:
    """The path below the output folder for the file at ``source`` below the content folder."""
    path = PurePosixPath(source)
    if path.parts[0] == ROOT_FOLDER and len(path.parts) > 1:
        return str(path.relative_to(ROOT_FOLDER))
    for folder in path.parents:
        post = bundles.get(str(folder))
        if post is not None and str(folder) != ".":
            beside = PurePosixPath(post.save_as).parent
            return str(beside / path.relative_to(folder))
    return str(path)


def _is_bundle(post: Post) -> bool:
    return post.source.rpartition("/")[2].partition(".")[0] == "index"


def _folder(post: Post) -> str:
    folder = str(PurePosixPath(post.source).parent)
    return "" if folder == "." else folder


def _below(source: str, folders: set[str]) -> bool:
    return any(str(parent) in folders for parent in PurePosixPath(source).parents)
