"""Threads as files: nothing is lost in one, and nothing wrong comes out of one."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.thread.examples import REPLY, TARGET, reply, thread, threads
from thread import files
from thread.errors import FileError
from thread.model import Thread


@given(threads())
def test_what_is_written_is_read_again(found: Thread) -> None:
    """A thread comes out of its file as it went in, ordered by date."""
    again = files.load(files.dump(found), "x.json")
    assert set(again.replies) == set(found.replies)
    assert list(again.replies) == sorted(again.replies, key=lambda one: (one.date, one.id))
    assert (again.target, again.version) == (found.target, found.version)


@given(threads())
def test_the_version_is_read_without_the_replies(found: Thread) -> None:
    """From the first line alone; a file that a person or an older release has laid out is read whole."""
    data = files.dump(found)
    head = data.partition(b"\n")[0]
    assert files.version(head + b"\n", "x.json") == found.version
    laid_out = json.dumps(json.loads(data), indent=1).encode()
    assert files.version(laid_out, "x.json") == found.version
    assert files.load(laid_out, "x.json") == files.load(data, "x.json")


def test_a_file_that_says_no_version_is_an_error() -> None:
    """Read by its first line or whole, it is refused by name."""
    for data in (b'{"format": "parley-replies/1", "replies": [\n]}\n', b"{", b""):
        with pytest.raises(FileError):
            files.version(data, "x.json")


@given(threads())
def test_what_can_be_read_again_is_checked_to_be_so(found: Thread) -> None:
    """The check passes whatever a file can hold."""
    files.check(found)


def test_what_could_not_be_read_again_is_refused_before_it_is_written() -> None:
    """The message names the reply and the field, as reading the file would."""
    with pytest.raises(FileError) as caught:
        files.check(thread(REPLY, replace(REPLY, id="a b")))
    assert caught.value.field == "replies[1].id"


def test_the_same_thread_makes_the_same_bytes() -> None:
    """The order in which a database gives replies does not show in the file."""
    one, two = reply("a"), reply("b")
    assert files.dump(thread(one, two)) == files.dump(thread(two, one))


@given(
    st.text(st.characters(codec="utf-8"), max_size=300),
    st.text(st.characters(codec="utf-8"), max_size=300),
)
def test_file_names_are_safe_and_of_one_post_only(one: str, other: str) -> None:
    """Two ids have two names, even where case does not count; none leaves the folder."""
    name = files.file_name(one)
    assert re.fullmatch(r"[a-z0-9-]+\.[0-9a-f]{12}\.json", name)
    assert len(name) < 120
    assert (name == files.file_name(other)) == (one == other)


def test_a_thread_that_was_never_written_is_empty(tmp_path: Path) -> None:
    """The version of nothing is 0, so that whatever comes is newer."""
    assert files.read(tmp_path, "hello") == Thread("hello", 0, ())


def test_a_folder_is_read_by_target(tmp_path: Path) -> None:
    """Every thread of the folder is there; other files are not looked at."""
    files.write(tmp_path, thread(REPLY))
    files.write(tmp_path, Thread("2024/Ünïcode", 3, ()))
    (tmp_path / "README.md").write_text("Replies.")
    assert set(files.read_all(tmp_path)) == {"hello", "2024/Ünïcode"}
    assert files.read(tmp_path, "hello").replies == (REPLY,)


def test_writing_again_keeps_the_mode_and_leaves_nothing_beside(tmp_path: Path) -> None:
    """A file made readable for a group stays so; no temporary file remains."""
    path = files.write(tmp_path, thread(REPLY))
    path.chmod(0o640)
    files.write(tmp_path, thread(version=2))
    assert path.stat().st_mode & 0o777 == 0o640
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"id": "a b"}, "replies[0].id: has other characters"),
        ({"id": 3}, "replies[0].id: is no text"),
        ({"kind": "shout"}, "replies[0].kind: 'shout' is no kind"),
        ({"url": "javascript:alert(1)"}, "replies[0].url: is no http or https URL"),
        ({"source": 'https://x.example/"onclick='}, "replies[0].source: is no http or https URL"),
        ({"date": "2026-05-01"}, "replies[0].date: does not say its offset"),
        ({"date": "yesterday"}, "replies[0].date: is no date and time"),
        ({"erased": "no"}, "replies[0].erased: is neither true nor false"),
        ({"parent": "../x"}, "replies[0].parent: has other characters"),
        ({"edited": 5}, "replies[0].edited: is no text"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, object], named: str) -> None:
    """A file written by hand or by another program says which of its fields cannot be used."""
    found = json.loads(files.dump(thread(REPLY)))
    found["replies"][0] |= change
    with pytest.raises(FileError) as error:
        files.load(json.dumps(found).encode(), "hello.json")
    assert f"hello.json:1: {named}" in str(error.value)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"{", "file: this is no JSON"),
        (b"[" * 100_000, "file: this is no JSON"),
        (b"\xff\xfe", "file: this is no JSON"),
        (b"[]", "file: this is no JSON object"),
        (b"{}", "format: is not 'parley-replies/1'"),
        (b'{"format": "parley-replies/1"}', "replies: is no list"),
        (b'{"format": "parley-replies/1", "replies": [1]}', "replies[0]: is no object"),
        (b'{"format": "parley-replies/1", "replies": []}', "target: is missing"),
        (
            b'{"format": "parley-replies/1", "replies": [], "target": "x", "version": true}',
            "version: is no whole number",
        ),
    ],
)
def test_a_file_of_another_shape_is_refused(data: bytes, named: str) -> None:
    """Whatever is in the file, the error is ours and says where."""
    with pytest.raises(FileError) as error:
        files.load(data, "hello.json")
    assert f"hello.json:1: {named}" in str(error.value)


def test_two_replies_with_one_id_are_refused() -> None:
    """An id is an anchor: it must be one reply's."""
    data = files.dump(thread(REPLY, reply("r1", author="Bob")))
    with pytest.raises(FileError, match="two replies with one id"):
        files.load(data, "hello.json")


def test_a_file_with_the_name_of_another_post_is_refused(tmp_path: Path) -> None:
    """So no post can have two threads, of which one would win by chance."""
    written = files.write(tmp_path, thread(REPLY))
    written.rename(tmp_path / "copy.json")
    with pytest.raises(FileError, match=re.escape(f"name it {files.file_name(TARGET.id)}")):
        files.read_all(tmp_path)
