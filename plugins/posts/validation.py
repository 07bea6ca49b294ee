"""A document made into a post: every field checked, every problem told at once.

Fields are independent of each other as far as they can be, so one fault never hides another.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from plugins.errors import Problem, SiteError
from plugins.frontmatter.document import Document
from plugins.frontmatter.fields import EXTRAS, guarded
from plugins.frontmatter.known import EXTRA
from plugins.frontmatter.settings import SETTING, OwnNames
from plugins.frontmatter.values import boolean
from plugins.post import GUESSED, Extra, Frozen, Marker, Post, TakesReplies
from plugins.posts import fields as post_fields
from plugins.posts import placing, plain_text, provenance
from plugins.posts.fields import History
from plugins.posts.findings import Findings
from plugins.posts.languages import same_language
from plugins.posts.patterns import PostSettings
from plugins.posts.people import people
from plugins.posts.permalinks import RESERVED
from plugins.posts.source_names import SourceName, read_name
from plugins.posts.standing import standing
from plugins.posts.strictness import check_levels
from plugins.posts.translations import Languages


@dataclass(frozen=True, slots=True)
class PostRules:
    """What holds for all posts of a site.

    ``zone`` names the time zone of dates without one, ``lang`` the site's language, ``site_url``
    its absolute production URL. Posts dated after ``now``, which has a time zone, are scheduled.
    ``author`` and ``category`` are for posts that name none; ``replies`` for those that do not say
    whether they take any. No post may have a path that begins with one of ``reserved``.
    ``languages`` tells of the names of files which have a language in them, ``names`` are the
    site's own for fields, ``addresses`` has the patterns of the posts' addresses.
    """

    zone: str
    lang: str
    site_url: str
    now: datetime
    author: str | None = None
    category: str | None = None
    replies: TakesReplies = "open"
    reserved: Collection[str] = RESERVED
    languages: Languages = field(default_factory=Languages)
    names: OwnNames = field(default_factory=OwnNames)
    addresses: PostSettings = field(default_factory=PostSettings)


class FlawedPostError(SiteError):
    """A post with problems. ``post`` is what can be said of it, so that others can be checked.

    It must not be published: defaults stand in for what is wrong.
    """

    def __init__(self, problems: Iterable[Problem], post: Post) -> None:
        super().__init__(problems)
        self.post = post


def make_post(
    document: Document,
    *,
    title: str | None,
    markers: tuple[Marker, ...],
    history: History,
    rules: PostRules,
) -> Post:
    """The post that ``document`` is; raises `FlawedPostError` with every problem of its fields.

    ``title`` is what the body offers, for a document whose front matter names none; ``markers``
    are the series markers found in the body.
    """
    findings, zone = Findings(document), ZoneInfo(rules.zone)
    name = _name_of(document, rules.languages)
    shown = post_fields.title_of(findings, title)
    date, source = post_fields.date_of(findings, name, history, zone, rules.now)
    claim, own_marker = post_fields.series_of(findings)
    category, tags = post_fields.terms_of(findings, rules.category)
    lang = placing.language_of(findings, name, rules.lang)
    # Where a value is missing its problem is noted, and what stands in for it goes nowhere.
    slug = placing.slug_of(findings, name, shown) or "post"
    authors = findings.take("authors", people, people(rules.author or ""))
    where = placing.address_of(
        findings,
        rules.addresses.pattern(
            document.path, name.kind, lang, placing.folder_of(lang, name, rules.lang)
        ),
        partial(
            placing.placeholders,
            date,
            slug,
            name,
            (category,) if category else (),
            {"lang": lang.lower(), "author": authors[0].slug if authors else ""},
            guessed=source in GUESSED,
        ),
        rules.site_url,
        rules.reserved,
    )
    check_levels(findings)
    post = Post(
        source=document.path,
        kind=name.kind,
        title=shown or "",
        slug=slug,
        url=where.url if where else "",
        save_as=where.save_as if where else "",
        date=date,
        date_source=source,
        status=standing(
            findings,
            date=date,
            dated=source in ("front matter", "file name"),
            held=name.draft,
            now=rules.now,
            zone=zone,
        ),
        lang=lang,
        translation=placing.translation_of(findings, name, lang),
        modified=post_fields.modified_of(findings, date, zone),
        authors=authors,
        category=category,
        tags=tags,
        summary=findings.take("summary", plain_text.summary, None),
        image=post_fields.image_of(findings),
        original=findings.take(
            "original", lambda value: provenance.original(value, rules.site_url, zone), None
        ),
        syndicated=findings.take(
            "syndicated", lambda value: provenance.syndicated(value, rules.site_url), ()
        ),
        series=claim,
        markers=(*markers, *own_marker),
        aliases=placing.aliases_of(findings, where.url if where else None, rules.site_url),
        template=findings.take("template", post_fields.template, None),
        replies=post_fields.replies_of(findings, rules.replies),
        toc=findings.take("toc", boolean, None),
        featured=findings.take("featured", boolean, default=False),
        uid=findings.take("uid", post_fields.uid, None),
        extra=_extra(findings, rules.names),
        lines=_lines(document),
    )
    if findings.problems:
        raise FlawedPostError(findings.problems, post)
    return post


def _extra(findings: Findings, names: OwnNames) -> Extra:
    """The fields that have no attribute of their own, and all that the registry does not know.

    A name that is a slip away from a field which decides who sees the post is a problem.
    """
    unknown, written = findings.document.extra, findings.document.fields
    for key, one in unknown.items():
        meant = None if names.of(key) else guarded(key, one.value)
        if meant and meant.name not in written:
            hint = f'write {meant.name}, or {SETTING} = {{"{key}": "{EXTRA}"}} in the settings'
            findings.note(one, f"this is nearly {meant.name}, and no field", hint)
    known = {one.name: findings.take(one.name, one.reads, None) for one in EXTRAS}
    found = {name: value for name, value in known.items() if value is not None}
    own = {key: one.value for key, one in unknown.items()}
    # Zola has the fields of a site's own in a mapping of this name.
    nested = own.pop(EXTRA) if isinstance(own.get(EXTRA), Mapping) else {}
    return Extra({**own, **{str(key): value for key, value in nested.items()}, **found})


def _name_of(document: Document, languages: Languages) -> SourceName:
    """What the file's name says, with a language if the site has it or front matter names the same."""
    name = read_name(document.path)
    if name.lang is None or languages.of(document.path):
        return name
    written = document.fields.get("lang")
    named = written and same_language(str(written.value).replace("_", "-"), name.lang)
    return name if named else read_name(document.path, translated=False)


def _lines(document: Document) -> Frozen:
    fields = [*document.extra.values(), *document.fields.values()]
    return Frozen({field.name: field.line for field in fields})
