"""A built site with pages that the service can put replies into."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.conftest import ROOT
from tests.dialogue.sites import POSTS, SITE
from thread import targets, twins
from thread.block import block, replies_view
from thread.feed import feed_paths, render_feeds
from thread.model import Site, Target, Thread
from thread.templates import Templates
from thread.ways.contact import ContactForm
from thread.ways.registry import plain
from thread.ways.replies import BuiltIn

OWN = replace(SITE, ways=plain(BuiltIn(), ContactForm()))
PAGES = tuple(replace(post, feeds=feed_paths(post.id)) for post in POSTS)
TEMPLATES = ROOT / "theme" / "templates"


def write_site(
    output: Path,
    threads: dict[str, Thread],
    posts: tuple[Target, ...] = PAGES,
    site: Site = OWN,
) -> None:
    """Write the site as a build with these threads does, twins included."""
    templates = Templates(TEMPLATES)
    output.mkdir(parents=True, exist_ok=True)
    (output / targets.FILE).write_bytes(targets.dump(targets.Targets(site, posts)))
    for post in posts:
        thread = threads.get(post.id, Thread(post.id, 0, ()))
        made = block(templates, replies_view(site, post, thread))
        page = f"<!doctype html>\n<title>{post.id}</title>\n<article>{made}</article>\n".encode()
        for name, data in {post.file: page, **render_feeds(site, post, thread)}.items():
            (output / name).parent.mkdir(parents=True, exist_ok=True)
            (output / name).write_bytes(data)
            twins.write_twins(output / name)


def files(output: Path) -> dict[str, bytes]:
    """Every file below ``output`` with its bytes."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file()
    }
