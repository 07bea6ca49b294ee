"""The cache: what is kept is found, and what is damaged is not."""

from pathlib import Path

import pytest

from plugins.images.cache import Cache, write_whole


def test_what_is_kept_is_found_by_its_key_alone(tmp_path: Path) -> None:
    """In another process too: nothing but the folder is needed."""
    Cache(tmp_path / "cache").put("a key", b"data")
    assert Cache(tmp_path / "cache").get("a key") == b"data"
    assert Cache(tmp_path / "cache").get("another") is None


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 40])
def test_what_is_damaged_is_not_trusted(tmp_path: Path, damage: bytes) -> None:
    """An entry that was cut off or overwritten counts as none, and can be kept anew."""
    cache = Cache(tmp_path)
    cache.put("a key", b"data")
    [entry] = [path for path in tmp_path.rglob("*") if path.is_file()]
    entry.write_bytes(damage)
    assert cache.get("a key") is None
    cache.put("a key", b"data")
    assert cache.get("a key") == b"data"


def test_one_changed_bit_is_found(tmp_path: Path) -> None:
    """The sum is of all the data."""
    cache = Cache(tmp_path)
    cache.put("a key", b"data")
    [entry] = [path for path in tmp_path.rglob("*") if path.is_file()]
    entry.write_bytes(entry.read_bytes()[:-1] + b"b")
    assert cache.get("a key") is None


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """Neither a half file nor a temporary one."""
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").touch()
    with pytest.raises(OSError, match="irectory"):
        write_whole(tmp_path / "taken", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
