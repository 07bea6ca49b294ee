"""Replies for builders elsewhere: the same files, in a folder or behind a token."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

from dialogue.app import app_of
from dialogue.publishing import export
from dialogue.replies.model import State
from dialogue.services import Services
from dialogue.tokens import Purpose
from tests.dialogue.browsing import browser
from tests.dialogue.replies_made import reply
from thread import files


def test_a_builder_gets_what_is_approved_and_nothing_else(
    make_services: Callable[..., Services], tmp_path: Path
) -> None:
    """The archive unpacks to the files that the build reads; without its token there is none."""
    services = make_services()
    services.store.hold(reply(words="Shown.", state=State.APPROVED))
    services.store.hold(reply(words="Waiting.", target="coffee"))
    wrong = services.tokens.sign(Purpose.RECEIPT, export.ABOUT)
    with browser(app_of(services)) as opened:
        for headers in ({}, {"Authorization": f"Bearer {wrong}"}, {"Authorization": "Bearer"}):
            assert opened.get("/dialogue/export", headers=headers).status_code == 401
        shown = {"Authorization": f"Bearer {export.token(services)}"}
        answer = opened.get("/dialogue/export", headers=shown)
        again = opened.get("/dialogue/export", headers=shown)
        assert export.write(export.threads(services), tmp_path / "folder") == 1
    assert answer.content == again.content
    with tarfile.open(fileobj=io.BytesIO(answer.content), mode="r:gz") as tar:
        tar.extractall(tmp_path / "unpacked", filter="data")
    found = files.read_all(tmp_path / "unpacked")
    assert {name: [one.html for one in thread.replies] for name, thread in found.items()} == {
        "tea": ["<p>Shown.</p>"]
    }
    assert files.read_all(tmp_path / "folder") == found
