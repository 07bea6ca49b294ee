"""Whether a post is public: what its fields say, and its date. Where they contradict, nobody guesses.

A post is held back if its front matter or its folder says so, before its date, and after it
expired. The words for a status are those of Jekyll, Hugo, Pelican, Ghost and WordPress.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Any

from plugins.frontmatter.dates import parse_date
from plugins.frontmatter.document import Field
from plugins.frontmatter.fields import fold, pick
from plugins.frontmatter.values import Fault, boolean, is_empty, show, text
from plugins.post import Status
from plugins.posts.findings import Findings

_STATUSES: Mapping[str, Status] = MappingProxyType(
    {
        **dict.fromkeys(("published", "publish", "public", "live"), "published"),
        **dict.fromkeys(("draft", "autodraft", "pending", "private", "skip", "trash"), "draft"),
        **dict.fromkeys(("hidden", "unlisted"), "hidden"),
        **dict.fromkeys(("scheduled", "future"), "scheduled"),
    }
)
# Hugo's words, in its build options, for a page that is not written, and for one that is in no list.
_UNWRITTEN = frozenset({"never", "link", "false"})
_UNLISTED = frozenset({"never", "local", "false"})
_MEMBERS = frozenset({"members", "paid", "tiers", "password", "protected"})


def standing(
    findings: Findings, *, date: datetime, dated: bool, held: bool, now: datetime, zone: tzinfo
) -> Status:
    """The status of a post with this ``date``, which its writer gave if ``dated``.

    ``held`` says that it lies among the drafts. Notes what is wrong in ``findings``.
    """
    status = findings.take("status", _status, None)
    seen = findings.take("visibility", _visibility, None)
    built = findings.take("build", _build, None)
    hidden = findings.take("hidden", boolean, default=False) or "hidden" in (status, seen, built)
    headless = findings.take("headless", boolean, default=False)
    findings.take("password", _password, None)
    expires = findings.take("expires", lambda value: parse_date(value, zone), None)
    if status == "scheduled" and not dated:
        _note(findings, "status", "a scheduled post needs a date", "write date: 2024-03-01 10:30")
    draft = _says_draft(findings, status) or "draft" in (seen, built)
    if draft or held or headless or (expires is not None and expires <= now):
        return "draft"
    if date > now:
        return "scheduled"
    return "hidden" if hidden else "published"


def _says_draft(findings: Findings, status: Status | None) -> bool:
    """Whether a field makes the post a draft; a problem if another one says it is public."""
    said: dict[str, bool | None] = {
        "draft": findings.take("draft", boolean, None),
        "published": _negated(findings.take("published", boolean, None)),
        "status": None if status is None else status == "draft",
        "permalink": True if is_no_permalink(findings.field("permalink")) else None,
    }
    drafts = [name for name, draft in said.items() if draft is True]
    public = [name for name, draft in said.items() if draft is False]
    for name in drafts[:1] if public else ():
        one, other = findings.field(public[0]), findings.field(name)
        if one and other:
            message = f"{_said(one)} on line {one.line} and {_said(other)} say opposite things"
            findings.note(other, message, "keep one of the two")
    return bool(drafts)


def is_no_permalink(field: Field | None) -> bool:
    """Whether the permalink is Eleventy's false, which means: do not write this."""
    return field is not None and field.value in (False, "false")


def _status(value: Any) -> Status:
    word = text(value)
    if fold(word) not in _STATUSES:
        hint = "write published, draft, hidden or scheduled"
        raise Fault(f"{show(word)} is no status of a post", hint)
    return _STATUSES[fold(word)]


def _visibility(value: Any) -> Status:
    if fold(text(value)) in _MEMBERS:
        message = f"{show(text(value))} posts are for some readers only, and here all are public"
        raise Fault(message, "write draft: true, or remove it to publish the post")
    return _status(value)


def _build(value: Any) -> Status:
    """What Hugo's build options make of a post; ``never`` and ``false`` are one."""
    if not isinstance(value, Mapping):
        raise Fault(f"{show(value)} is no build option", "write render: never, or remove it")
    if fold(str(pick(value, "render"))) in _UNWRITTEN:
        return "draft"
    return "hidden" if fold(str(pick(value, "list"))) in _UNLISTED else "published"


def _password(value: Any) -> None:
    if not is_empty(value):
        hint = "write draft: true, or remove it to publish the post for everybody"
        raise Fault("a post behind a password is not possible, because here all are public", hint)


def _negated(value: bool | None) -> bool | None:
    return None if value is None else not value


def _said(field: Field) -> str:
    return f"{field.key}: {text(field.value)}"


def _note(findings: Findings, name: str, message: str, hint: str) -> None:
    if field := findings.field(name):
        findings.note(field, message, hint)
