"""The security headers of every answer, in one table; ``docs/security.md`` shows the same.

Each is a default: where a part of the service, or the site's ``_headers``, says something else, that
is sent. Sources: CSP level 3, HTML (COOP), Fetch (CORP, nosniff), Permissions Policy, RFC 9111.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """Who answers: the service, its pages for moderators, or the built site."""

    SERVICE = "service"
    MODERATION = "moderation"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class Row:
    """A header and its value for each kind of answer; an empty value is not sent."""

    name: str
    service: str
    moderation: str
    site: str

    def value(self, kind: Kind) -> str:
        """The value for that kind."""
        return str(getattr(self, kind.value))


_OWN = "default-src 'none'; style-src 'self'; "
_END = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
# The same features that the build refuses for the site: no page asks for one.
_FEATURES = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "usb"),
)


def _everywhere(name: str, value: str) -> Row:
    return Row(name, value, value, value)


TABLE = (
    # Pages of the service run no script but the site's own; those for moderators run none. The
    # policy of the site is made by the build, as it names what the posts embed.
    Row(
        "Content-Security-Policy",
        f"{_OWN}img-src 'self'; script-src 'self'; connect-src 'self'; {_END}",
        f"{_OWN}{_END}",
        "",
    ),
    _everywhere("Cross-Origin-Opener-Policy", "same-origin"),
    # Feed readers in browsers show the site's pictures; what the service answers is for its pages.
    Row("Cross-Origin-Resource-Policy", "same-origin", "same-origin", "cross-origin"),
    _everywhere("Permissions-Policy", ", ".join(f"{name}=()" for name in _FEATURES)),
    # `no-referrer` would make browsers send our own forms with `Origin: null`.
    _everywhere("Referrer-Policy", "strict-origin-when-cross-origin"),
    _everywhere("X-Content-Type-Options", "nosniff"),
    Row("X-Robots-Tag", "noindex", "noindex", ""),
    Row("Cache-Control", "no-store", "no-store", "public, max-age=0, must-revalidate"),
)


def kind_of(path: str) -> Kind:
    """The kind of what the service answers at ``path``."""
    return Kind.MODERATION if path.startswith("/dialogue/moderate") else Kind.SERVICE


def headers(kind: Kind) -> dict[str, str]:
    """The headers that an answer of this kind has unless it says otherwise itself."""
    return {row.name: value for row in TABLE if (value := row.value(kind))}
