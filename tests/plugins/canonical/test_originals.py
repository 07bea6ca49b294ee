"""The page a post appeared on first."""

from datetime import UTC, datetime

import pytest

from plugins.canonical.originals import settled
from plugins.canonical.policy import CanonicalSettings, check, original_from_body
from plugins.errors import Problem, SiteError
from plugins.post import Frozen, Original
from tests.plugins.examples import CANONICAL, a_post


def test_an_original_is_written_one_way_and_named() -> None:
    """The URL is cleaned, the site named by its host; date and relation stay."""
    date = datetime(2017, 5, 3, tzinfo=UTC)
    post = a_post(original=Original("//www.Bücher.example/ä", date=date, relation="excerpt"))
    url = "https://www.xn--bcher-kva.example/%C3%A4"
    assert settled(post, CANONICAL) == Original(url, "bücher.example", date, "excerpt")


def test_the_name_the_writer_gave_is_kept() -> None:
    """A name in front matter wins over the host and fills one line."""
    post = a_post(original=Original("https://other.example/", site=" The\n Other  Paper "))
    original = settled(post, CANONICAL)
    assert original is not None
    assert original.site == "The Other Paper"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/a-post/", "is not an absolute http or https URL"),
        ("other.example/a", "is not an absolute http or https URL"),
        ("javascript:alert(1)", "is not an absolute http or https URL"),
        ("https://a:b@other.example/", "contains a user name or password"),
        ("https://blog.example.com/a/", "is on this site itself"),
        ("//www.blog.example.com/a/", "is on this site itself"),
        ("https://old.example/a/", "is on this site itself"),
        ("https://other.example/\x1b[31m", "contains a control character"),
    ],
)
def test_a_wrong_original_is_a_problem_with_its_line(url: str, says: str) -> None:
    """Front matter and body say the same, each with the place; deciding anyway stops the build."""
    settings = CanonicalSettings(CANONICAL.site_url, own_hosts=("old.example",))
    post = a_post(original=Original(url), lines=Frozen({"original": 7}))
    (problem,) = check([a_post(), post], settings)
    assert str(problem).startswith("posts/a-post.md:7: original: the URL ")
    assert says in problem.message
    assert str(problem).isprintable()
    with pytest.raises(SiteError) as raised:
        settled(post, settings)
    assert raised.value.problems == (problem,)
    lifted = original_from_body(url, settings, path="posts/b.txt", line=12)
    assert isinstance(lifted, Problem)
    assert (lifted.path, lifted.line, lifted.field) == ("posts/b.txt", 12, "body")
    assert lifted.message == problem.message


def test_the_link_of_the_body_is_a_crosspost() -> None:
    """A protocol-relative link in the body is an original over https."""
    found = original_from_body("//asabell.example/x", CANONICAL, path="a.md", line=9)
    assert found == Original("https://asabell.example/x", relation="crosspost")
