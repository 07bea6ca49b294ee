"""What the build keeps of a post or page: the post, and of its text what the site as a whole needs.

The text itself, and the terms that tell what it is about, are only fetched when they are asked for:
most builds need few of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from plugins.canonical.policy import CanonicalSettings, Policy, check, decide
from plugins.digests import digest, digest_bytes
from plugins.errors import Problem
from plugins.images.showing import image_addresses
from plugins.markup.foreign import Foreign, foreign_of
from plugins.markup.links import anchors, is_local, references
from plugins.markup.summaries import reading_minutes, summary_of
from plugins.post import Body, Frozen, Heading, Link, Post

# How a diagram begins that is shown as code.
_UNDRAWN = '<code class="language-mermaid">'


@dataclass(frozen=True, slots=True)
class Text:
    """A post or page as it was read.

    ``summary`` is the writer's, or the beginning of the body; ``links`` are the references to this
    site that have a line, ``unnamed`` images without alternative text. ``local`` are all addresses
    of this site in the HTML, but for those of places that it has itself, and ``shown`` those of
    images, as written, ``pictured`` those that are shown in other ways; ``ids`` are what links to a place in it can name;
    ``foreign`` is what it shows of other hosts, ``flaws`` what is wrong with the file. ``place``,
    ``own``, ``facets`` and ``body`` are digests:
    of the post without its title and summary; of what other pages may show; of everything that is shown or told elsewhere, with the places of images,
    which notices name; and of the HTML, its words and headings.
    """

    post: Post
    summary: str
    words: int
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    unnamed: tuple[Link, ...]
    local: tuple[str, ...]
    shown: tuple[str, ...]
    pictured: tuple[str, ...]
    ids: tuple[str, ...]
    foreign: Foreign
    place: str
    own: str
    facets: str
    body: str
    policy: Policy | None = None
    flaws: tuple[Problem, ...] = ()

    def keeps(self, before: Text, *, missed: bool = False) -> bool:
        """Whether nothing changed that others show, tell or link to, as compared to ``before``.

        More places to link to change nothing, unless one was ``missed`` by some link.
        """
        same = set(self.ids) == set(before.ids)
        more = set(self.ids) > set(before.ids) and not missed
        return self.facets == before.facets and (same or more)

    def as_body(self) -> Body:
        """The body without its HTML, for checks that ask for the place of a link."""
        return Body("", self.headings, self.links, self.words, self.unnamed)


@dataclass(frozen=True, slots=True)
class Read:
    """A text with a way to its HTML, in which references are still as the writer wrote them."""

    text: Text
    html: Callable[[], str]


def text_of(
    post: Post,
    body: Body,
    canonical: CanonicalSettings | None = None,
    flaws: tuple[Problem, ...] = (),
) -> Text:
    """What is kept of a post with this body; its policy if the settings for that are given."""
    summary = post.summary or summary_of(body)
    found, shown, foreign = _seen(body)
    ids, images = tuple(dict.fromkeys(anchors(body.telling))), tuple(shown)
    inside = {f"#{one}" for one in ids}
    local = tuple(one for one in dict.fromkeys(found) if one not in inside)
    own = digest(post, summary, reading_minutes(body.words))
    # A notice about an image names its line.
    pictured = tuple(dict.fromkeys(_pictured(body)))
    shows = images or pictured or post.image
    lines = tuple(link for link in body.links if link.kind == "image") if shows else ()
    return Text(
        post=post,
        summary=summary,
        words=body.words,
        headings=body.headings,
        links=tuple(link for link in body.links if link.target not in inside),
        unnamed=body.unnamed,
        local=local,
        shown=images,
        pictured=pictured,
        ids=ids,
        foreign=foreign,
        place=digest(replace(post, title="", summary=None, lines=Frozen())),
        own=own,
        # What the policy for originals makes of the post is decided by the post and the settings.
        facets=digest(own, local, images, pictured, foreign, body.unnamed, lines, flaws),
        body=digest(_digest_of(body.html), body.words, body.headings),
        policy=decide(post, canonical) if canonical and not check([post], canonical) else None,
        flaws=flaws,
    )


def _digest_of(html: str) -> str:
    return digest_bytes(html.encode("utf-8", "surrogatepass"))


def _pictured(body: Body) -> Iterator[str]:
    """The images of this site that are no element of their own: posters, and those to choose from."""
    for ref in references(body.telling):
        own = ref.kind != "image" or (ref.tag, ref.attribute) == ("img", "src")
        if not own and is_local(ref.value):
            yield ref.value


def _seen(body: Body) -> tuple[Iterable[str], Sequence[str], Foreign]:
    """The addresses of this site, those of images, and what is of other hosts."""
    html = body.telling
    local = (ref.value for ref in references(html) if is_local(ref.value))
    # Code is not in ``telling``.
    foreign = replace(foreign_of(html), diagrams=_UNDRAWN in body.html)
    return local, list(image_addresses(html)), foreign
