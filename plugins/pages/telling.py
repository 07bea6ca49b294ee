"""What a post is about, in terms: its words and topics, and how often each occurs.

Terms are kept from build to build as a few hundred bytes for each post.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from plugins.catalogue.catalogue import Entry

# How often a word of the title, a tag or the category counts, against once for a word of the text.
TITLE, TAG, CATEGORY = 3, 4, 2
# Tags and the category begin with a mark that no word has.
TAG_MARK, CATEGORY_MARK = "#", "/"

# Words of three letters and more, by their first eight: most inflections of a word are then one.
_WORD = re.compile(r"([^\W\d_]{3,8})[^\W\d_]*")
# The same in text that is nothing but ASCII, in half of the time.
_PLAIN_WORD = re.compile(r"([a-z]{3,8})[a-z]*")
# Chinese characters and kana, which are written without spaces, are taken in pairs.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def terms_of(entry: Entry) -> bytes:
    """The terms of a post as :func:`read` takes them."""
    post = entry.post
    terms = _words(unescape(_TAG.sub("", _CODE.sub(" ", entry.written))))
    for word, times in _words(post.title).items():
        terms[word] += TITLE * times
    terms.update({f"{TAG_MARK}{tag.slug}": TAG for tag in post.tags})
    if post.category:
        terms[f"{CATEGORY_MARK}{post.category.slug}"] = CATEGORY
    return _written(terms)


def read(row: bytes) -> Iterator[tuple[int, list[str]]]:
    """For each number of times, the terms that occur so often."""
    for line in row.decode("utf-8", "surrogatepass").split("\n"):
        times, *terms = line.split("\0")
        yield int(times), terms


def _written(terms: Counter[str]) -> bytes:
    by_times: dict[int, list[str]] = defaultdict(list, {1: []})
    for term, times in terms.items():
        by_times[times].append(term)
    lines = ("\0".join((str(times), *found)) for times, found in by_times.items())
    return "\n".join(lines).encode("utf-8", "surrogatepass")


def _words(text: str) -> Counter[str]:
    folded = text.casefold()
    if folded.isascii():
        return Counter(_PLAIN_WORD.findall(folded))
    terms = Counter(_WORD.findall(folded))
    for run in _UNSPACED.findall(folded):
        terms.update(first + second for first, second in pairwise(run))
    return terms
