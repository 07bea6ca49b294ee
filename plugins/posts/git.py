"""What git says of a folder; where there is no git, or no work tree, it says nothing."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

# Set by git for its hooks, about another folder than the one we ask for.
_HOOK_VARIABLES = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"}
)
_IGNORED = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", ".")


def ask(folder: Path, *arguments: str) -> tuple[str, str]:
    """What git prints and complains about; nothing at all where there is no git."""
    environment = {name: value for name, value in os.environ.items() if name not in _HOOK_VARIABLES}
    try:
        done = subprocess.run(  # noqa: S603  # fixed arguments, no shell
            ["git", *arguments],  # noqa: S607  # whichever git the writer uses
            cwd=folder,
            env={**environment, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError:
        return "", ""
    return os.fsdecode(done.stdout), os.fsdecode(done.stderr)


def ignored(folder: Path) -> frozenset[str]:
    """The files below ``folder`` that git ignores, by their paths there.

    Every ``.gitignore``, ``.git/info/exclude`` and the user's own excludes count (gitignore(5)); a
    file that is committed all the same is not ignored. A folder that is ignored as a whole is named
    once, with a slash behind it. A ``folder`` that is itself ignored by the repository around it is
    no part of that: nothing in it is ignored.
    """
    answer, _ = ask(folder, *_IGNORED)
    found = {path for path in answer.split("\0") if path}
    # A folder that has nothing but ignored files in it is named beside them.
    if "./" in found and ask(folder, "check-ignore", ".")[0]:
        return frozenset()
    parents = {"./"} | {path[: place + 1] for path in found for place in _slashes(path.rstrip("/"))}
    return frozenset(found - parents)


def _slashes(path: str) -> list[int]:
    return [place for place, char in enumerate(path) if char == "/"]
