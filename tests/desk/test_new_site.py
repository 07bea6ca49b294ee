"""A site beside the kit: made by one command, and built by the kit where it lies."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from desk.cli import main
from desk.errors import DeskError
from desk.new_site import new_site
from dialogue.cli import main as service
from plugins.errors import SettingsError
from plugins.pages.theme import load_theme
from tests.conftest import ROOT

OLD = sorted((Path(__file__).parent / "settings_of_old").glob("*.py"))
URL = "https://talk.example.org"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A new site, in a folder with a space in its name."""
    folder = tmp_path / "our blog"
    new_site(folder, "Our “blog”", URL)
    return folder


def build(site: Path, settings: str = "pelicanconf.py") -> subprocess.CompletedProcess[str]:
    """Build ``site`` from the kit's folder, as ``make html SITE=...`` does."""
    command = [sys.executable, "-m", "pelican", str(site / "content"), "-o", str(site / "output")]
    return subprocess.run(
        [*command, "-s", str(site / settings)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_new_site_is_built_and_has_its_own_name_and_brand(site: Path) -> None:
    """Its colours are those of its own file; whatever a build keeps lies in its folder."""
    brand = site / "brand.css"
    changed, count = re.subn(r"(--accent-700:)[^;]+;", r"\1 #0a5c36;", brand.read_text("utf-8"))
    assert count
    brand.write_text(changed, "utf-8")
    done = build(site, "publishconf.py")
    assert done.returncode == 0, done.stdout + done.stderr
    home = (site / "output" / "index.html").read_text("utf-8")
    assert "Our “blog”" in home
    assert "#0a5c36" in home
    assert f"{URL}/" in (site / "output" / "sitemap.xml").read_text("utf-8")
    assert (site / ".parley" / "build").is_dir()


def test_its_makefile_hands_the_work_to_the_kit(site: Path) -> None:
    """With the folder of the site; where no kit is, it says how to name one."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}

    def make(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", *words], cwd=site, env=clean, capture_output=True, text=True, check=False
        )

    planned = make("--dry-run", f"KIT={ROOT}", "html").stdout
    assert f'"{site}/content"' in planned
    missing = make("KIT=/nowhere", "html")
    assert missing.returncode != 0
    assert "make KIT=folder" in missing.stderr


@pytest.mark.parametrize("settings", OLD, ids=lambda path: path.stem)
def test_settings_of_every_version_go_on_working(tmp_path: Path, settings: Path) -> None:
    """An upgrade of the kit asks nothing of a site that was made by an earlier one."""
    site = tmp_path / "site"
    new_site(site, "Our blog", URL)
    text = settings.read_text("utf-8")
    kit = f"KIT = Path({str(ROOT)!r})"
    (site / "pelicanconf.py").write_text(re.sub(r"(?m)^KIT = .*$", kit, text), "utf-8")
    done = build(site)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_settings_of_today_are_kept_for_the_tests_of_tomorrow(site: Path) -> None:
    """What ``desk new site`` writes is the newest of those that are tested."""

    def lasting(path: Path) -> list[str]:
        lines = map(ast.unparse, ast.parse(path.read_text("utf-8")).body)
        return [
            line for line in lines if not line.startswith(("KIT", "SITENAME", "SITEURL", "FEEDS"))
        ]

    assert lasting(site / "pelicanconf.py") == lasting(OLD[-1])


def test_nothing_is_written_over(tmp_path: Path, site: Path) -> None:
    """A folder with anything in it, or inside the kit, is refused, and so is no address."""
    with pytest.raises(DeskError, match="not empty"):
        new_site(site, "Again", URL)
    with pytest.raises(DeskError, match="inside the kit"):
        new_site(ROOT / "content" / "blog", "Inside", URL)
    with pytest.raises(DeskError, match="no address of a site"):
        new_site(tmp_path / "other", "Other", "blog.example.org")
    assert not (tmp_path / "other").exists()


def test_commands_take_the_folder_of_the_site(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of the desk and of the service; a folder that is not there is named."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SITE", str(site))
    assert main(["new", "post", "A question"]) == 0
    assert len(list((site / "content" / "posts").glob("*-a-question.md"))) == 1
    monkeypatch.chdir(ROOT)
    service(["doctor"], {"SITE": str(site)})
    assert (site / ".parley" / "dialogue.sqlite3").is_file()
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SITE", "/nowhere")
    assert main(["new", "post", "A question"]) == 1
    assert service(["doctor"], {"SITE": "/nowhere"}) == 1
    assert capsys.readouterr().err.count("/nowhere: No such file") == 2


def test_a_brand_that_is_missing_is_named(tmp_path: Path) -> None:
    """The setting, and what to do."""
    with pytest.raises(SettingsError, match="BRAND"):
        load_theme(ROOT / "theme", tmp_path / "no.css")


def test_the_version_has_its_heading_in_the_change_log() -> None:
    """The newest heading is that of work to come, or of this version."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    heads = re.findall(r"(?m)^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert heads[0] == "Unreleased" or heads[0].startswith(version)
