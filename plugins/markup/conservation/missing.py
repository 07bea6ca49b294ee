"""Where words that a page has not stand in its source, as problems: one for each place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from plugins.errors import Problem
from plugins.markup.conservation.signs import spans, stream, tokens

RULE = "text-lost"
# Of a text that is lost from one place on, the first lines are looked at closely.
_MOST_LINES = 500
_MOST_PLACES = 20
_LONGEST = 60
_ROW = re.compile(r"[ \t>]*\|.*\||.*\|.*\|")
_DEFINITION = re.compile(r"[ \t>]*\*?\[[^\]]*\]:")
_HINTS = (
    (_ROW, "give the row as many cells as the first row has; \\| shows a | in a cell"),
    (_DEFINITION, "write \\[ to show it; the line is read as a definition"),
    (re.compile(r".*<[a-zA-Z!?/]"), "write &lt; for a < that begins no HTML tag, or use backticks"),
)
_HINT_IN_HTML = "close the HTML elements around it, each at its own level"
_HINT = "write a \\ before the marks beside it that are text, or a space between marks"


@dataclass(frozen=True, slots=True)
class _Loss:
    """What one line has lost: its number from 0, how many words, and the first of them."""

    line: int
    words: int
    sample: str


def missing(
    written: str, shown: str, text: str, first_line: int, path: str
) -> Iterator[Problem]:
    """A problem for each place of ``text`` where ``written``, its words, are not in ``shown``.

    Words are counted: each has to be in the page as often as in the source, in whatever order.
    """
    lost = Counter(tokens(written)) - Counter(tokens(shown))
    if not lost:
        return
    places = list(_places(list(_losses(written, lost, stream(shown))), written.split("\n")))
    lines = text.split("\n")
    for place in places[:_MOST_PLACES]:
        first = place[0]
        hint = _hint(lines, first.line)
        yield Problem(path, first_line + first.line, "body", _message(place), hint, RULE)
    if len(places) > _MOST_PLACES:
        line = first_line + places[_MOST_PLACES][0].line
        message = f"words are missing in {len(places) - _MOST_PLACES} more places from here on"
        yield Problem(path, line, "body", message, "correct those above first", RULE)


def _losses(written: str, lost: Counter[str], page: bytes) -> Iterator[_Loss]:
    """The lines that have lost words: first those that are not in the page as a whole."""
    found: dict[int, _Loss] = {}
    whole: Counter[bytes] = Counter()
    arrived: list[tuple[int, str]] = []
    looks = 0
    for number, line in enumerate(written.split("\n")):
        if not any(word in lost for word in tokens(line)):
            continue
        looks += 1
        said = stream(line)
        if looks <= _MOST_LINES and page.count(said) > whole[said]:
            whole[said] += 1
            arrived.append((number, line))
        elif loss := _take(number, line, lost):
            found[number] = loss
    # What is left has been said twice, and once in the page, or is part of other words there.
    for number, line in arrived:
        if loss := _take(number, line, lost):
            found[number] = loss
    yield from (found[number] for number in sorted(found))


def _take(number: int, line: str, lost: Counter[str]) -> _Loss | None:
    """What of ``lost`` is in ``line``; it is then no longer lost elsewhere."""
    words = spans(line)
    gone = []
    for place, (word, _, _) in enumerate(words):
        if lost[word] > 0:
            lost[word] -= 1
            gone.append(place)
    return _Loss(number, len(gone), _sample(line, words, gone)) if gone else None


def _sample(line: str, words: Sequence[tuple[str, int, int]], gone: Sequence[int]) -> str:
    """The first words that are gone, as they stand in ``line``; a sign with the word before it."""
    first = last = gone[0]
    while last + 1 in gone:
        last += 1
    is_sign = not words[first][0].isalnum()
    if is_sign and first and not line[words[first - 1][2] : words[first][1]].strip("*_~`"):
        first -= 1
    said = line[words[first][1] : words[last][2]]
    if is_sign:
        said = re.sub(r"[*_~`]", "", said)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 3].rstrip()}..."


def _places(losses: Sequence[_Loss], lines: Sequence[str]) -> Iterator[list[_Loss]]:
    """The losses, those of neighbouring lines together; lines without words divide nothing."""
    place: list[_Loss] = []
    for loss in losses:
        between = lines[place[-1].line + 1 : loss.line] if place else ()
        if place and any(map(tokens, between)):
            yield place
            place = []
        place.append(loss)
    if place:
        yield place


def _message(place: Sequence[_Loss]) -> str:
    sample = place[0].sample
    more = sum(loss.words for loss in place) - max(len(tokens(sample.removesuffix("..."))), 1)
    if more <= 0:
        return f'"{sample}" is in the text but not in the page'
    words = "1 more word" if more == 1 else f"{more} more words"
    return f'"{sample}" and {words} are in the text but not in the page'


def _hint(lines: Sequence[str], number: int) -> str:
    for form, hint in _HINTS:
        if form.match(lines[number]):
            return hint
    return _HINT_IN_HTML if any("markdown=" in line for line in lines[: number + 1]) else _HINT


def doubled(
    written: str, shown: str, free: str, added: Sequence[str], first_line: int, path: str
) -> Iterator[Problem]:
    """A problem for the first line whose words are all in the page once more than in the source.

    ``free`` is what may be in the page besides, ``added`` what the converter writes of its own.
    """
    extra = Counter(word.casefold() for word in tokens(shown))
    extra.subtract(word.casefold() for part in (written, free, *added) for word in tokens(part))
    if not any(_is_word(word, count) for word, count in extra.items()):
        return
    for number, line in enumerate(written.split("\n")):
        words = [word.casefold() for word in tokens(line) if len(word) > 1]
        if len(words) > 2 and all(_is_word(word, extra[word]) for word in words):
            message = f'"{line.strip()[:_LONGEST]}" is in the page more often than in the text'
            hint = "write it another way, without HTML around it, and report the fault"
            yield Problem(path, first_line + number, "body", message, hint, "text-doubled")
            return


def _is_word(word: str, count: int) -> bool:
    return count > 0 and not word.isdigit()
