"""The Content-Security-Policy (CSP level 3): what a page may load, run and send, and from where.

Everything is forbidden that is not named. Code in the page runs only where its hash is here, so a
script that gets into a page by whatever way does nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from plugins.hosting.settings import HostingSettings
from plugins.markup.foreign import Foreign
from thread.ways.way import Csp

SELF, NONE = "'self'", "'none'"
WASM = "'wasm-unsafe-eval'"
_ANY_HOST = "https:"
# Hosts read lines of at most 2,000 characters; above this a list says little anyway.
_MOST = 12


@dataclass(frozen=True, slots=True)
class Code:
    """What the theme itself puts into pages: scripts and styles, each as it stands there."""

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()


def script_policy(
    settings: HostingSettings, code: Code, *, wasm: bool = False, others: Csp = ()
) -> str:
    """The part about code, for a page to carry itself: it holds on any host.

    It does not change with what is written. ``wasm`` allows WebAssembly, which only search needs.
    ``others`` are pairs of a directive and what the way to answer posts needs besides.
    """
    scripts = [(name, source) for name, source in others if name == "script-src"]
    own = [*_code(settings, code, wasm=wasm), ("object-src", [NONE])]
    return _written(_with(own, scripts))


def script_policies(settings: HostingSettings, code: Code, others: Csp) -> tuple[str, str]:
    """The part about code on pages, and on the one that searches."""
    plain = script_policy(settings, code, others=others)
    return plain, script_policy(settings, code, others=others, wasm=True)


def content_policy(
    settings: HostingSettings,
    code: Code,
    shown: Foreign,
    *,
    wasm: bool = False,
    others: Csp = (),
) -> str:
    """The whole policy of a site that has ``shown`` in its texts, for a header.

    ``others`` is what the ways to answer posts and to write to the site need besides.
    """
    styles = [SELF, *map(_hash, code.styles), *settings.styles]
    own: list[tuple[str, Collection[str]]] = [
        ("default-src", [NONE]),
        *_code(settings, code, wasm=wasm),
        ("style-src", styles),
        *([("style-src-attr", ["'unsafe-inline'"])] if shown.style else []),
        ("img-src", [SELF, "data:", *_hosts(settings.images, shown.images)]),
        ("media-src", [SELF, *_hosts(settings.media, shown.media)]),
        ("frame-src", _hosts(settings.frames, shown.frames) or [NONE]),
        ("font-src", [SELF]),
        ("connect-src", [SELF, *settings.connect]),
        ("manifest-src", [SELF]),
        ("form-action", [SELF, *settings.forms]),
        ("frame-ancestors", [*settings.frame_ancestors] or [NONE]),
    ]
    return _written(_with(own, others))


def _with(
    directives: Iterable[tuple[str, Collection[str]]], others: Iterable[tuple[str, str]]
) -> list[tuple[str, Collection[str]]]:
    """The directives with further sources, each once."""
    found = {name: dict.fromkeys(sources) for name, sources in directives}
    for name, source in others:
        sources = found.setdefault(name, {})
        sources.pop(NONE, None)
        sources[source] = None
    return [(name, list(sources)) for name, sources in found.items()]


def _code(
    settings: HostingSettings, code: Code, *, wasm: bool
) -> list[tuple[str, Collection[str]]]:
    named = [source if "://" in source else f"'{source}'" for source in settings.scripts]
    scripts = [SELF, *map(_hash, code.scripts), *([WASM] if wasm else []), *named]
    return [("script-src", scripts), ("base-uri", [NONE])]


def _written(directives: Iterable[tuple[str, Collection[str]]]) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives)


def _hosts(named: tuple[str, ...], shown: tuple[str, ...]) -> list[str]:
    """The hosts in order; of very many, all that can be reached safely."""
    found = list(dict.fromkeys((*named, *shown)))
    return found if len(found) <= _MOST else [_ANY_HOST]


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
