"""What the path of a file says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plugins.posts.source_names import read_name


@pytest.mark.parametrize(
    ("path", "slug", "date", "lang", "key"),
    [
        ("posts/a.md", "a", None, None, "posts/a"),
        ("2013-05-01-My Title.md", "my-title", "2013-05-01", None, "2013-05-01-My Title"),
        ("2013-5-1_title.md", "title", "2013-5-1", None, "2013-5-1_title"),
        ("2013-05-01.md", None, "2013-05-01", None, "2013-05-01"),
        ("posts/a/index.md", "a", None, None, "posts/a"),
        ("posts/2013-05-01-a/index.fr.md", "a", "2013-05-01", "fr", "posts/2013-05-01-a"),
        ("posts/a/_index.md", "a", None, None, "posts/a"),
        ("posts/index.md", None, None, None, "index"),
        ("index.md", None, None, None, "index"),
        ("a.fr.md", "a", None, "fr", "a"),
        ("a.pt_BR.md", "a", None, "pt-BR", "a"),
        ("a.zh-hant.md", "a", None, "zh-hant", "a"),
        ("node.js.md", "nodejs", None, None, "node.js"),
        ("asp.net.md", "aspnet", None, None, "asp.net"),
        ("socket.io.md", "socketio", None, None, "socket.io"),
        ("fr.md", "fr", None, None, "fr"),
        ("002_2c6614062107f7d9.txt", None, None, None, "002_2c6614062107f7d9"),
        (
            "550e8400-e29b-41d4-abcd-446655440000.md",
            None,
            None,
            None,
            "550e8400-e29b-41d4-abcd-446655440000",
        ),
        ("404.md", None, None, None, "404"),
        ("2019/07/index.md", None, None, None, "2019/07"),
        ("10-faces.md", "10-faces", None, None, "10-faces"),
        ("decade.md", "decade", None, None, "decade"),
        ("3d.md", "3d", None, None, "3d"),
        ("….md", None, None, None, "…"),
    ],
)
def test_names(path: str, slug: str | None, date: str | None, lang: str | None, key: str) -> None:
    """Date, language and slug are told apart, and a name made by a machine is none."""
    name = read_name(path)
    assert (name.slug, name.date, name.lang, name.key) == (slug, date, lang, key)


def test_a_draft_keeps_its_name_when_it_is_finished() -> None:
    """Taking ".draft" out of a file's name changes neither slug, nor date, nor language."""
    draft, done = read_name("2013-05-01-a.fr.draft.md"), read_name("2013-05-01-a.fr.md")
    assert replace(draft, draft=False) == done


@pytest.mark.parametrize(
    ("path", "kind", "draft"),
    [
        ("a.md", "post", False),
        ("pages/a.md", "page", False),
        ("posts/pages/a.md", "post", False),
        ("drafts/a.md", "post", True),
        ("posts/_drafts/a/index.md", "post", True),
        ("pages/drafts/a.md", "page", True),
        ("posts/drafts.md", "post", False),
        ("posts/a.draft.md", "post", True),
        ("posts/a.fr.draft.md", "post", True),
        ("posts/draft.md", "post", False),
    ],
)
def test_folders(path: str, kind: str, draft: bool) -> None:
    """Pages and drafts have folders of their own."""
    name = read_name(path)
    assert (name.kind, name.draft) == (kind, draft)
