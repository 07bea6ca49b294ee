"""What the sample site does not have of its own: posts in other languages, and replies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.thread.examples import reply
from thread import files
from thread.model import Reply, Thread

ANSWERED = "four-numbers-we-stopped-reporting"
_FIRST = datetime(2026, 4, 1, 8, 12, tzinfo=UTC)
_GERMAN = """---
title: Die Rückfrage gehört in die Donaudampfschifffahrtskapitänsversammlung
slug: die-ruckfrage
date: 2026-06-02
lang: de
author: Mara Lindqvist
category: Practice
tags: [trust]
summary: Wer nachfragt, hat zugehört. Über Antworten, die länger sind als die Frage.
---

Wer eine Rückfrage stellt, hat wenigstens bis zum Ende gelesen.
{.lead}

## Die Geschwindigkeitsbeschränkung der Aufmerksamkeit

„Wir melden uns“, steht auf der Seite, und niemand meldet sich. Das Rindfleischetikettierungsüberwachungs\
aufgabenübertragungsgesetz hat mehr Antworten bekommen.

> Eine Antwort ist ein Satz, der ohne den anderen nicht stünde.
{.pull-quote}

!!! warning "Vorsicht vor Zusammenfassungen"
    Sie lassen weg, was gefragt wurde.

| Kanal | Antwortzeit | Zuständigkeitsbereichsbezeichnung |
| --- | ---: | --- |
| Brief | 9 Tage | Poststelle |
| E-Mail | 2 Tage | Kundenkommunikationsabteilung |

{paragraphs}
"""
_ARABIC = """---
title: السؤال الذي يستحق الجواب
slug: a-question-in-arabic
date: 2026-06-09
lang: ar
author: ليلى حداد
summary: من يسأل مرة ثانية فقد قرأ حتى النهاية.
---

من يسأل سؤالا ثانيا فقد قرأ حتى النهاية.
{.lead}

## الإصغاء قبل الكلام

نكتب كثيرا ونصغي قليلا، ومع ذلك ننتظر الجواب. `make publish` تبني الموقع كله.

- رسالة واحدة تكفي.
- وجواب واحد يكفي أيضا.

> الجواب جملة لا تقوم وحدها.
{.pull-quote}

!!! note "ملاحظة"
    الصمت جواب كذلك.

```python
print("سلام")
```

{paragraphs}
"""
_GERMAN_LINE = "Zuhören heißt, die eigene Überzeugung eine Weile hinauszuschieben. " * 7
_ARABIC_LINE = "الإصغاء أن تؤجل رأيك قليلا حتى يكتمل كلام غيرك. " * 9
GUESTS = {
    "deutsch.md": _GERMAN.replace("{paragraphs}", "\n\n".join([_GERMAN_LINE] * 8)),
    "arabic.md": _ARABIC.replace("{paragraphs}", "\n\n".join([_ARABIC_LINE] * 6)),
}


def replies(folder: Path) -> None:
    """Write the thread of the post that was answered, in every way in which one can be."""
    files.write(folder, Thread(ANSWERED, 3, tuple(_thread())))


def _thread() -> list[Reply]:
    return [
        _reply(0, "first", author="Ada Okafor", html=_LONG),
        _reply(5, "second", parent="first", author="Mara Lindqvist", by_author=True, html=_SHORT),
        _reply(6, "third", parent="second", author="ليلى حداد", url="", html="<p>شكرا لك.</p>"),
        _reply(9, "fourth", parent="third", author="x" * 80, html=f"<p>{'long' * 60}</p>"),
        _reply(11, "gone", author="", url="", html="", erased=True),
        _reply(12, "under-gone", parent="gone", author="Jo", note="Shortened.", edited=_FIRST),
        _reply(20, "page", kind="mention", author="Notes", source="https://notes.example/a"),
        *(
            _reply(30 + at, f"like-{at}", kind="like", source=f"https://b.example/{at}", html="")
            for at in range(4)
        ),
        _reply(40, "again", kind="repost", source="https://c.example/1", html=""),
    ]


def _reply(hours: int, name: str, **changes: object) -> Reply:
    return reply(name, **{"date": _FIRST + timedelta(hours=hours), **changes})


_SHORT = "<p>We asked ourselves the same, <em>twice</em>.</p>"
_LONG = (
    "<p>The third number is the one I would have kept.</p>"
    "<blockquote><p>A count of what nobody reads.</p></blockquote>"
    "<p>What did you do with <code>opens_total</code>?</p>"
    "<pre><code>select count(*) from opens where nobody = 'read' and the_line &gt; 'is long'</code></pre>"
    "<ul><li>one</li><li>two</li></ul>"
)
