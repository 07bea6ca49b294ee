"""The rules for every path: security headers, the policy of the site, pages to fetch ahead."""

from __future__ import annotations

from plugins.hosting.rules import Rule
from plugins.hosting.settings import HostingSettings

# What no page of ours asks for; a frame in a post does not get it either.
_REFUSED_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
SPECULATION_TYPE = "application/speculationrules+json"


def security_rule(path: str, settings: HostingSettings, policy: str = "") -> Rule:
    """The headers of every answer; ``policy`` is the Content-Security-Policy, if there is one."""
    headers = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", settings.referrer),
        ("Permissions-Policy", ", ".join(f"{name}=()" for name in _REFUSED_FEATURES)),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ]
    if policy:
        headers.append(("Content-Security-Policy", policy))
    return Rule(path, tuple(headers))


def speculation_rules(every_path: str, url: str) -> tuple[Rule, Rule]:
    """Name the file at ``url``, which says what browsers may fetch ahead, and give it its type."""
    return (
        Rule(every_path, (("Speculation-Rules", f'"{url}"'),)),
        Rule(url, (("Content-Type", SPECULATION_TYPE),)),
    )
