"""Posts that another reader read: reStructuredText by Pelican's own, or a format of some plugin.

Such a reader knows nothing of our model. What it found is put through the same validation as front
matter, so that these posts have the same addresses, dates, problems and places as all others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pelican.contents import Article, Content, Page
from pelican.urlwrappers import URLWrapper

from plugins.errors import Problem
from plugins.frontmatter.document import Document, Field, meaning
from plugins.frontmatter.settings import OwnNames
from plugins.markup.words import count_words
from plugins.post import Body, Frozen, Post
from plugins.posts.ledger import ledger_of
from plugins.posts.reading import Tools
from plugins.posts.uses import addresses_in, uses_of
from plugins.posts.validation import FlawedPostError, make_post

# What Pelican itself adds to the metadata of every file.
_PELICANS_OWN = frozenset({"reader", "path", "status"})


def adopt(content: Content, tools: Tools) -> None:
    """Give ``content`` its post, or keep it back: as a draft in Pelican's terms, which we never write.

    Contents that our reader read, and static files, are left as they are.
    """
    if not isinstance(content, Article | Page) or hasattr(content, "post"):
        return
    ledger = ledger_of(content.settings)
    source = str(content.get_relative_source_path())
    if source in ledger.aside:
        _keep_back(content, source)
        return
    flaws: tuple[Problem, ...] = ()
    try:
        post = make_post(
            _document(content.metadata, source, tools.rules.names),
            title=None,
            markers=(),
            history=tools.history,
            rules=tools.rules,
        )
    except FlawedPostError as error:
        post, flaws = error.post, error.problems
    fine = ledger.admit(post, flaws)
    if source in ledger.failed:
        _keep_back(content, source)
        return
    if not fine or (post.preview and not content.settings["PREVIEW"]):
        ledger.held.setdefault(source, post)
        ledger.wants[source] = tuple(uses_of(post, addresses_in(content._content or ""))[1])  # noqa: SLF001
        _keep_back(content, source)
        return
    ledger.read[source] = post
    _settle(content, post)


def _document(metadata: Mapping[str, Any], source: str, names: OwnNames) -> Document:
    """The metadata as if it had been front matter; other readers do not tell lines."""
    fields, extra = {}, {}
    for field in _fields(metadata):
        known = meaning(field.key, field.value, names)
        if known:
            fields[known.name] = Field(known.name, field.key, field.value, 1)
        else:
            extra[field.key] = field
    return Document(source, "pelican", Frozen(fields), Frozen(extra), "", 1)


def _fields(metadata: Mapping[str, Any]) -> Iterator[Field]:
    status = metadata.get("status")
    if status:
        yield Field("status", "status", str(status), 1)
    for key, value in metadata.items():
        if key in _PELICANS_OWN or value in (None, "", []):
            continue
        # A reader that knows one author gives it under both names.
        if key == "author" and "authors" in metadata:
            continue
        yield Field(key, key, _plain(value), 1)


def _plain(value: Any) -> Any:
    """Pelican's wrapped names as text."""
    if isinstance(value, URLWrapper):
        return str(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _keep_back(content: Any, source: str) -> None:
    content.status = "draft"
    content.translation_key = source


def _settle(content: Any, post: Post) -> None:
    html = content._content or ""  # noqa: SLF001  # Pelican offers no other way to read it unresolved
    content.post = post
    content.body = Body(html, words=count_words(html))
    content.translation_key = post.translation
    content.slug = post.slug
    content.date = post.date
    content.override_url = post.url[1:]
    content.override_save_as = post.save_as
    content.status = "hidden" if post.status == "hidden" else "published"
