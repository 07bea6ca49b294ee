"""A site of any size to measure with: the same posts each time, like those that people write.

Seven hundred words a post with headings, links, emphasis, lists and code; ten categories, thirty
tags and ten authors; twelve hours between two posts.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

_WORDS = """
    a about after all also an and answer any are ask at back be because been before brand but by
    call came can channel come could customer day did do down each even every few find first for
    from get give go good great had has have he her here him his home how I if in into is it its
    just know last letter like line list little long look made make market may me message more
    most much must my never new no not now number of old on one only open or other our out over
    own page part people place post question quiet read reader reply right said same say see she
    should show signal small so some still story such take talk tell than that the their them then
    there these they thing think this time to trust turn two under up us use very want was way we
    week well were what when where which while who why will with word work world would write year
    you your
"""
_START = datetime(2012, 1, 2, 9, tzinfo=UTC)


def write_corpus(folder: Path, posts: int) -> None:
    """Write that many posts below ``folder``, one file each."""
    chance = random.Random(20260101)  # noqa: S311 - the same site each time, no secret
    for number in range(posts):
        path = folder / "posts" / f"{number // 1000:03}" / f"post-{number:06}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_post(number, posts, chance), encoding="utf-8")


def _post(number: int, posts: int, chance: random.Random) -> str:
    tags = ", ".join(f"tag {tag}" for tag in chance.sample(range(30), 3))
    head = (
        f"---\ntitle: {_words(6, chance).capitalize()} {number}\nslug: post-{number}\n"
        f"date: {_START + timedelta(hours=12 * number):%Y-%m-%d %H:%M:%S%z}\n"
        f"category: Category {chance.randrange(10)}\ntags: [{tags}]\n"
        f"author: Author {chance.randrange(10)}\n---\n"
    )
    return head + "\n\n".join(_section(posts, chance) for _ in range(5)) + "\n"


def _section(posts: int, chance: random.Random) -> str:
    paragraphs = [f"## {_words(4, chance).capitalize()}"]
    for _ in range(2):
        link = f"[{_words(2, chance)}](/post-{chance.randrange(posts)}/)"
        emphasis = f"*{_words(2, chance)}*"
        paragraphs.append(f"{_words(24, chance)} {link} {_words(22, chance)} {emphasis}.")
    paragraphs.append("\n".join(f"- {_words(8, chance)}" for _ in range(3)))
    if chance.random() < 0.2:
        paragraphs.append("```python\ndef reply(to):\n    return f'Dear {to}'\n```")
    return "\n\n".join(paragraphs)


def _words(number: int, chance: random.Random) -> str:
    return " ".join(chance.choices(_WORDS.split(), k=number))
