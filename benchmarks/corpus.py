"""A blog of any size to measure with, in the dialect of each program that builds it.

Post ``n`` depends on ``n`` alone, so a smaller blog is the beginning of a larger one, and its text
is the same byte for byte in every dialect: seven hundred words with headings, links, emphasis,
lists, a table, a quotation, an image and code. Twelve categories, twenty authors, two hundred tags,
a post every six hours; a quarter of the posts are parts of series, a third was first published
elsewhere.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from PIL import Image

from benchmarks.words import AUTHORS, CATEGORIES, RARE, TAGS, WEIGHTS, WORDS

Dialect = Literal["parley", "hugo", "eleventy", "pelican"]
IMAGES = 50

_SEED = 42
_START = datetime(2019, 1, 1, 8, tzinfo=UTC)
# So many posts, six hours from one to the next, are seven years.
_LAP = 10_000
_FOLDERS: dict[Dialect, str] = {
    "parley": "content/posts",
    "hugo": "content/posts",
    "eleventy": "posts",
    "pelican": "content",
}
_CODE = '''def {name}(items, limit={limit}):
    """Return the {one} items with a {two} score above the limit."""
    result = []
    for index, item in enumerate(items):
        score = item.get("{two}", 0) * {weight} + index  # weight the {three}
        if score > limit and not item["{one}"]:
            result.append((score, f"<{three}:" + str(item["id"]) + ">"))
    return sorted(result, reverse=True)[:{limit}]


if __name__ == "__main__":
    print({name}([{{"id": 1, "{two}": 0.5, "{one}": None}}]))
'''


@dataclass(frozen=True, slots=True)
class Post:
    """One post of the corpus; ``series`` and ``original`` are empty where it has none."""

    title: str
    slug: str
    date: datetime
    author: str
    category: str
    tags: tuple[str, ...]
    series: str
    part: int
    original: str
    description: str
    body: str


def write_corpus(folder: Path, posts: int, dialect: Dialect = "parley") -> None:
    """Write the first ``posts`` posts for a site in ``folder``, one file each; for us the images, too."""
    source_of(folder, 0, dialect).parent.mkdir(parents=True, exist_ok=True)
    for number in range(posts):
        post = make_post(number)
        source_of(folder, number, dialect).write_text(_source(post, dialect), encoding="utf-8")
    if dialect == "parley":
        _write_images(folder / "content" / "images")


def source_of(folder: Path, number: int, dialect: Dialect = "parley") -> Path:
    """The file of a post."""
    return folder / _FOLDERS[dialect] / f"{_title(_chance(number), number)[1]}.md"


def edit(folder: Path, number: int, mark: str, dialect: Dialect = "parley") -> None:
    """Append a sentence with ``mark`` to a post, as its writer would."""
    with source_of(folder, number, dialect).open("a", encoding="utf-8") as file:
        file.write(f"\nOne appended sentence says {mark} to the reader.\n")


def make_post(number: int) -> Post:
    """The post of that number."""
    chance = _chance(number)
    title, slug = _title(chance, number)
    in_series = (number // 5) % 4 == 0
    return Post(
        title=title,
        slug=slug,
        date=_date(number),
        author=chance.choice(AUTHORS),
        category=chance.choice(CATEGORIES),
        tags=tuple(sorted(chance.sample(TAGS, 3))),
        series=f"Series {number // 20 + 1}" if in_series else "",
        part=number % 5 + 1,
        original="" if number % 3 else f"https://origin.example.org/{slug}",
        description=f"{_words(chance, 18).capitalize()}.",
        body=_body(chance, number),
    )


def _date(number: int) -> datetime:
    """Six hours after the one before; from the ten thousandth on between those, never in the future."""
    laps, place = divmod(number, _LAP)
    return _START + timedelta(hours=6 * place, minutes=laps)


def _chance(number: int) -> random.Random:
    return random.Random(_SEED * 1_000_003 + number)  # noqa: S311 - the same blog each time, no secret


def _title(chance: random.Random, number: int) -> tuple[str, str]:
    words = " ".join(chance.sample(RARE, 6)).capitalize().replace("'", "")
    return f"{words}: no {number}", f"{words.lower().replace(' ', '-')}-no-{number}"


def _body(chance: random.Random, number: int) -> str:
    def text() -> str:
        emphasis = chance.choice(("strong", "em"))
        last = chance.choice(("", "code"))
        styles = ("link", emphasis, last, "")
        return " ".join(_sentence(chance, chance.randrange(9, 17), style) for style in styles)

    items = (
        f"- {_sentence(chance, chance.randrange(6, 11), chance.choice(('', 'link', 'strong', 'code')))}"
        for _ in range(5)
    )
    quote = (f"> {_sentence(chance, chance.randrange(9, 14), '')}" for _ in range(2))
    blocks = (
        text(),
        f'![{_words(chance, 4)}](/images/photo-{number % IMAGES:02}.jpg "{_words(chance, 3)}")',
        *(_heading(chance, 2), text(), text()),
        *(_heading(chance, 3), text(), "\n".join(items)),
        *(_heading(chance, 2), text(), _code(chance), text()),
        *(_heading(chance, 3), "\n".join(quote), text()),
        *(_heading(chance, 2), text(), _table(chance), text()),
        *(_heading(chance, 2), text()),
    )
    return "\n\n".join(blocks) + "\n"


def _words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, cum_weights=WEIGHTS, k=count))


def _heading(chance: random.Random, level: int) -> str:
    return f"{'#' * level} {_words(chance, chance.randrange(3, 7)).capitalize()}"


def _sentence(chance: random.Random, length: int, style: str) -> str:
    words = _words(chance, length).capitalize().split()
    place = chance.randrange(1, length - 2)
    word, plain = words[place], words[place].replace("'", "")
    if style == "link":
        address = f"https://www.example.com/{plain}/{chance.randrange(999)}"
        words[place : place + 2] = [f"[{word} {words[place + 1]}]({address})"]
    elif style:
        words[place] = {"strong": f"**{word}**", "em": f"*{word}*", "code": f"`{plain}()`"}[style]
    if length > 9:
        words[length // 2 - 1] += ","
    return f"{' '.join(words)}."


def _code(chance: random.Random) -> str:
    one, two, three, four = (word.replace("'", "") for word in chance.sample(RARE, 4))
    code = _CODE.format(
        name=f"{one}_{four}",
        one=one,
        two=two,
        three=three,
        limit=chance.randrange(3, 99),
        weight=chance.randrange(2, 9),
    )
    return f"```python\n{code}```"


def _table(chance: random.Random) -> str:
    rows = ["| Metric | Before | After | Change |", "|--------|-------:|------:|:-------|"]
    for _ in range(4):
        before, after = chance.randrange(100, 999), chance.randrange(100, 999)
        change = f"{(after - before) / before:+.0%}"
        rows.append(f"| {_words(chance, 2)} | {before} | {after} | {change} |")
    return "\n".join(rows)


def _source(post: Post, dialect: Dialect) -> str:
    lines = _pelican(post) if dialect == "pelican" else ["---", *_yaml(post, dialect), "---"]
    return "\n".join(lines) + "\n\n" + post.body


def _yaml(post: Post, dialect: Dialect) -> list[str]:
    lists = dialect == "hugo"
    lines = [
        f'title: "{post.title}"',
        f"date: {post.date:%Y-%m-%dT%H:%M:%SZ}",
        f"slug: {post.slug}",
        f'authors: ["{post.author}"]' if lists else f'author: "{post.author}"',
        f'categories: ["{post.category}"]' if lists else f'category: "{post.category}"',
        f"tags: [{', '.join(post.tags)}]",
    ]
    if post.series:
        name = f'["{post.series}"]' if lists else f'"{post.series}"'
        lines += [f"series: {name}", f"part: {post.part}"]
    if post.original:
        lines.append(f"canonical_url: {post.original}")
    return [*lines, f'description: "{post.description}"']


def _pelican(post: Post) -> list[str]:
    series = [f"Series: {post.series}", f"Part: {post.part}"] if post.series else []
    return [
        f"Title: {post.title}",
        f"Date: {post.date:%Y-%m-%d %H:%M}",
        f"Slug: {post.slug}",
        f"Author: {post.author}",
        f"Category: {post.category}",
        f"Tags: {', '.join(post.tags)}",
        *series,
        *([f"Canonical_url: {post.original}"] if post.original else []),
        f"Description: {post.description}",
    ]


def _write_images(folder: Path) -> None:
    """Images too small to have smaller versions: the other programs leave theirs alone."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(IMAGES):
        Image.new("RGB", (120, 80), (number * 5, 90, 120)).save(folder / f"photo-{number:02}.jpg")
