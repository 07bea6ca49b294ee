"""The short names of emoji (``:smile:``), as GitHub and chat programs have them."""

from __future__ import annotations

import re
from collections.abc import Callable

_NAME = re.compile(":[a-z0-9_+-]{1,60}:")
# Digits alone are a time of day; what is part of a word or an address is no name.
_WHOLE = re.compile(r"(?<![\w:/])(:(?=[0-9_]*[a-z+-])[a-z0-9_+-]{1,60}:)(?![\w/])")


def short_names(text: str) -> Callable[[str], str] | None:
    """What replaces the known names; None where ``text`` has nothing like it."""
    if not _NAME.search(text) or not _WHOLE.search(text):
        return None
    # Thousands of names: read by those alone who use some.
    from emoji import emojize

    def replace(said: str) -> str:
        return _WHOLE.sub(lambda found: emojize(found[0], language="alias"), said)

    return replace
