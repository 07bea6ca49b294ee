"""Making images ready: each once, whatever happens to the cache, and every fault told."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.errors import SiteError
from plugins.images import making
from plugins.images.encoding import Original
from plugins.images.making import Fault, Ready, find_faults, make_ready
from plugins.images.settings import ImageSettings
from tests.plugins.images.pictures import bomb, photo


class Site:
    """A content folder with a cache and an output folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.content, self.output = folder / "content", folder / "output"
        self.content.mkdir()
        self.settings = ImageSettings(cache=folder / "cache", widths=(240, 480))

    def make(self, **files: bytes) -> Mapping[str, Ready | Fault]:
        """Make these JPEG files ready."""
        for name, data in files.items():
            (self.content / f"{name}.jpg").write_bytes(data)
        names = [f"{name}.jpg" for name in files]
        return make_ready(names, self.content, self.output, self.settings)

    def written(self) -> dict[str, bytes]:
        """Every file of the output."""
        paths = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in paths}

    def fault(self, data: bytes) -> Fault:
        """What is wrong with a file of these bytes."""
        [found] = self.make(broken=data).values()
        assert isinstance(found, Fault)
        return found


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """An empty site."""
    return Site(tmp_path)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were decoded so far."""
    names: list[str] = []

    class Counted(Original):
        def __init__(self, path: Path, *options: int) -> None:
            names.append(path.name)
            super().__init__(path, *options)

    monkeypatch.setattr(making, "Original", Counted)
    return names


def test_versions_are_written(site: Site) -> None:
    """Each version that is planned is in the output, under its path."""
    [ready] = site.make(a=photo()).values()
    assert isinstance(ready, Ready)
    assert [one.width for one in ready.variants] == [240, 480]
    assert {f"/{name}" for name in site.written()} == {one.path for one in ready.variants}


def test_an_image_is_decoded_once_and_never_again(site: Site, decoded: list[str]) -> None:
    """A second build takes everything from the cache, and its bytes are the same."""
    site.make(a=photo(), b=photo(600))
    first = site.written()
    site.make(a=photo(), b=photo(600))
    assert sorted(decoded) == ["a.jpg", "b.jpg"]
    assert site.written() == first


def test_many_uses_of_an_image_are_one(site: Site, decoded: list[str]) -> None:
    """Ten thousand posts with the same image cost as much as one."""
    site.make(a=photo())
    make_ready(["a.jpg"] * 10_000, site.content, site.output, replace(site.settings, quality=70))
    assert decoded == ["a.jpg", "a.jpg"]


def test_what_changed_is_made_anew(site: Site, decoded: list[str]) -> None:
    """A new picture under the old name, or another quality."""
    site.make(a=photo())
    site.make(a=photo(900))
    site.settings = replace(site.settings, quality=60)
    site.make(a=photo(900))
    assert decoded == ["a.jpg"] * 3
    assert len(site.written()) == 6


def test_a_damaged_or_deleted_cache_does_no_harm(site: Site, decoded: list[str]) -> None:
    """The output is the same in every case."""
    site.make(a=photo())
    good = site.written()
    entries = [path for path in site.settings.cache.rglob("*") if path.is_file()]
    entries[0].write_bytes(b"damaged")
    entries[1].unlink()
    site.make(a=photo())
    assert site.written() == good
    assert decoded == ["a.jpg"] * 2


def test_two_copies_of_one_image_are_one_file(site: Site) -> None:
    """The same bytes under the same name, in two folders."""
    (site.content / "x").mkdir()
    for folder in ("", "x/"):
        (site.content / f"{folder}a.jpg").write_bytes(photo(500))
    made = make_ready(["a.jpg", "x/a.jpg"], site.content, site.output, site.settings)
    assert made["a.jpg"] == made["x/a.jpg"]
    assert len(site.written()) == 2


def test_a_version_heavier_than_the_image_is_left_out(site: Site) -> None:
    """An image that was squeezed to nothing is the best version of itself."""
    light = photo(500, 250, quality=20)
    [ready] = site.make(a=light).values()
    assert isinstance(ready, Ready)
    assert [one.width for one in ready.variants] == [240]
    assert not ready.complete
    assert all(len(data) < len(light) for data in site.written().values())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "cannot be read as an image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read as an image"),
        (photo()[:5000], "is damaged"),
        (bomb(8_000, 8_001), "more than the 64 million that are safe to open"),
        (bomb(10_000, 10_000), "more than the 64 million that are safe to open"),
        (bomb(60_000, 60_000), "is far too large"),
        (bomb(4_000, 4_000), "is damaged"),
    ],
)
def test_a_file_that_cannot_be_shown_is_a_fault(site: Site, data: bytes, message: str) -> None:
    """It says what is wrong and what to do, and nothing is written."""
    fault = site.fault(data)
    assert message in fault.message
    assert fault.hint
    assert site.written() == {}


def test_a_fault_is_told_in_every_build(site: Site) -> None:
    """A fault is not kept as if it were a result."""
    assert site.fault(photo()[:5000]) == site.fault(photo()[:5000])


def test_a_cache_that_cannot_be_written_names_its_setting(site: Site) -> None:
    """It is a problem of the settings, with what to do."""
    site.settings.cache.write_bytes(b"a file")
    with pytest.raises(SiteError, match=r"pelicanconf\.py:1: IMAGES\.cache: nothing can be kept"):
        site.make(a=photo())


def test_faults_are_found_without_making_anything(site: Site, decoded: list[str]) -> None:
    """The same ones; what has been made before is not decoded, and no version is written."""
    site.make(a=photo())
    written = site.written()
    for name, data in {"b": photo(600, 300), "c": photo()[:5000], "d": b""}.items():
        (site.content / f"{name}.jpg").write_bytes(data)
    names = ["a.jpg", "b.jpg", "c.jpg", "d.jpg"]
    found = find_faults(names, site.content, site.output, site.settings)
    assert found == {"c.jpg": site.fault(photo()[:5000]), "d.jpg": site.fault(b"")}
    assert decoded[0] == "a.jpg"
    assert sorted(decoded[1:3]) == ["b.jpg", "c.jpg"]
    assert site.written() == written
