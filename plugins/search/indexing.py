"""Runs Pagefind (https://pagefind.app), a program that its Python package brings along."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from tempfile import TemporaryDirectory

from pagefind_bin import get_executable

from plugins.errors import Problem, SiteError
from plugins.search.records import Record

# Interfaces of its own that Pagefind adds; our page has one, in a tenth of the size.
_UNUSED = (
    *("pagefind-ui.", "pagefind-modular-ui.", "pagefind-component-ui.", "pagefind-highlight."),
)
# The engine. It reads any number of indexes, so only the first one has it beside it.
_SCRIPTS = ("pagefind.js", "pagefind-worker.js")
_ENGINE = (*_SCRIPTS, "wasm.")
# Where an index does not know a word, Pagefind leaves the word out or takes a shorter one. Another
# index may know it, so our page has to see which words each result has: Pagefind says that in what
# it calls playground mode, which its own scripts cannot switch on for an index that is merged.
_MERGED = b"await newInstance.options(remainingOptions);"
_SAYING_WORDS = b"for(const one of this.instances)await one.enterPlaygroundMode();"
_is_plain = re.compile(r"\.[A-Za-z0-9]+").fullmatch
_TIMEOUT = 600
"""Seconds; ten thousand posts take a small part of it."""


def build_index(
    records: Iterable[Record], lang: str, *, engine: bool = True
) -> Iterator[tuple[str, bytes]]:
    """The files of the index, and the ``engine`` that reads it, by path below their folder.

    All posts are in one index with the word forms of ``lang``, the site's language. Raises
    :class:`SiteError` where Pagefind cannot be run or fails.
    """
    unused = _UNUSED if engine else _UNUSED + _ENGINE
    with TemporaryDirectory(prefix="parley-search-") as folder:
        site, bundle = Path(folder, "site"), Path(folder, "bundle")
        endings = set()
        for one in records:
            path = site / one.save_as
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(one.html, encoding="utf-8")
            endings.add(path.suffix)
        _run(site, bundle, lang.partition("-")[0].lower(), _glob(endings))
        for path in sorted(bundle.rglob("*")):
            if path.is_file() and not path.name.startswith(unused):
                data = path.read_bytes()
                data = _saying_words(data) if path.name in _SCRIPTS else data
                yield path.relative_to(bundle).as_posix(), data


def _saying_words(script: bytes) -> bytes:
    """A script of the engine that says of each result of merged indexes which words it has."""
    if script.count(_MERGED) != 1:
        raise _failed(
            "this version of Pagefind merges indexes in another way; install the locked one"
        )
    return script.replace(_MERGED, _MERGED + _SAYING_WORDS)


def _glob(endings: AbstractSet[str]) -> str:
    """What finds files by the ``endings`` of their names, and no folders.

    Pagefind would try to read a folder as well, several times and a third of a second long.
    """
    if all(_is_plain(ending) for ending in endings):
        return "**/*{" + ",".join(sorted(endings)) + "}"
    return "**/*"


def _run(site: Path, bundle: Path, lang: str, glob: str) -> None:
    try:
        command = [str(get_executable()), "--site", str(site), "--output-path", str(bundle)]
        command += ["--force-language", lang, "--glob", glob, "--silent"]
        done = subprocess.run(  # noqa: S603  # no shell, and no word of it from outside
            command, capture_output=True, text=True, timeout=_TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _failed(str(error)) from error
    if done.returncode:
        raise _failed(done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}")


def _failed(why: str) -> SiteError:
    hint = "set search=False in PAGES to build without it"
    message = f"Pagefind made no search index: {why}"
    return SiteError([Problem("pelicanconf.py", 1, "PAGES.search", message, hint)])
