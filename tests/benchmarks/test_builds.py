"""The comparison of builds: what is in the table, and how claims are judged."""

from __future__ import annotations

from pathlib import Path

from benchmarks import peers
from benchmarks.builds import Figure, Site, in_turns
from benchmarks.corpus import make_post
from benchmarks.processes import Run
from benchmarks.tables import Claim, Table


def test_medians_are_taken_in_turns() -> None:
    """Each round runs every program once, so that a slow minute slows down all of them."""
    order: list[str] = []

    def once(name: str, walls: list[float]) -> Run:
        order.append(name)
        return Run(walls.pop(0), 1.0, 100, "")

    slow, fast = [5.0, 9.0, 6.0], [1.0, 2.0, 7.0]
    found = in_turns({"a": lambda: once("a", slow), "b": lambda: once("b", fast)}, 3)
    assert order == ["a", "b"] * 3
    assert found == {"a": Figure(6.0, 1.0, 100), "b": Figure(2.0, 1.0, 100)}


def test_a_claim_holds_by_what_was_found() -> None:
    """Up to the limit it holds, beyond it does not and says so."""
    assert Claim("x", 0.9, 0.9).holds
    missed = Claim("cold / Hugo's", 0.91, 0.9)
    assert not missed.holds
    assert str(missed) == "cold / Hugo's: 0.91 (claim: at most 0.9): DOES NOT HOLD"


def test_the_table_is_markdown() -> None:
    """Heads, a ruler and a line for each program."""
    table = Table(("", "cold"), (("Parley", "1 s"),))
    assert str(table) == "|  | cold |\n| --- | --- |\n| Parley | 1 s |"


def test_stock_pelican_makes_the_pages_of_the_blog(tmp_path: Path) -> None:
    """With the plain theme and nothing else that happens to be installed."""
    program = peers.pelican()
    site = Site(program, peers.lay_out(program, tmp_path, 12))
    site.cold()
    output = site.folder / program.output
    posts = [make_post(number) for number in range(12)]
    tags = {tag for post in posts for tag in post.tags}
    assert {path.name for path in (output / "posts").iterdir()} == {post.slug for post in posts}
    assert len(list((output / "tags").iterdir())) == len(tags)
    assert (output / "page" / "2" / "index.html").is_file()
    assert (output / "feed.xml").is_file()
    assert (output / "sitemap.xml").is_file()
    authors, categories = {post.author for post in posts}, {post.category for post in posts}
    assert site.pages() == 12 + len(tags) + len(authors) + len(categories) + 2


def test_our_plain_site_has_the_same_pages_and_more(tmp_path: Path) -> None:
    """Posts, the list in pages of ten, one page for each term, and a feed."""
    program = peers.parley(workers=1)
    site = Site(program, peers.lay_out(program, tmp_path, 24))
    site.cold()
    output = site.folder / program.output
    posts = [make_post(number) for number in range(24)]
    assert all((output / post.slug / "index.html").is_file() for post in posts)
    tags = {tag for post in posts for tag in post.tags}
    assert len(list((output / "tag").glob("*/index.html"))) == len(tags)
    assert (output / "page" / "1" / "index.html").is_file()
    assert site.pages() > 24 + len(tags)
