"""One source file understood: front matter, text and body made into a post. No Pelican here.

This is the way of a post: bytes -> front-matter fields -> what the text itself says (title,
series markers, original) -> HTML body -> the valid, frozen :class:`~plugins.post.Post`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from plugins.canonical.policy import CanonicalSettings
from plugins.checks.rules import field_rule
from plugins.embeds import shortcodes
from plugins.embeds.cards import with_cards
from plugins.embeds.player import player
from plugins.embeds.providers import mentioned
from plugins.errors import Problem, SiteError
from plugins.frontmatter import document as frontmatter
from plugins.frontmatter.document import Document
from plugins.frontmatter.settings import OwnNames
from plugins.frontmatter.values import Fault, boolean
from plugins.markup import markers, mdx, plaintext, templating
from plugins.markup.flawed import FlawedBodyError
from plugins.markup.links import is_local, rewrite
from plugins.markup.markup import Markup
from plugins.post import Body, Link, Marker, Post
from plugins.posts.history import FileDates
from plugins.posts.lifting import lift
from plugins.posts.validation import FlawedPostError, PostRules, make_post

# Jekyll's own name for "the curly braces in this text are text".
_AS_IT_IS = "render_with_liquid"
# Which converter reads a post that must not be read by the usual one.
_CONVERTER = "markdown"
_CONVERTERS = ("python", "commonmark")


@dataclass(frozen=True, slots=True)
class Tools:
    """What reading needs: the rules for posts, the Markdown converter, and the files' history."""

    rules: PostRules
    canonical: CanonicalSettings
    markup: Markup
    history: FileDates


@dataclass(frozen=True, slots=True)
class Reading:
    """A post with its rendered body; references in the body are still as the writer wrote them."""

    post: Post
    body: Body


class FlawedReadingError(SiteError):
    """A file with problems, and what is known of it all the same, so that more can be found.

    ``post`` has defaults for what is wrong, ``body`` is None where that could not be rendered.
    """

    def __init__(self, problems: Iterable[Problem], post: Post, body: Body | None = None) -> None:
        super().__init__(problems)
        self.post = post
        self.body = body


@dataclass(frozen=True, slots=True)
class _Text:
    """What the text says of itself: a title (empty if none), series markers, and Markdown."""

    title: str
    markers: tuple[Marker, ...]
    markdown: str


def read_source(data: bytes, source: str, tools: Tools) -> Reading:
    """The post in the file ``source``, a path below the content folder.

    Raises :class:`SiteError` with every problem of the file, as :class:`FlawedReadingError` where its
    front matter could be read.
    """
    problems: list[Problem] = []
    document, complete = _attempt_document(data, source, tools.rules.names, problems)
    text = _understand(document)
    post = _attempt_post(document, text, tools, problems if complete else [])
    try:
        body = render_body(document, text.markdown, tools.markup.speaking(post.lang))
        body = _with_players(body, post)
    except FlawedBodyError as error:
        problems += error.problems
        if error.body is None:
            raise FlawedReadingError(problems, post) from error
        body = _with_players(error.body, post)
    zone, line = tools.rules.zone, document.body_line
    post, body = lift(post, body, text.markdown, line, tools.canonical, zone, problems)
    if problems:
        raise FlawedReadingError(problems, post, body)
    return Reading(post, body)


def render_body(document: Document, markdown: str, markup: Markup) -> Body:
    """The body as HTML; raises :class:`FlawedBodyError` with everything that is wrong with it.

    ``markdown`` is the document's body, line for line, perhaps with some lines emptied. Template
    code, which nothing would run, is a problem; it hides none of the others.
    """
    problems = list(_literal_problems(document))
    own: tuple[Problem, ...] = ()
    if not problems and not _is_literal(document):
        shown = markup.expand(markdown, document.body_line, document.path)
        markdown, own = shortcodes.expand(shown.text), shown.problems
        if document.path.endswith(mdx.SUFFIX):
            markdown = mdx.without_comments(markdown)
            markdown, code = mdx.find(markdown, document.body_line, document.path)
            own += code
        problems = list(templating.find(markdown, document.body_line, document.path))
    templated = bool(problems)
    problems += own
    if templated:
        markdown = templating.without(markdown)
    try:
        python = _is_for_python(document)
        body: Body | None = markup.render(
            markdown, document.body_line, document.path, python=python
        )
    except SiteError as error:
        problems += error.problems
        body = error.body if isinstance(error, FlawedBodyError) else None
    if body and not problems:
        return body
    raise FlawedBodyError(problems, _without_values(body) if body and templated else body)


def _literal_problems(document: Document) -> Iterator[Problem]:
    try:
        _is_literal(document)
    except Fault as fault:
        said = document.fields[_AS_IT_IS]
        where = (document.path, said.line, said.key)
        yield Problem(*where, fault.message, fault.hint, field_rule(said.key))


def _without_values(body: Body) -> Body:
    """``body`` without the addresses that are made of template values: nobody knows where they lead."""

    def known(address: str) -> str:
        return "#" if templating.VALUE in address else address

    links = tuple(link for link in body.links if templating.VALUE not in link.target)
    return replace(body.with_html(rewrite(body.html, known)), links=links)


def _attempt_document(
    data: bytes, source: str, names: OwnNames, problems: list[Problem]
) -> tuple[Document, bool]:
    """The file's fields and body; whether the fields are all there, so that they can be checked."""
    try:
        return frontmatter.parse(data, source, names), True
    except frontmatter.FlawedDocumentError as error:
        problems.extend(error.problems)
        return error.document, error.complete


def _with_players(body: Body, post: Post) -> Body:
    """The body with the players of other sites as cards, and that of the post's own recording."""
    html = with_cards(body.html, post.lang) if mentioned(body.telling) else body.html
    found = player(post.extra, post.lang)
    if html == body.html and not found:
        return body
    shown = body.with_html((found.html if found else "") + html)
    if found is None or not found.file or not is_local(found.file):
        return shown
    return replace(shown, links=(Link(found.file, "link", post.line_of(found.field)), *body.links))


def _attempt_post(document: Document, text: _Text, tools: Tools, problems: list[Problem]) -> Post:
    """The post; where it has problems they are noted, so that those of the body are found too."""
    try:
        return _post(document, text, tools)
    except FlawedPostError as error:
        problems.extend(error.problems)
        return error.post


def _understand(document: Document) -> _Text:
    """The title and markers that front matter leaves to the text."""
    body, line = document.body, document.body_line
    if "title" in document.fields:
        body = plaintext.drop_title(body, str(document.fields["title"].value))
        lifted = markers.lift(body, line)
        return _Text("", lifted.markers, lifted.text)
    heading = plaintext.first_heading(body, line)
    if heading:
        lifted = markers.lift(heading.body, line)
        return _Text(heading.text, lifted.markers, lifted.text)
    if document.dialect == "none":
        plain = plaintext.interpret(body, line)
        return _Text(plain.title, plain.markers, plain.body)
    lifted = markers.lift(body, line)
    return _Text("", lifted.markers, lifted.text)


def _post(document: Document, text: _Text, tools: Tools) -> Post:
    return make_post(
        document,
        title=text.title or None,
        markers=text.markers,
        history=tools.history,
        rules=tools.rules,
    )


def _is_literal(document: Document) -> bool:
    """Whether curly braces are text in ``document``; raises `Fault`."""
    said = document.fields.get(_AS_IT_IS)
    return said is not None and not boolean(said.value)


def _is_for_python(document: Document) -> bool:
    """Whether the post says ``markdown: python``."""
    chosen = document.fields.get(_CONVERTER)
    if chosen is None:
        return False
    said = str(chosen.value).strip().lower()
    if said not in _CONVERTERS:
        message, hint = f"{said!r} is no converter", "write python, or leave it out"
        where = (document.path, chosen.line, chosen.key)
        raise SiteError([Problem(*where, message, hint, field_rule(chosen.key))])
    return said == "python"
