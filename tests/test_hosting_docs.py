"""docs/hosting.md: its commands run, and its servers are told of everything the build asks for."""

from __future__ import annotations

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from plugins.hosting.settings import HostingSettings
from tests import needs
from tests.conftest import ROOT
from tests.plugins.building import Workshop

TEXT = (ROOT / "docs/hosting.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"(?m)^\$ (awk .*) output/_headers > (\S+)$", TEXT)


@pytest.mark.parametrize(("command", "name"), COMMANDS, ids=[name for _, name in COMMANDS])
def test_security_headers_become_those_of_the_server(
    tmp_path: Path, command: str, name: str
) -> None:
    """Each header of every path is a line for the server, its value whole."""
    needs.program("awk")
    built = Workshop(tmp_path).build({"one.md": "---\ntitle: One\ndate: 2026-01-01\n---\nText.\n"})
    line = f"{command} {built.output}/_headers"
    made = subprocess.run(line, shell=True, check=True, capture_output=True, text=True).stdout
    rule = built.page("_headers").partition("\n/*\n")[2].partition("\n/")[0]
    expected = dict(header.strip().split(": ", 1) for header in rule.splitlines())
    assert len(expected) >= 6
    form = r'add_header (\S+) "(.*)" always;' if name == "headers.conf" else r'header (\S+) "(.*)"'
    found = {
        header: value.replace('\\"', '"')
        for header, value in (re.fullmatch(form, one).groups() for one in made.splitlines())  # type: ignore[union-attr]
    }
    assert found == expected


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_servers_know_every_special_path(tmp_path: Path, server: str) -> None:
    """What has a type or a time of its own in _headers has it in the example too."""
    # Those that serve the files themselves; the service may do that, too.
    configs = re.findall(rf"```{server}\n(.*?)```", TEXT, re.DOTALL)
    [config] = [one for one in configs if "/output" in one]
    built = Workshop(tmp_path).build({"one.md": "---\ntitle: One\ndate: 2026-01-01\n---\nText.\n"})
    headers = built.page("_headers")
    for kind in set(re.findall(r"Content-Type: ([\w/+.-]+)", headers)) - {"text/x-opml"}:
        assert kind in config
    for folder in re.findall(r"(?m)^(/\S+)/\*\n  Cache-Control", headers):
        assert folder.strip("/") in config
    assert "max-age=31536000, immutable" in config


def test_every_setting_is_documented() -> None:
    """The table lists them all, in their order."""
    rows = re.findall(r"(?m)^\| (`\w+`(?:, `\w+`)*) \|", TEXT)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert named == [field.name for field in fields(HostingSettings)]
