"""When code fails instead of content, the problem names the code."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from desk import faults
from desk.job import Finding


def failing(root: Path, files: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> BaseException:
    """Write a settings file and what it imports to ``root``; return how running it fails."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(root))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - any error at all is the point
        runpy.run_path(str(root / "pelicanconf.py"))
    return caught.value


@pytest.mark.parametrize(
    ("files", "text"),
    [
        (
            {"pelicanconf.py": "A = 1\nB = (\n"},
            "pelicanconf.py:2: settings: SyntaxError: '(' was never closed; ",
        ),
        (
            {"pelicanconf.py": "A = 1\nB = A / 0\n"},
            "pelicanconf.py:2: settings: ZeroDivisionError: division by zero; ",
        ),
        (
            {"pelicanconf.py": "import fa_one.b", "fa_one/b.py": "\n\nx = {}['k']\n"},
            "fa_one/b.py:3: code: KeyError: 'k'; ",
        ),
        (
            {"pelicanconf.py": "import fa_two", "fa_two.py": "import json\njson.loads('{')\n"},
            "fa_two.py:2: code: JSONDecodeError: ",
        ),
        (
            {
                "pelicanconf.py": "import fa_three",
                "fa_three.py": "raise ValueError('a\\n  b')\n",
            },
            "fa_three.py:1: code: ValueError: a b; ",
        ),
        (
            {"pelicanconf.py": "import sys\nsys.exit()"},
            "pelicanconf.py:2: settings: SystemExit: no reason given; ",
        ),
    ],
)
def test_the_nearest_code_of_the_site_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], text: str
) -> None:
    """File and line where it failed, or where the site called what failed; on one line."""
    found = faults.finding(failing(tmp_path, files, monkeypatch), tmp_path / "pelicanconf.py")
    assert found.text.startswith(text)
    assert len(found.text.splitlines()) == 1


def test_an_error_from_nowhere_is_the_settings_file_s(tmp_path: Path) -> None:
    """Where no line of the site is involved, its settings are the place to begin."""
    found = faults.finding(ValueError("x"), tmp_path / "pelicanconf.py")
    assert (found.path, found.line) == ("pelicanconf.py", 1)


def test_libraries_below_the_site_are_not_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment is commonly there: the line that called into it is what to look at."""
    library = ".venv/lib/site-packages/fa_library.py"
    path = f"import sys\nsys.path.insert(0, {str(tmp_path / library.rpartition('/')[0])!r})\n"
    files = {
        "pelicanconf.py": f"{path}import fa_library\n",
        library: "raise ValueError('x')\n",
    }
    with monkeypatch.context() as patch:
        patch.setattr(sys, "path", list(sys.path))
        found = faults.finding(failing(tmp_path, files, patch), tmp_path / "pelicanconf.py")
    assert (found.path, found.line) == ("pelicanconf.py", 3)


def test_a_finding_of_the_desk_has_the_form_of_all() -> None:
    """``path:line: field: what is wrong; what to do``."""
    assert faults.of("a", 2, "b", "c", "d") == Finding("a", 2, "b", "c", "d", "a:2: b: c; d")
