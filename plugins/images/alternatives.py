"""Images that say nothing to those who do not see them: told to writers, with file and line.

An empty ``alt`` written in HTML, or given to a lead image, says that the image is decoration
(HTML standard, section 4.8.4.4). In Markdown an empty alternative text says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from plugins.errors import Problem
from plugins.post import Body, Picture

_HINT = 'say what it shows, as in ![Two people talking](talk.jpg); of decoration, <img alt="" ...>'
_LEAD = 'write image_alt: what it shows; of decoration, image: {src: ..., alt: ""}'


def unnamed_images(body: Body, source: str) -> Iterator[Problem]:
    """A notice for each image in the body of ``source`` that has no alternative text."""
    for link in body.unnamed:
        message = f"{link.target!r} has no alt text"
        yield Problem(source, link.line, "image", message, _HINT, "image-alt")


def unnamed_lead(picture: Picture | None, source: str, line: int) -> Iterator[Problem]:
    """A notice where the lead image, named on ``line`` of ``source``, has no alternative text."""
    if picture and not picture.alt.strip() and not picture.decorative:
        message = f"{picture.src!r} has no alt text"
        yield Problem(source, line, "image", message, _LEAD, "image-alt")
