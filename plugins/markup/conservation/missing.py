"""Where words that a page has not stand in its source, as problems: one for each place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plugins.errors import Problem
from plugins.markup.conservation.signs import spans, stream, tokens
from plugins.markup.conservation.written import Written

LOST = "text-lost"
DOUBLED = "text-doubled"
# Of a text that is lost from one place on, the first lines are looked at closely.
_MOST_LINES = 500
_MOST_PLACES = 20
_LONGEST = 60
# So few words may well be what a converter adds.
_FEW = 2
_HINTS = (
    (
        re.compile(r"[ \t>]*+(?:!!!|\?\?\?\+?)[ \t]*+[\w-]++[ \t]++[^ \t\"]"),
        'put the title into quotes: !!! note "A title"',
    ),
    (re.compile(r"[ \t>]*+:::"), "write the kind of the box in small letters, then its title"),
    (
        re.compile(r"[^|]*+\|[^|]*+\|"),
        "give the row as many cells as the first row has; \\| shows a | in a cell",
    ),
    (
        re.compile(r"[ \t>]*+\*?\[[^\]]*+\]:"),
        "write \\[ to show it; the line is read as a definition",
    ),
    (re.compile(r".*<[a-zA-Z!?/]"), "write &lt; for a < that begins no HTML tag, or use backticks"),
)
_HINT_IN_HTML = "close the HTML elements around it, each at its own level"
_HINT = "write a \\ before the marks beside it that are text, or a space between marks"


@dataclass(frozen=True, slots=True)
class Place:
    """The file that a text is from, and the line where it begins."""

    path: str
    first_line: int


@dataclass(frozen=True, slots=True)
class _Loss:
    """What one line has lost: its number from 0, how many words, and the first of them."""

    line: int
    words: int
    sample: str


def differences(
    source: Written, page: str, text: str, at: Place, added: Sequence[str], *, signs: bool
) -> Iterator[Problem]:
    """A problem for each place of ``text`` whose words are not in ``page``, or twice.

    Words are counted: each has to be in the page as often as in the ``source``, in whatever order.
    ``added`` are words that the converter writes of its own. Without ``signs`` only words count.
    """
    path, first_line = at.path, at.first_line
    said, seen = map(Counter, map(tokens, _unequal(source.text, page)))
    lost = said - seen
    if not signs:
        lost = Counter({word: count for word, count in lost.items() if word.isalnum()})
    if lost:
        losses = list(_losses(source.text, lost, stream(page)))
        places = list(_places(losses, source.text.split("\n")))
        yield from _problems(places, text.split("\n"), first_line, path)
    if extra := seen - said:
        yield from _doubled(extra, source, first_line, path, added)


def _unequal(written: str, page: str) -> tuple[str, str]:
    """Both texts without the lines that are in both, which are most and need no closer look."""
    said, seen = _lines(written), _lines(page)
    left = Counter(key for key, _ in seen)
    only_written = [line for key, line in said if not _taken(left, key)]
    return "\n".join(only_written), "\n".join(line for key, line in seen if _taken(left, key))


def _lines(text: str) -> list[tuple[bytes, str]]:
    """The lines of ``text``, each behind what is compared of it."""
    lines = text.split("\n")
    return list(zip(map(stream, lines), lines, strict=True))


def _taken(left: Counter[bytes], key: bytes) -> bool:
    """Whether one of ``key`` was left; then it is one less."""
    if left[key] <= 0:
        return False
    left[key] -= 1
    return True


def _problems(
    places: Sequence[Sequence[_Loss]], lines: Sequence[str], first_line: int, path: str
) -> Iterator[Problem]:
    """One problem for each place, as long as there are not too many."""
    for place in places[:_MOST_PLACES]:
        number = place[0].line
        hint = _hint(lines, number)
        yield Problem(path, first_line + number, "body", _message(place), hint, LOST)
    if len(places) > _MOST_PLACES:
        line = first_line + places[_MOST_PLACES][0].line
        message = f"words are missing in {len(places) - _MOST_PLACES} more places from here on"
        yield Problem(path, line, "body", message, "correct those above first", LOST)


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
    for place in gone[1:]:
        if place != last + 1:
            break
        last = place
    is_sign = not words[first][0].isalnum()
    if is_sign and first and not line[words[first - 1][2] : words[first][1]].strip("*_~`"):
        first -= 1
    said = line[words[first][1] : words[last][2]]
    if is_sign:
        said = re.sub(r"[*_~`]", "", said)
    return _short(said)


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


def _doubled(
    extra: Counter[str], source: Written, first_line: int, path: str, added: Sequence[str]
) -> Iterator[Problem]:
    """A problem for the first line whose words are all in the page once more than in the source."""
    over = Counter(word.casefold() for word in extra.elements() if _is_word(word))
    if over.total() <= _FEW:
        return  # such as the numbers of notes: no need to look at what is free
    over.subtract(word.casefold() for part in (source.free, *added) for word in tokens(part))
    if sum(count for count in over.values() if count > 0) <= _FEW:
        return
    for number, line in enumerate(source.text.split("\n")):
        words = [word.casefold() for word in tokens(line) if _is_word(word)]
        if len(words) > _FEW and all(over[word] > 0 for word in words):
            message = f'"{_short(line.strip())}" is in the page more often than in the text'
            hint = "write it another way, without HTML around it, and report the fault"
            yield Problem(path, first_line + number, "body", message, hint, DOUBLED)
            return


def _is_word(token: str) -> bool:
    return len(token) > 1 and not token.isdigit()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3].rstrip()}..."
