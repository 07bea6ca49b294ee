"""What killed writers left is removed, and nothing else."""

from __future__ import annotations

import os
import time
from pathlib import Path

from thread import leftovers


def test_old_drafts_are_removed_wherever_they_are(tmp_path: Path) -> None:
    """Those of now have a writer; other files are not ours, nor is what links lead to."""
    inner, elsewhere = tmp_path / "site" / "a" / "b", tmp_path / "elsewhere"
    inner.mkdir(parents=True)
    elsewhere.mkdir()
    old = [tmp_path / "site" / ".parley-x.tmp", inner / ".parley-y_z.tmp"]
    kept = [inner / ".parley-manifest.json", inner / "notes.tmp", elsewhere / ".parley-x.tmp"]
    new = inner / ".parley-new.tmp"
    for path in (*old, *kept, new):
        path.write_text("x")
        os.utime(path, (1, 1))
    os.utime(new)
    (tmp_path / "site" / "link").symlink_to(elsewhere)
    (inner / ".parley-gone.tmp").symlink_to("nowhere")
    os.utime(inner / ".parley-gone.tmp", (1, 1), follow_symlinks=False)
    assert leftovers.remove(tmp_path / "site", time.time() - 60) == 3
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in (*kept, new))
