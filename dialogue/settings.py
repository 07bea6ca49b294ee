"""All settings of the service, read from the environment once, at the start.

Each field names its variable by its own name: ``site_url`` is ``DIALOGUE_SITE_URL``. What cannot be
read, and what is not known, is named all at once. ``docs/dialogue.md`` has the table; a test
compares it with this class.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from dialogue import casting
from dialogue.casting import Network
from dialogue.errors import SettingsError
from dialogue.limits import Limits
from dialogue.mail.causes import Limits as MailLimits
from dialogue.mail.smtp import Security
from dialogue.setting import setting

PREFIX = "DIALOGUE_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Limits):
    """How this service is run. Sizes in characters, times in the unit that the name says."""

    database_url: str = setting(
        "sqlite:///.parley/dialogue.sqlite3",
        casting.database,
        "where replies are kept",
        private=True,
    )
    site_url: str = setting(
        "http://127.0.0.1:8000", casting.site, "the address of the site, as readers open it"
    )
    output: Path = setting("output", casting.path, "the folder of the built site")
    replies: Path = setting(
        ".parley/replies", casting.path, "the folder of approved replies that the build reads"
    )
    state: Path = setting(
        ".parley", casting.path, "a private folder for what the service makes itself"
    )
    secret: str = setting(
        "",
        casting.text,
        "signs links and forms; made once in the state folder if empty",
        private=True,
    )
    host: str = setting("127.0.0.1", casting.text, "the address to listen on")
    port: int = setting("8001", casting.whole(0, 65535), "the port to listen on")
    serve_site: bool = setting(
        "no", casting.yes_or_no, "send the pages of the site as well, where no web server does"
    )
    workers: int = setting(
        "1", casting.whole(1, 64), "processes that answer; more than one needs PostgreSQL"
    )
    publish: bool = setting(
        "yes", casting.yes_or_no, "publish approved replies; no on machines that only take replies"
    )
    metrics_token: str = setting(
        "",
        casting.text,
        "opens /dialogue/metrics to whoever sends it as a bearer token; closed if empty",
        private=True,
    )
    trusted_proxies: tuple[Network, ...] = setting(
        "", casting.networks, "networks of proxies whose X-Forwarded-For is believed"
    )
    templates: tuple[str, ...] = setting(
        "theme/templates",
        casting.words,
        "the theme's folders of templates, the one that wins first; replies are shown with them",
    )
    hook_command: tuple[str, ...] = setting(
        "", casting.command, "a command to run after replies were published, such as rsync"
    )
    hook_url: str = setting(
        "", casting.url, "a URL to post to after replies were published, such as that of a CI job"
    )
    hook_seconds: int = setting(
        "10", casting.whole(0, 3600), "how long nothing must change before the hook is called"
    )
    stylesheet: str = setting(
        "",
        casting.text,
        "the address of a style sheet for the service's own pages, below the site; the site's own if empty",
    )
    moderation: str = setting(
        "all", casting.one_of("all", "first", "none"), "whose replies wait for a moderator"
    )
    trusted_sources: tuple[str, ...] = setting(
        "", casting.words, "hosts whose webmentions are shown without a moderator"
    )
    edit_minutes: int = setting(
        "15", casting.whole(0, 1440), "how long a reply can be changed by its writer"
    )
    preview_minutes: int = setting(
        "1440", casting.whole(1, 10080), "how long a preview can be confirmed"
    )
    text_limit: int = setting("10000", casting.whole(1, 100_000), "the longest reply")
    name_limit: int = setting("80", casting.whole(1, 1000), "the longest name")
    body_limit: int = setting(
        "1048576", casting.whole(1024, 10_485_760), "the largest form, in bytes"
    )
    thread_depth: int = setting("20", casting.whole(1, 200), "how deep answers to answers may go")
    address_days: int = setting(
        "7", casting.whole(1, 90), "days until the trace of a visitor's address is deleted"
    )
    least_seconds: int = setting(
        "2", casting.whole(0, 60), "a preview confirmed sooner than that is suspicious"
    )
    most_links: int = setting("2", casting.whole(0, 100), "more links than that are suspicious")
    hourly_replies: int = setting(
        "10", casting.whole(1, 10_000), "more replies from one network in an hour are suspicious"
    )
    bad_words: Path | None = setting(
        "", casting.path, "a file of words, one a line, that are suspicious"
    )
    proof_of_work: int = setting(
        "0",
        casting.whole(0, 10_000_000),
        "hashes a browser computes for a reply, half of them on average; 0 asks for none",
    )
    akismet_key: str = setting(
        "",
        casting.text,
        "a key for Akismet, which is then told each reply and its address",
        private=True,
    )
    moderators: tuple[str, ...] = setting(
        "", casting.mailboxes, "mail addresses of those told what waits for a decision"
    )
    moderator_password_hash: str = setting(
        "",
        casting.password_hash,
        "opens the moderation page; `moderate --hash` makes it",
        private=True,
    )
    sign_in_hourly: int = setting(
        "30",
        casting.whole(5, 10_000),
        "tries of the password in an hour, by all devices that nobody signed in on before",
    )
    contact: tuple[str, ...] = setting(
        "",
        casting.mailboxes,
        "mail addresses that messages to the site go to; else the moderators'",
    )
    authors: tuple[tuple[str, str], ...] = setting(
        "", casting.people, "authors' mail addresses, as in `Ada <ada@example.org>`"
    )
    mail_host: str = setting("", casting.text, "the mail server; no mail is sent if empty")
    mail_port: int = setting("587", casting.whole(1, 65535), "the port of the mail server")
    mail_security: Security = setting(
        "starttls", casting.one_of("starttls", "tls", "none"), "how the connection is encrypted"
    )
    mail_user: str = setting("", casting.text, "the user of the mail server, if it wants one")
    mail_password: str = setting("", casting.text, "the password of that user", private=True)
    mail_from: str = setting("", casting.mailbox, "the address that mail comes from")
    mail_limits: MailLimits = setting(
        str(MailLimits()),
        casting.mail_limits,
        "for each cause of mail: how many to one inbox in a day / in all in an hour",
    )
    mail_digest_minutes: int = setting(
        "30", casting.whole(1, 1440), "the least time between two digests to the same people"
    )


def variable(name: str) -> str:
    """The environment variable of the field ``name``."""
    return f"{PREFIX}{name.upper()}"


def read(environ: Mapping[str, str]) -> Settings:
    """The settings in ``environ``; an empty variable counts as absent. Raises SettingsError."""
    values: dict[str, Any] = {}
    problems = list(_unknown(environ))
    for each in fields(Settings):
        given = environ.get(variable(each.name), "")
        if not given.strip():
            continue
        try:
            values[each.name] = each.metadata["cast"](given)
        except ValueError as error:
            problems.append(f"{variable(each.name)}: {error}")
    settings = Settings(**values)
    problems.extend(_contradictions(settings))
    if problems:
        raise SettingsError(problems)
    return settings


def _unknown(environ: Mapping[str, str]) -> list[str]:
    known = [each.name for each in fields(Settings)]
    found = []
    for name in sorted(environ):
        field_name = name.removeprefix(PREFIX).lower()
        if name.startswith(PREFIX) and field_name not in known:
            near = difflib.get_close_matches(field_name, known, 1)
            meant = f"did you mean {variable(near[0])}?" if near else "see docs/dialogue.md"
            found.append(f"{name}: there is no such setting; {meant}")
    return found


def _contradictions(settings: Settings) -> list[str]:
    found = []
    if settings.workers > 1 and settings.database_url.startswith("sqlite"):
        found.append(
            "DIALOGUE_WORKERS: several workers need PostgreSQL; set DIALOGUE_DATABASE_URL, "
            "or leave it at 1"
        )
    if settings.secret and len(settings.secret) < 32:
        found.append(
            "DIALOGUE_SECRET: it is too short to be one; write at least 32 random characters, "
            "or leave it out"
        )
    if settings.metrics_token and len(settings.metrics_token) < 16:
        found.append(
            "DIALOGUE_METRICS_TOKEN: it is too short to be a secret; write at least 16 random "
            "characters, or leave it out"
        )
    if settings.mail_host and not settings.mail_from:
        found.append("DIALOGUE_MAIL_FROM: mail has to come from somebody; write its address")
    if settings.moderators and not settings.mail_host:
        found.append("DIALOGUE_MODERATORS: nobody is told without mail; set DIALOGUE_MAIL_HOST")
    return found
