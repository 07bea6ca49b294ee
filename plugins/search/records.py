"""What of a post can be found: a small page of its own, with nothing around the text.

The index is made of these, not of the pages readers see: menus, lists of other posts and replies
are not what somebody searches for, and the index stays the same when they change.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from plugins.catalogue.catalogue import Entry
from plugins.catalogue.facts import Facts

_PAGE = Markup(
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>'
    '<body data-pagefind-body><h1>{title}</h1><p data-pagefind-meta="date" '
    "data-pagefind-ignore>{date}</p>{body}<p>{names}</p></body></html>\n"
)


@dataclass(frozen=True, slots=True)
class Record:
    """One post: the path of its page below the output folder, and the HTML to be indexed."""

    save_as: str
    html: str


def record(entry: Entry, facts: Facts) -> Record:
    """The record of one post; its tags, category and authors are words like others."""
    post = entry.post
    terms = [*post.tags, *([post.category] if post.category else [])]
    names = [term.name for term in terms] + [author.name for author in post.authors]
    html = _PAGE.format(
        lang=post.lang,
        title=post.title,
        date=facts.show_date(post.date, post.lang).text,
        names=", ".join(names),
        body=Markup(entry.html),  # noqa: S704  # finished HTML, for the indexer's eyes only
    )
    return Record(post.save_as, str(html))
