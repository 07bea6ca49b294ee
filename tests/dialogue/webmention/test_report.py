"""The implementation report claims what tests show, and nothing else."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

REPORT = Path("docs/webmention-report.md")
_BOX = re.compile(r"^ *\* \[(.)\] (.*?)(?: <!-- (.*) -->)?$", re.M)
# A test's place: its file, its name, and which of its cases, which may have spaces.
_TEST = re.compile(r"(tests/\S+\.py)::(\w+)(?:\[([^\]]*)\])?")


def boxes(root: Path) -> list[tuple[str, str, str]]:
    """Each box of the report: its mark, its claim and the tests it names."""
    return _BOX.findall((root / REPORT).read_text(encoding="utf-8"))


def test_every_claim_names_a_test_that_is_there(root: Path) -> None:
    """What is ticked is shown by tests, what is not is claimed by none."""
    for mark, claim, tests in boxes(root):
        assert (mark == "x") == bool(tests), claim
        for file, name, _ in _TEST.findall(tests):
            tree = ast.parse((root / file).read_text(encoding="utf-8"))
            names = {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}
            assert name in names, f"{claim}: {file} has no {name}"


def test_every_case_named_is_run(root: Path) -> None:
    """Pytest knows each case by the name that the report gives it."""
    named = {
        f"{file}::{name}[{case}]"
        for _, _, tests in boxes(root)
        for file, name, case in _TEST.findall(tests)
        if case
    }
    files = sorted({each.partition("::")[0] for each in named})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *files], cwd=root, capture_output=True, text=True, check=True, timeout=100
    )
    # Tests that also run on each database have that in front of the case.
    found = re.sub(r"\[(sqlite|postgresql)-", "[", done.stdout).splitlines()
    assert named - set(found) == set()


def test_all_of_the_public_suite_is_in_it(root: Path) -> None:
    """Discovery 1 to 23, update 1 and 2, delete 1; all of them pass."""
    text = (root / REPORT).read_text(encoding="utf-8")
    found = re.findall(r"\[x\] \[\w+ Test #\d+\]\(https://webmention\.rocks/(\w+/\d+)\)", text)
    expected = [f"test/{n}" for n in range(1, 24)] + ["update/1", "update/2", "delete/1"]
    assert found == expected
