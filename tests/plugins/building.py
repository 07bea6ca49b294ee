"""Building whole sites in tests, in this process, from files given as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pelican.settings import read_settings

from plugins.engine.report import Report
from plugins.engine.request import Run
from plugins.engine.residing import Residing
from plugins.engine.site import Parley
from plugins.errors import SiteError
from plugins.fastbuild.settings import BuildSettings
from plugins.replies.settings import RepliesSettings
from tests.conftest import ROOT

Files = Mapping[str, str | bytes]


def be_quiet(theme: Path) -> None:
    """Take related posts out of a copy of our theme."""
    (theme / "templates" / "partials" / "related.html").unlink()
    path = theme / "templates" / "post.html"
    shown = '{% if page.related %}\n{% include "partials/related.html" %}\n{% endif %}\n'
    text = path.read_text(encoding="utf-8")
    if shown not in text:
        raise LookupError(f"{path} does not show related posts as it did")
    path.write_text(text.replace(shown, ""), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build: its output folder and report, or the problems that stopped it.

    ``rules`` are the names of the rules of ``problems``, which are given without them.
    ``run`` is what the engine says of it, where it was built directly.
    """

    output: Path
    report: Report | None
    problems: tuple[str, ...] = ()
    run: Run | None = None
    rules: tuple[str, ...] = ()

    def page(self, path: str) -> str:
        """The text of a file of the output; a path that ends in a slash is a page."""
        name = f"{path}index.html" if path.endswith("/") or not path else path
        return (self.output / name.lstrip("/")).read_text(encoding="utf-8")

    def files(self) -> set[str]:
        """Every file of the output, as paths below it."""
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix() for path in found}


class Workshop:
    """A content folder and an output folder below ``folder``, built as often as a test likes.

    ``puts_off`` leaves late tasks to the next build, as in the preview. One process builds, unless
    ``workers`` says more: they cost small sites more than they save.
    """

    puts_off = False
    workers = 1

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        self.output = folder / "output"
        self.replies = folder / "replies"
        self.content.mkdir()

    def write(self, files: Files) -> None:
        """Write these files into the content folder."""
        for name, data in files.items():
            path = self.content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)

    def build(self, files: Files | None = None, **settings: Any) -> Built:
        """Write ``files`` and build; ``settings`` override those of ``pelicanconf.py``."""
        self.write(files or {})
        override = {
            "PATH": str(self.content),
            "OUTPUT_PATH": str(self.output),
            "BUILD": BuildSettings(self.content.parent / ".parley" / "build", self.workers),
            "REPLIES": RepliesSettings(folder=self.replies),
            **settings,
        }
        site = Parley(read_settings(str(ROOT / "pelicanconf.py"), override=override))
        site.residing = Residing(puts_off=self.puts_off)
        try:
            report = site.build()
            return Built(self.output, report, run=site.last)
        except SiteError as error:
            told = tuple(str(replace(one, rule="")) for one in error.problems)
            return Built(self.output, None, told, rules=tuple(one.rule for one in error.problems))
