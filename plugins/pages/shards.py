"""The parts of the search index: an edit has the part of its post made again, and no other.

Which part a post is in is decided by a hash of its source. Each part scores what it finds by its own
statistics, which a hash keeps alike; parts by year or topic would distort them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from hashlib import blake2b

from plugins.catalogue.catalogue import Catalogue, Entry

# Posts in a part, at most, and parts, at most: a browser reads two small files of each.
POSTS = 500
MOST = 32


def search_shards(catalogue: Catalogue) -> Mapping[str, tuple[Entry, ...]]:
    """The posts of each part, by the folder of the part below that of the search engine.

    The posts are those that are public and listed, translations among them. The first part is in
    the folder of the engine itself, whose path is empty; a small site has no other.
    """
    found = [entry for entry in catalogue.entries if entry.post.status == "published"]
    count = shard_count(len(found))
    shards: dict[int, list[Entry]] = defaultdict(list)
    for entry in found:
        shards[_shard_of(entry.post.source, count)].append(entry)
    numbers = sorted(shards)
    return {
        f"{number}/" if number != numbers[0] else "": tuple(shards[number]) for number in numbers
    }


def shard_count(posts: int) -> int:
    """The number of parts for so many posts: a power of two, so that growing moves half of them."""
    return min(MOST, 1 << max(0, (posts - 1) // POSTS).bit_length())


def _shard_of(source: str, count: int) -> int:
    hashed = blake2b(source.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(hashed, "big") % count
