"""Whole sites for the tests of this folder: built as for the public, served as a host would."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn
from pelican.settings import read_settings

from benchmarks.corpus import write_corpus
from dialogue.hosting.site import Site
from plugins.engine.site import Parley
from plugins.replies.settings import RepliesSettings
from tests.browser import guests
from tests.conftest import ROOT
from thread.twins import has_twins, write_twins

# A page of every kind of the sample site, by the template it is made with; some kinds have faces
# that differ.
KINDS = {
    "home": "/",
    "home, further back": "/page/1/",
    "post": "/a-question-worth-answering/",
    "post without images": "/small-print-large-type/",
    "post with everything": "/a-writers-guide-to-markdown/",
    "post of a series": "/the-next-question/",
    "post from elsewhere": "/what-the-letters-page-knew/",
    "post with replies": f"/{guests.ANSWERED}/",
    "post in German": "/de/die-ruckfrage/",
    "post in Arabic": "/ar/a-question-in-arabic/",
    "page": "/about/",
    "page, contact": "/contact/",
    "series": "/series/attention/",
    "series_index": "/series/",
    "term, category": "/category/conversation/",
    "term, tag": "/tag/trust/",
    "term, author": "/author/mara-lindqvist/",
    "term_index": "/tag/",
    "archive": "/archive/",
    "archive_year": "/archive/2026/",
    "search": "/search/",
    "subscribe": "/subscribe/",
    "not_found": "/404.html",
}


def build_sample(folder: Path, theme: Path = ROOT / "theme") -> Path:
    """The sample site with its guests, built below ``folder`` as ``make publish`` does it."""
    content = shutil.copytree(ROOT / "content", folder / "content")
    for name, text in guests.GUESTS.items():
        (content / "posts" / name).write_text(text, encoding="utf-8")
    guests.replies(folder / "replies")
    return _build(content, folder, theme)


def build_generated(folder: Path, posts: int) -> Path:
    """A site of the benchmarks' posts with the kit's own theme."""
    write_corpus(folder, posts)
    return _build(folder / "content", folder)


def _build(content: Path, folder: Path, theme: Path = ROOT / "theme") -> Path:
    output = folder / "output"
    override = {
        "PATH": str(content),
        "OUTPUT_PATH": str(output),
        "THEME": str(theme),
        "REPLIES": RepliesSettings(folder=folder / "replies"),
    }
    settings = read_settings(str(ROOT / "publishconf.py"), override=override)
    # So that the sample's few posts have a page behind the first.
    settings["PAGES"] = replace(settings["PAGES"], per_page=5)
    Parley(settings).build()
    for path in [path for path in output.rglob("*") if path.is_file() and has_twins(path.name)]:
        write_twins(path)
    return output


@contextmanager
def served(output: Path) -> Iterator[str]:
    """The address at which the built site is served while this holds."""
    config = uvicorn.Config(Site(output), port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
