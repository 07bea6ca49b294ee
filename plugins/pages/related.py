"""Related posts: which posts are about the same as this one, by TF-IDF over topics and words.

Each published post becomes a short vector of its most telling terms: tags, category, and the words
of title and text. What many posts say tells little, so words are weighed by how few posts have them
and the commonest count for nothing; that takes the place of lists of stop words, in any language.
Likeness is the cosine of two vectors (Salton and Buckley, 1988, doi:10.1016/0306-4573(88)90021-0).
An inverted index that keeps the best posts of each term makes the work grow with the number of
posts, not with its square. The same posts give the same answer: no chance, no clock.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain, pairwise
from math import log, sqrt

from plugins.catalogue.catalogue import Entry, newest_first
from plugins.markup.summaries import plain_text

SHOWN = 3
# The terms that stand for a post, and the posts kept for each term and compared in full.
TERMS = 30
CHAMPIONS = 30
COMPARED = 12
# A word in more than this share of posts is a word of the language or of the house.
COMMON = 1 / 3
# How often a word of the title, a tag or the category counts, against once for a word of the text.
TITLE, TAG, CATEGORY = 3, 4, 2
# Less likeness than this is chance; half of it is enough for posts with a tag in common.
LEAST = 0.12

# Words of three letters and more, by their first eight: most inflections of a word are then one.
_WORD = re.compile(r"([^\W\d_]{3,8})[^\W\d_]*")
# Chinese characters and kana, which are written without spaces, are taken in pairs.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)

Vector = Mapping[str, float]
# For each term, places of posts with the weight of the term there, negative: heaviest first.
Postings = Mapping[str, Sequence[tuple[float, int]]]


def relate(entries: Iterable[Entry]) -> Mapping[str, tuple[Entry, ...]]:
    """The related posts of each of ``entries``, most like it first, by the source of the post.

    Only published posts are offered, in the language of the post; what is hidden or not yet public
    has related posts and is nobody's. Other parts of a series are left out: their links stand on the
    page already. Posts that are equally like it come newest first, then by source.
    """
    by_lang: dict[str, list[Entry]] = defaultdict(list)
    for entry in newest_first(entries):
        by_lang[entry.post.lang].append(entry)
    return {
        entry.post.source: found for group in by_lang.values() for entry, found in _related(group)
    }


def _related(entries: Sequence[Entry]) -> Iterator[tuple[Entry, tuple[Entry, ...]]]:
    """``entries`` are of one language, newest first, so that a lower place breaks a tie."""
    places = {entry.post.source: place for place, entry in enumerate(entries)}
    counts = [_terms(entry) for entry in entries]
    public = [place for place, entry in enumerate(entries) if entry.post.status == "published"]
    rarity = _rarity([counts[place] for place in public])
    vectors = [_vector(one, rarity) for one in counts]
    champions = _champions(vectors, public)
    for place, entry in enumerate(entries):
        shown = {place, *(places.get(source, place) for source in _same_series(entry))}
        ranked = _ranked(vectors[place], shown, vectors, champions)
        yield entry, tuple(entries[other] for other in ranked[:SHOWN])


def _terms(entry: Entry) -> Counter[str]:
    """How often each term occurs. Tags and the category begin with a mark that no word has."""
    post = entry.post
    terms = _words(plain_text(_CODE.sub(" ", entry.html)))
    for word, times in _words(post.title).items():
        terms[word] += TITLE * times
    terms.update({f"#{tag.slug}": TAG for tag in post.tags})
    if post.category:
        terms[f"/{post.category.slug}"] = CATEGORY
    return terms


def _words(text: str) -> Counter[str]:
    folded = text.casefold()
    terms = Counter(_WORD.findall(folded))
    for run in () if folded.isascii() else _UNSPACED.findall(folded):
        terms.update(first + second for first, second in pairwise(run))
    return terms


def _rarity(counts: Sequence[Counter[str]]) -> Vector:
    """The weight of each term that two posts have and not too many; topics are never too common."""
    posts = Counter(chain.from_iterable(counts))
    total, most = len(counts), len(counts) * COMMON
    return {
        term: log(1 + total / having)
        for term, having in posts.items()
        if having > 1 and (having <= most or term[0] in "#/")
    }


def _vector(counts: Counter[str], rarity: Vector) -> Vector:
    """The most telling terms of a post, their weights scaled to a length of one."""
    weighed = [
        (-rarity[term] if times == 1 else -(1 + log(times)) * rarity[term], term)
        for term, times in counts.items()
        if term in rarity
    ]
    best = sorted(weighed)[:TERMS]
    length = sqrt(sum(weight * weight for weight, _ in best))
    return {term: -weight / length for weight, term in best}


def _champions(vectors: Sequence[Vector], public: Iterable[int]) -> Postings:
    """For each term the posts it says most about, heaviest first; the newer of two as heavy."""
    postings: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for place in public:
        for term, weight in vectors[place].items():
            postings[term].append((-weight, place))
    return {term: nsmallest(CHAMPIONS, having) for term, having in postings.items()}


def _ranked(
    own: Vector, shown: Iterable[int], vectors: Sequence[Vector], champions: Postings
) -> list[int]:
    """The places of the posts most like ``own`` but those ``shown``: found, then compared in full."""
    found: dict[int, float] = defaultdict(float)
    for term, weight in own.items():
        for negative, other in champions.get(term, ()):
            found[other] += weight * negative
    for place in shown:
        found.pop(place, None)
    likely = sorted(sorted(found), key=found.__getitem__)[:COMPARED]
    ranked = sorted((-_cosine(own, vectors[other]), other) for other in likely)
    tags = [term for term in own if term.startswith("#")]
    return [other for negative, other in ranked if -negative >= _least(tags, vectors[other])]


def _least(tags: Iterable[str], other: Vector) -> float:
    return LEAST / 2 if any(tag in other for tag in tags) else LEAST


def _cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length one; rounded, so that equal ones compare as equal."""
    return round(sum(weight * other[term] for term, weight in one.items() if term in other), 9)


def _same_series(entry: Entry) -> frozenset[str]:
    """The sources of the posts that the series of this one links on its page."""
    place = entry.place
    if place is None:
        return frozenset()
    parts = place.series.parts if place.series else ()
    pointed = (signpost.part for signpost in place.signposts)
    return frozenset(part.post.source for part in (*parts, *pointed) if part.post)
