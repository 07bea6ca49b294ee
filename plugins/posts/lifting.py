"""The original that a post's text links to, taken out of the text."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from plugins.canonical.policy import CanonicalSettings, original_from_body
from plugins.errors import Problem
from plugins.frontmatter.dates import parse_date
from plugins.frontmatter.values import Fault
from plugins.markup.places import line_of
from plugins.markup.reposts import Repost, lift_original
from plugins.markup.words import count_words
from plugins.post import Body, Post


def lift(
    post: Post,
    body: Body,
    markdown: str,
    line: int,
    settings: CanonicalSettings,
    zone: str,
    problems: list[Problem],
) -> tuple[Post, Body]:
    """The post with the original that its body links to, and the body without that link.

    ``markdown`` begins on ``line`` of its file; what is wrong with the link goes into ``problems``.
    """
    if lift_original(body.telling).url is None:
        return post, body
    repost = lift_original(body.html)
    settled = _with_original(post, repost, markdown, line, settings, zone, problems)
    return settled, replace(body.with_html(repost.html), words=count_words(repost.html))


def _with_original(
    post: Post,
    repost: Repost,
    markdown: str,
    first_line: int,
    settings: CanonicalSettings,
    zone: str,
    problems: list[Problem],
) -> Post:
    """The post with the original that its body named, where front matter named none."""
    if post.original is not None or repost.url is None:
        return post
    line = _line_of(repost.url, markdown, first_line)
    found = original_from_body(repost.url, settings, path=post.source, line=line)
    if isinstance(found, Problem):
        problems.append(found)
        return post
    date = None
    if repost.date:
        try:
            date = parse_date(repost.date, ZoneInfo(zone))
        except Fault:
            date = None
    return replace(post, original=replace(found, site=repost.site, date=date))


def _line_of(url: str, markdown: str, first_line: int) -> int:
    """The line of the address, which may stand in the text as ``//host/path``."""
    bare = url.removeprefix("https:")
    return line_of(url if url in markdown else bare, markdown, first_line)
