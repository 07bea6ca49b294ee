"""The system's locks: ours, and Windows' with a stand-in for its functions."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from thread import locking


def locked_bytes(handle: int, mode: int, count: int) -> None:
    """What ``msvcrt.locking`` does: so many bytes from where the file is; OSError if they are taken.

    Locks of open files on bytes (Linux) stand in for those of Windows: both belong to one opening.
    """
    assert mode == 2
    place = os.lseek(handle, 0, os.SEEK_CUR)
    taken = (fcntl.F_WRLCK, os.SEEK_SET, place, count, 0)
    fcntl.fcntl(handle, fcntl.F_OFD_SETLK, _flock(*taken))


def _flock(*values: int) -> bytes:
    return struct.pack("hhqqi4x", *values)


@pytest.fixture(params=["here", "win32"])
def module(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module as it is on this system, and as it is on Windows."""
    if request.param == "here":
        yield locking
        return
    if not hasattr(fcntl, "F_OFD_SETLK"):
        pytest.skip("this system has nothing like the locks of Windows")
    monkeypatch.setattr(sys, "platform", "win32")
    stand_in = SimpleNamespace(LK_NBLCK=2, locking=locked_bytes)
    monkeypatch.setitem(sys.modules, "msvcrt", stand_in)
    spec = importlib.util.spec_from_file_location("locking_elsewhere", locking.__file__)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    monkeypatch.undo()
    assert not hasattr(made, "fcntl")
    yield made


def test_a_file_has_one_holder(module: ModuleType, tmp_path: Path) -> None:
    """Until it is closed; whoever comes second is told at once, wherever they have read to."""
    path = tmp_path / "a.lock"
    first, second = module.open_file(path), module.open_file(path)
    try:
        assert module.take(first)
        os.write(second, b"further on")
        assert not module.take(second)
        os.close(first)
        assert module.take(second)
    finally:
        os.close(second)


def test_a_folder_has_one_holder(module: ModuleType, tmp_path: Path) -> None:
    """By whatever name it is called."""
    folder = tmp_path / "site"
    folder.mkdir()
    (tmp_path / "link").symlink_to(folder)
    first, second = module.open_folder(folder), module.open_folder(tmp_path / "link")
    try:
        assert module.take(first)
        assert not module.take(second)
    finally:
        os.close(first)
        os.close(second)


def test_a_folder_that_was_replaced_is_another(module: ModuleType, tmp_path: Path) -> None:
    """Who holds the old one does not hold the new one."""
    folder = tmp_path / "site"
    folder.mkdir()
    handle = module.open_folder(folder)
    try:
        assert module.is_of(handle, folder)
        folder.rename(tmp_path / "old")
        folder.mkdir()
        assert not module.is_of(handle, folder)
        os.close(module.open_folder(folder))
        assert not module.is_of(handle, folder)
    finally:
        os.close(handle)


def test_handles_are_not_for_other_programs(module: ModuleType, tmp_path: Path) -> None:
    """What a holder starts does not hold the lock after it."""
    for handle in (module.open_file(tmp_path / "a"), module.open_folder(tmp_path)):
        assert not os.get_inheritable(handle)
        os.close(handle)
