"""Where the site lives in production, and which other hosts are ours: settings of the policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlsplit

from plugins.canonical.addresses import bare_host, is_below, web_url
from plugins.canonical.hostnames import ascii_host
from plugins.errors import Problem, SettingsError

Share = Literal["own", "original"]


@dataclass(frozen=True, slots=True)
class CanonicalSettings:
    """The production address of the site, and what to do with texts that appeared elsewhere.

    ``site_url`` is absolute, in ASCII, without a trailing slash. ``share`` says which page is
    credited when a copy is shared (``og:url``). ``own_hosts`` are further host names of ours, such
    as an old domain; ``www.`` makes no difference. Raises :class:`SettingsError`.
    """

    site_url: str
    share: Share = "own"
    own_hosts: Sequence[str] = ()

    def __post_init__(self) -> None:
        if problems := [
            *_site_url_faults(self.site_url),
            *_share_faults(self),
            *_host_faults(self),
        ]:
            raise SettingsError(problems)

    def is_ours(self, url: str) -> bool:
        """Whether ``url`` is below the site's address, or anywhere on one of its other hosts.

        A site below a path ("https://example.org/blog") has neighbours on its own host.
        """
        there, here = urlsplit(url), urlsplit(self.site_url)
        if bare_host(there.netloc) == bare_host(here.netloc):
            return is_below(url, self.site_url)
        return bare_host(there.hostname or "") in map(bare_host, self.own_hosts)


def _site_url_faults(site_url: str) -> Iterator[Problem]:
    hint = 'write it as in "https://example.org" or "https://example.org/blog"'
    try:
        usual = web_url(site_url).rstrip("/")
    except ValueError as error:
        yield _problem("site_url", f"the URL {site_url!r} {error}", hint)
        return
    if "?" in usual:
        yield _problem("site_url", f"the URL {site_url!r} contains a query", hint)
    elif usual != site_url:
        yield _problem("site_url", f"{site_url!r} is not how machines spell it", f"write {usual!r}")


def _share_faults(settings: CanonicalSettings) -> Iterator[Problem]:
    if settings.share not in get_args(Share):
        known = " or ".join(map(repr, get_args(Share)))
        yield _problem("share", f"{settings.share!r} is no choice", f"write {known}")


def _host_faults(settings: CanonicalSettings) -> Iterator[Problem]:
    if isinstance(settings.own_hosts, str):
        hint = f"write ({settings.own_hosts!r},)"
        yield _problem("own_hosts", f"{settings.own_hosts!r} is one text, not a list", hint)
        return
    for host in settings.own_hosts:
        try:
            usual = ascii_host(host)
        except ValueError:
            hint = "list host names such as 'old.example.org'"
            yield _problem("own_hosts", f"{host!r} is not a host name", hint)
            continue
        if usual != host:
            yield _problem(
                "own_hosts", f"{host!r} is not how machines spell it", f"write {usual!r}"
            )


def _problem(field: str, message: str, hint: str) -> Problem:
    return Problem("pelicanconf.py", 1, f"CANONICAL.{field}", message, hint)
