"""The headers of a built site, and what writers are told of code in posts."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

from dialogue.hosting.headers import read_rules
from plugins.hosting.settings import HostingSettings
from tests.plugins.building import Workshop


def site_headers(folder: Path, path: str) -> dict[str, str]:
    """The headers of a path, as a host reads them."""
    return read_rules(folder).of(path)


POST = "---\ntitle: One\ndate: 2026-01-01\n---\nText.\n\n{}\n"


def test_every_inline_code_of_every_page_has_its_hash(tmp_path: Path) -> None:
    """What a page holds is what the policy allows, to the byte."""
    built = Workshop(tmp_path).build({"one.md": POST.format("More.")})
    policy = site_headers(built.output, "/one/")["content-security-policy"]
    pages = [name for name in built.files() if name.endswith(".html")]
    texts = {
        text
        for name in pages
        for text in re.findall(r"<(?:style|script)>(.*?)</", built.page(name), re.DOTALL)
    }
    assert len(texts) == 2
    for text in texts:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_what_keeps_its_name_is_never_cached_for_ever(tmp_path: Path) -> None:
    """Only files with a hash in their name are; all of the theme's are."""
    built = Workshop(tmp_path).build({"one.md": POST.format("More.")})
    text = built.page("_headers")
    forever = re.findall(r"(?m)^(/\S+)\n(?:  .*\n)*?  Cache-Control: .*immutable", text)
    search = ["/search/engine/*.pf_fragment", "/search/engine/*.pf_index"]
    assert forever == ["/theme/*", "/images/derived/*", "/images/share/*", *search]
    own = [name for name in built.files() if name.startswith("theme/")]
    assert own
    assert all(re.search(r"\.[0-9a-f]{10}\.", name) for name in own)


def test_a_site_below_a_path_has_its_rules_there(tmp_path: Path) -> None:
    """Hosts match the whole path."""
    built = Workshop(tmp_path).build(
        {"one.md": POST.format("")}, SITEURL="https://example.org/blog"
    )
    assert "content-security-policy" in site_headers(built.output, "/blog/one/")
    assert site_headers(built.output, "/one/") == {}
    named = site_headers(built.output, "/blog/")["speculation-rules"].strip('"')
    assert named.removeprefix("/blog/") in built.files()
    typed = site_headers(built.output, named)["content-type"]
    assert typed == "application/speculationrules+json"


def test_an_embedded_frame_is_allowed_and_a_pasted_script_is_told(tmp_path: Path) -> None:
    """The frame by itself; the script with its file and line, until the settings name its host."""
    html = (
        '<iframe src="https://video.example/1" title="A film"></iframe>\n\n'
        '<script src="https://widget.example/w.js"></script>'
    )
    workshop = Workshop(tmp_path)
    built = workshop.build({"one.md": POST.format(html)})
    assert built.report
    [told] = [str(one) for one in built.report.notices if "does not run" in one.message]
    assert told.startswith("one.md:9: body: a script from https://widget.example does not run")
    policy = site_headers(built.output, "/")["content-security-policy"]
    assert "frame-src https://video.example;" in policy
    assert "widget" not in policy
    allowed = workshop.build(HOSTING=HostingSettings(scripts=("https://widget.example",)))
    assert allowed.report
    assert not [one for one in allowed.report.notices if "does not run" in one.message]
    assert "widget" in site_headers(allowed.output, "/")["content-security-policy"]
    assert "widget" in allowed.page("/one/").partition("<title>")[0]


def test_a_theme_that_may_hold_any_code_gets_no_policy(tmp_path: Path) -> None:
    """It keeps the other headers, and the types of feeds."""
    built = Workshop(tmp_path).build({"one.md": POST.format("")}, THEME="simple")
    found = site_headers(built.output, "/one/")
    assert found["x-content-type-options"] == "nosniff"
    assert "content-security-policy" not in found
    assert "rss" in site_headers(built.output, "/feeds/all.rss.xml")["content-type"]
