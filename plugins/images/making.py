"""Images of a site made ready: each measured, and its versions written, or the fault it has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path

from plugins.errors import Problem, SiteError
from plugins.images.cache import Cache, write_whole
from plugins.images.encoding import Original, recipe
from plugins.images.measuring import (
    UNREADABLE,
    Raster,
    UnreadableImageError,
    look,
    quiet,
)
from plugins.images.planning import Variant, plan
from plugins.images.settings import ImageSettings

HINT = "export it again as JPEG, PNG, WebP, AVIF or GIF"


@dataclass(frozen=True, slots=True)
class Ready:
    """An image of the site: its size in pixels and its versions, smaller in bytes than itself.

    ``complete`` says that no version was left out for its weight; where one was, the image itself
    is the best there is for that width.
    """

    raster: Raster
    variants: tuple[Variant, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an image file, and what to do about it."""

    message: str
    hint: str


def make_ready(
    sources: Iterable[str], content: Path, output: Path, settings: ImageSettings
) -> Mapping[str, Ready | Fault]:
    """Each image of ``sources``, paths below ``content``, with its versions written to ``output``.

    What the cache has is not made again. Raises :class:`SiteError` where the cache cannot be used.
    """
    workshop = _Workshop(content, output, settings)
    names = sorted(set(sources))
    # Pillow works outside the interpreter's lock, so threads are enough.
    with quiet(), ThreadPoolExecutor(max_workers=min(8, cpu_count() or 1)) as pool:
        return dict(zip(names, pool.map(workshop.make, names), strict=True))


def find_faults(
    sources: Iterable[str], content: Path, output: Path, settings: ImageSettings
) -> Mapping[str, Fault]:
    """What is wrong with images of ``sources``: what :func:`make_ready` would find; nothing is made.

    An image whose versions are in the cache was whole, the others are decoded.
    """
    workshop = _Workshop(content, output, settings)
    names = sorted(set(sources))
    with quiet(), ThreadPoolExecutor(max_workers=min(8, cpu_count() or 1)) as pool:
        found = zip(names, pool.map(workshop.fault_of, names), strict=True)
        return {name: fault for name, fault in found if fault}


class _Workshop:
    """Makes images of one site; used by several threads."""

    def __init__(self, content: Path, output: Path, settings: ImageSettings) -> None:
        self._content = content
        self._output = output
        self._settings = settings
        self._cache = Cache(settings.cache)
        self._recipe = recipe(settings.quality)

    def make(self, source: str) -> Ready | Fault:
        """The image, made ready, or what is wrong with it."""
        path = self._content / source
        try:
            raster = look(path)
            if raster.width * raster.height > self._settings.max_pixels:
                return _too_large(raster, self._settings.max_pixels)
            data = path.read_bytes()
            variants, keys = self._plan(source, data, raster)
            made = self._versions(path, raster, keys)
        except UnreadableImageError as error:
            return Fault(str(error), HINT)
        kept = tuple(variant for variant in variants if len(made[variant]) < len(data))
        for variant in kept:
            write_whole(self._output / variant.path.lstrip("/"), made[variant])
        return Ready(raster, kept, complete=len(kept) == len(variants))

    def fault_of(self, source: str) -> Fault | None:
        """What is wrong with the image, if anything is."""
        path = self._content / source
        try:
            raster = look(path)
            if raster.width * raster.height > self._settings.max_pixels:
                return _too_large(raster, self._settings.max_pixels)
            variants, keys = self._plan(source, path.read_bytes(), raster)
            if any(self._cache.get(key) is None for key in keys.values()):
                _decoded(path, raster, variants, self._settings.quality)
        except UnreadableImageError as error:
            return Fault(str(error), HINT)
        return None

    def _plan(
        self, source: str, data: bytes, raster: Raster
    ) -> tuple[Sequence[Variant], Mapping[Variant, str]]:
        """The versions to be made of an image, and the key of each in the cache."""
        digest = hashlib.sha256(data).hexdigest()
        variants = plan(source, digest, raster, self._settings)
        return variants, {
            one: f"{digest} {one.width}x{one.height} {self._recipe}" for one in variants
        }

    def _versions(
        self, path: Path, raster: Raster, keys: Mapping[Variant, str]
    ) -> Mapping[Variant, bytes]:
        """The bytes of all versions in ``keys``, from the cache where it has them."""
        made = {
            one: data for one, key in keys.items() if (data := self._cache.get(key)) is not None
        }
        missing = [one for one in keys if one not in made]
        if missing:
            fresh = _encode(path, raster, missing, self._settings.quality)
            for one, data in fresh.items():
                self._keep(keys[one], data)
            made |= fresh
        return made

    def _keep(self, key: str, data: bytes) -> None:
        try:
            self._cache.put(key, data)
        except OSError as error:
            message = f"nothing can be kept in {self._settings.cache}: {error.strerror or error}"
            hint = "name a folder that can be written to, or make room"
            raise SiteError(
                [Problem("pelicanconf.py", 1, "IMAGES.cache", message, hint)]
            ) from error


def _encode(
    path: Path, raster: Raster, variants: Sequence[Variant], quality: int
) -> dict[Variant, bytes]:
    original = _decoded(path, raster, variants, quality)
    try:
        return {one: original.version(one.width, one.height) for one in variants}
    except UNREADABLE as error:
        raise UnreadableImageError("is damaged") from error


def _decoded(path: Path, raster: Raster, variants: Sequence[Variant], quality: int) -> Original:
    try:
        return Original(path, raster.orientation, max(one.width for one in variants), quality)
    except UNREADABLE as error:
        raise UnreadableImageError("is damaged") from error


def _too_large(raster: Raster, most: int) -> Fault:
    size = f"{raster.width} by {raster.height} pixels"
    limit = f"more than the {most // 1_000_000} million that are safe to open"
    return Fault(f"is {size}, {limit}", "make it smaller: 2000 pixels are wide enough for a page")
