"""Small sites that the service can be beside."""

from __future__ import annotations

from pathlib import Path

from thread import targets
from thread.model import Site, Target

SITE = Site(name="The Blog", url="https://blog.example", lang="en")


def target(name: str, *, opened: bool = True, lang: str = "en") -> Target:
    """A post named ``name``."""
    return Target(
        id=name,
        url=f"https://blog.example/{name}/",
        path=f"/{name}/",
        title=f"About {name}",
        lang=lang,
        file=f"{name}/index.html",
        feeds=(),
        open=opened,
        authors=("Mara Lindqvist",),
    )


POSTS = (target("tea"), target("coffee"), target("closed", opened=False), target("tee", lang="de"))


def write_targets(output: Path, posts: tuple[Target, ...] = POSTS) -> None:
    """Write what a build writes for the service."""
    output.mkdir(parents=True, exist_ok=True)
    (output / targets.FILE).write_bytes(targets.dump(targets.Targets(SITE, posts)))
