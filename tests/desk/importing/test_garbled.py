"""Exports with bytes changed anywhere are read, or refused as a whole with a message."""

from __future__ import annotations

import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from desk.errors import DeskError
from desk.importing import ghost, wordpress
from desk.importing.command import checked
from desk.importing.report import as_json, lines_of
from tests.desk.importing import test_cms_builds, test_ghost

ROUNDS = 24


def _read(reader: ModuleType, path: Path) -> bool:
    """Whether it could be read; any error but ours is a fault."""
    try:
        said = reader.facts(path)
        as_json(lines_of(checked(list(reader.items(path, said, lambda _: None))))).encode()
    except DeskError:
        return False
    return True


@pytest.mark.parametrize("name", ["wordpress", "ghost"])
def test_a_garbled_export_ends_with_a_message(tmp_path: Path, name: str) -> None:
    """Bytes are replaced, taken out and put in."""
    reader, make = {
        "wordpress": (wordpress, test_cms_builds.wordpress),
        "ghost": (ghost, test_cms_builds.ghost),
    }[name]
    path = make(tmp_path)
    data = path.read_bytes()
    dice = random.Random(1)
    read = 0
    for _ in range(ROUNDS):
        garbled = bytearray(data)
        for _ in range(dice.randrange(1, 4)):
            at = dice.randrange(len(garbled))
            garbled[at : at + dice.randrange(20)] = bytes(
                dice.choices(b'<>"[]{}&;!-=0a ', k=dice.randrange(6))
            )
        path.write_bytes(garbled)
        read += _read(reader, path)
    path.write_bytes(data)
    assert read < ROUNDS
    assert _read(reader, path)


def test_values_of_other_types_are_read(tmp_path: Path) -> None:
    """Of the tables of Ghost, and within the documents of its editors."""
    path = test_cms_builds.ghost(tmp_path)
    whole = json.loads(path.read_text("utf-8"))
    dice = random.Random(2)
    read = 0
    for _ in range(ROUNDS):
        path.write_text(json.dumps(_changed(whole, dice)), "utf-8")
        read += _read(ghost, path)
    assert read > ROUNDS // 2


def _changed(value: Any, dice: random.Random) -> Any:
    if dice.random() < 0.01:
        return dice.choice([None, 1, [], {}, "x", True, -1e300, "\ud83d"])
    if isinstance(value, dict):
        return {key: _changed(one, dice) for key, one in value.items()}
    if isinstance(value, list):
        return [_changed(one, dice) for one in value]
    if isinstance(value, str) and value.startswith("{"):
        return json.dumps(_changed(json.loads(value), dice))
    return value


def test_half_a_character_does_not_stop_an_import(tmp_path: Path) -> None:
    """A question mark takes its place, in titles and in texts."""
    text = test_ghost.lexical(test_ghost.node("paragraph", test_ghost.words("a \ud83d b")))
    found = test_ghost.first(tmp_path, test_ghost.post(title="T\ud83d", lexical=text))
    assert (found.fields["title"], found.body) == ("T?", "a ? b")
