"""A blog online and the sites that it links to, on this machine, for the tests of telling them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from desk import mention
from dialogue.fetch.fetcher import fetch
from tests.dialogue.web import Answer, Request, Web, web

_HTML = {"Content-Type": "text/html; charset=utf-8"}


def post(url: str, body: str, *, date: str = "2026-05-01", head: str = "") -> str:
    """A page as themes make it."""
    return (
        f'<!doctype html><html><head><link rel="canonical" href="{url}">{head}</head><body>'
        f'<a href="https://menu.example/">menu</a><article class="h-entry">'
        f'<time class="dt-published" datetime="{date}T00:00:00+00:00"></time>'
        f'<div class="e-content">{body}</div>'
        '<div class="h-cite"><div class="e-content"><a href="https://cited.example/">x</a></div></div>'
        "</article></body></html>"
    )


def link(*targets: str) -> str:
    """A text with these links."""
    return "".join(f'<p><a href="{target}">x</a>' for target in targets)


@dataclass
class Blog:
    """A folder with a built site, what of it is online, and other sites' pages by path.

    All of them are on one server: the blog below ``/blog/``, the others beside it.
    """

    folder: Path
    state: Path
    server: Web
    others: dict[str, Answer] = field(default_factory=dict)
    online: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of the blog."""
        return f"{self.server.url}/blog/"

    def target(self, path: str, answer: int = 202) -> str:
        """The address of another site's page at ``path``, which takes webmentions and says so."""
        head = '<link rel="webmention" href="/endpoint?for=you">'
        self.others[path] = Answer(200, _HTML, head.encode())
        self.others["/endpoint?for=you"] = Answer(answer)
        return f"{self.server.url}{path}"

    def write(self, name: str, body: str, *, date: str = "2026-05-01", head: str = "") -> str:
        """Build a post; its URL."""
        url = f"{self.url}{name}/"
        self._file(name).parent.mkdir(parents=True, exist_ok=True)
        self._file(name).write_text(post(url, body, date=date, head=head), encoding="utf-8")
        return url

    def remove(self, name: str) -> None:
        """Build the site without the post."""
        self._file(name).unlink()

    def publish(self) -> None:
        """Put online what is built."""
        home = f'<link rel="canonical" href="{self.url}">'
        (self.folder / "index.html").write_text(home, encoding="utf-8")
        self.online.clear()
        for file in self.folder.rglob("index.html"):
            path = f"/blog/{file.parent.relative_to(self.folder).as_posix()}/"
            self.online[path.replace("/./", "/")] = file.read_text(encoding="utf-8")

    def tell(self, *more: str) -> int:
        """Run the command; its exit status."""
        parser = argparse.ArgumentParser()
        mention.add_arguments(parser)
        words = ["--output", str(self.folder), "--state", str(self.state), "--since", "2026-01-01"]
        return mention.run(parser.parse_args([*words, *more]))

    def told(self) -> list[tuple[str, str]]:
        """What was posted since this was asked last, as names of posts and paths of targets."""
        forms = [parse_qs(asked.body.decode()) for asked in self.server.requests if asked.body]
        assert all(set(form) == {"source", "target"} for form in forms)
        self.server.requests.clear()
        return sorted(
            (
                form["source"][0].removeprefix(self.url).rstrip("/"),
                form["target"][0].removeprefix(self.server.url),
            )
            for form in forms
        )

    def answer(self, request: Request) -> Answer:
        """What the server says."""
        if request.path in self.online:
            return Answer(200, _HTML, self.online[request.path].encode())
        return self.others.get(request.path, Answer(404))

    def _file(self, name: str) -> Path:
        return self.folder / name / "index.html"


@contextmanager
def blog_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Blog]:
    """A blog in ``folder`` whose desk may reach this machine."""
    found: list[Blog] = []

    def answer(request: Request) -> Answer:
        return found[0].answer(request)

    with web(answer) as server:
        found.append(Blog(folder / "output", folder / "state" / "told.json", server))
        found[0].folder.mkdir()
        monkeypatch.setattr("desk.mention.fetch", partial(fetch, limits=server.limits))
        yield found[0]
