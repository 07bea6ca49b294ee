"""The Content-Security-Policy, read as a browser reads it."""

from __future__ import annotations

import base64
import hashlib

import pytest

from plugins.errors import SettingsError
from plugins.hosting.policy import Code, content_policy, script_policy
from plugins.hosting.security import security_rule, speculation_rules
from plugins.hosting.settings import HostingSettings
from plugins.markup.foreign import Foreign
from thread.ways.contact import FormEndpoint
from thread.ways.github import Giscus

CODE = Code(("go()",), ("a{x:y}",))


def read(policy: str) -> dict[str, list[str]]:
    """The directives with their sources."""
    parts = [part.strip().split(" ") for part in policy.split(";")]
    return {name: sources for name, *sources in parts}


def hash_of(text: str) -> str:
    """The source that allows ``text``, computed as the standard says."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_nothing_is_allowed_that_is_not_named() -> None:
    """A site without anything foreign talks to itself only, and its own code runs by its hash."""
    found = read(content_policy(HostingSettings(), CODE, Foreign()))
    assert found["default-src"] == ["'none'"]
    assert found["script-src"] == ["'self'", hash_of("go()")]
    assert found["style-src"] == ["'self'", hash_of("a{x:y}")]
    assert found["form-action"] == found["connect-src"] == ["'self'"]
    assert found["frame-ancestors"] == found["frame-src"] == found["base-uri"] == ["'none'"]
    assert "unsafe" not in str(found)


def test_what_posts_show_is_allowed_where_it_is_shown() -> None:
    """And nowhere else."""
    shown = Foreign(("https://i.example",), ("https://f.example",), style=True)
    found = read(content_policy(HostingSettings(media=("https://m.example",)), CODE, shown))
    assert found["img-src"] == ["'self'", "data:", "https://i.example"]
    assert found["frame-src"] == ["https://f.example"]
    assert found["media-src"] == ["'self'", "https://m.example"]
    assert found["style-src-attr"] == ["'unsafe-inline'"]
    assert not {"https://i.example", "https://f.example"} & set(found["script-src"])


def test_very_many_hosts_are_not_listed() -> None:
    """Hosts cut lines of 2,000 characters."""
    many = Foreign(images=tuple(f"https://host-{n}.example" for n in range(200)))
    policy = content_policy(HostingSettings(), CODE, many)
    assert read(policy)["img-src"] == ["'self'", "data:", "https:"]
    assert len(policy) < 1500


def test_code_of_others_runs_where_settings_name_it() -> None:
    """Hosts as they are, hashes in the quotes they need; WebAssembly only when asked for."""
    settings = HostingSettings(scripts=("https://w.example", "sha256-AAAA"))
    found = read(script_policy(settings, CODE, wasm=True))
    assert found["script-src"] == [
        "'self'",
        hash_of("go()"),
        "'wasm-unsafe-eval'",
        "https://w.example",
        "'sha256-AAAA'",
    ]
    assert "wasm" not in script_policy(settings, CODE)


@pytest.mark.parametrize(
    "wrong",
    [
        {"scripts": ("*",)},
        {"scripts": ("'unsafe-inline'",)},
        {"frames": ("https://a.example/path",)},
        {"frames": ("https://a.example; script-src *",)},
        {"images": ("http://a.example",)},
        {"referrer": "no-referrer\nX: y"},
    ],
)
def test_a_setting_that_says_something_else_is_named(wrong: dict[str, object]) -> None:
    """It stops the build before it can open the policy."""
    [field] = wrong
    with pytest.raises(SettingsError, match=f"HOSTING.{field}"):
        HostingSettings(**wrong)  # type: ignore[arg-type]


def test_every_answer_has_the_usual_headers() -> None:
    """The policy only where there is one."""
    headers = dict(security_rule("/*", HostingSettings(), "default-src 'none'").headers)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    bare = security_rule("/*", HostingSettings()).headers
    assert "Content-Security-Policy" not in dict(bare)


def test_pages_to_fetch_ahead_are_named_as_a_structured_field() -> None:
    """A string in quotes (RFC 9651), and the file with the type browsers insist on."""
    named, typed = speculation_rules("/b/*", "/b/theme/s.json")
    assert (named.path, named.headers) == ("/b/*", (("Speculation-Rules", '"/b/theme/s.json"'),))
    assert typed.path == "/b/theme/s.json"
    assert dict(typed.headers) == {"Content-Type": "application/speculationrules+json"}


def test_ways_to_answer_add_what_they_need() -> None:
    """Replies kept elsewhere need a script, a style sheet and a frame; a foreign form its host."""
    others = (
        *Giscus("o/r", "R_1", "Blog", "D_1").csp(),
        *FormEndpoint("https://f.example/x").csp(),
    )
    found = read(content_policy(HostingSettings(), CODE, Foreign(), others=others))
    giscus = "https://giscus.app"
    assert giscus in found["script-src"]
    assert giscus in found["style-src"]
    assert found["frame-src"] == [giscus]
    assert found["form-action"] == ["'self'", "https://f.example"]
    inside = read(script_policy(HostingSettings(), CODE, others=others))
    assert giscus in inside["script-src"]
    assert set(inside) == set(read(script_policy(HostingSettings(), CODE)))
