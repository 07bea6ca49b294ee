"""The player of a post whose front matter names a recording: ``audio:`` or ``podcast:``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from plugins.embeds.cards import card
from plugins.embeds.providers import find

FIELDS = ("audio", "podcast")
_ENDINGS = (".aac", ".flac", ".m4a", ".mp3", ".oga", ".ogg", ".opus", ".wav")


@dataclass(frozen=True, slots=True)
class Player:
    """The HTML of a player, the front-matter field that asked for it, and the file it plays.

    ``file`` is the address as written, empty where another site plays.
    """

    html: str
    field: str
    file: str = ""


def player(extra: Mapping[str, Any], lang: str) -> Player | None:
    """The player for the first recording that the fields ``extra`` name; None without one.

    It asks for nothing before a reader plays it. A page of a provider becomes its card.
    """
    return next(filter(None, (_of_field(extra.get(field), field, lang) for field in FIELDS)), None)


def _of_field(named: Any, field: str, lang: str) -> Player | None:
    value = named.get("url") if isinstance(named, Mapping) else named
    address = value.strip() if isinstance(value, str) else ""
    if embed := find(address):
        return Player(f"{card(embed, lang)}\n", field)
    if not address.partition("?")[0].lower().endswith(_ENDINGS):
        return None
    form = Markup('<p class="player-file"><audio controls preload="none" src="{}"></audio></p>\n')
    return Player(str(form.format(address)), field, address)
