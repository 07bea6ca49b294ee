"""Twelve faults of series and originals, planted in one content folder: all told, nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.desk.running import environment


def post(title: str, *fields: str, text: str = "Text.") -> str:
    """A post with these front-matter lines after title (line 2) and date (line 3)."""
    return "\n".join(["---", f"title: {title}", "date: 2026-01-02", *fields, "---", "", text, ""])


SOUND = {
    "posts/sound-1.md": post("Sound one", "series: Sound", "part: 1"),
    "posts/sound-2.md": post("Sound two", "series: Sound", "part: 2"),
    "series/sound.md": "---\ntitle: Sound\nplanned:\n  - {part: 3, title: Later}\n---\n\nAll well.\n",
    "posts/copy.md": post("A copy", "original: https://example.org/a-copy"),
}
PLANTED = {
    # Two posts are part 1 of one series.
    "posts/twice-a.md": post("Twice a", "series: Twice", "part: 1"),
    "posts/twice-b.md": post("Twice b", "series: Twice", "part: 1"),
    # Part 2 is missing.
    "posts/gap-1.md": post("Gap one", "series: Gap", "part: 1"),
    "posts/gap-3.md": post("Gap three", "series: Gap", "part: 3"),
    # Half a part.
    "posts/half-1.md": post("Half one", "series: Half", "part: 1"),
    "posts/half-2.md": post("Half two", "series: Half", "part: 1.5"),
    # A part is a draft while readers already have the next.
    "posts/wait-1.md": post("Wait one", "series: Wait", "part: 1"),
    "posts/wait-2.md": post("Wait two", "series: Wait", "part: 2", "draft: true"),
    "posts/wait-3.md": post("Wait three", "series: Wait", "part: 3"),
    # One series in two spellings, and no file that decides.
    "posts/name-1.md": post("Name one", "series: Good Name", "part: 1"),
    "posts/name-2.md": post("Name two", "series: good-name", "part: 2"),
    # A series file that no post names.
    "series/nobody.md": "---\ntitle: Nobody\n---\n\nAn intro.\n",
    # A marker that leads nowhere, for want of a series.
    "posts/lost.md": post("Lost", text="Text.\n\nPart 7 >>"),
    # Originals: no address, our own address, our own address in the body.
    "posts/nowhere.md": post("Nowhere", "original: example"),
    "posts/self.md": post("Self", "original: https://blog.example.com/elsewhere/"),
    "posts/box.md": post(
        "Box",
        text='<div class="download-box"><a href="//blog.example.com/x">View original post</a></div>',
    ),
    # A copy that is no address.
    "posts/copies.md": post("Copies", "syndicated: [not-an-address]"),
    # An alias that is another post.
    "posts/alias.md": post("Alias", "aliases: [/copy/]"),
}
EXPECTED = [
    ("posts/alias.md", 4, "aliases"),
    ("posts/box.md", 6, "body"),
    ("posts/copies.md", 4, "syndicated"),
    ("posts/gap-3.md", 5, "part"),
    ("posts/half-2.md", 5, "part"),
    ("posts/lost.md", 8, "body"),
    ("posts/name-2.md", 4, "series"),
    ("posts/nowhere.md", 4, "original"),
    ("posts/self.md", 4, "original"),
    ("posts/twice-b.md", 5, "part"),
    ("posts/wait-2.md", 5, "part"),
    ("series/nobody.md", 1, "file"),
]


def check(folder: Path, files: dict[str, str]) -> list[tuple[str, int, str]]:
    """What ``desk check`` says of these files: path, line and field of every line it prints."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "desk", "check", str(folder)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.split(":", 3) for line in done.stdout.splitlines() if "; " in line]
    return [(path, int(line), field.strip()) for path, line, field, _ in lines]


def test_sound_content_has_no_faults(tmp_path: Path) -> None:
    """A series with a planned part and a copy of a post are nothing to tell."""
    assert check(tmp_path, SOUND) == []


def test_twelve_planted_faults_are_told_and_nothing_else(tmp_path: Path) -> None:
    """Each by its file, line and field."""
    assert check(tmp_path, {**SOUND, **PLANTED}) == EXPECTED
