"""The short names of emoji (``:smile:``), as GitHub and chat programs have them."""

from __future__ import annotations

import re
from collections.abc import Callable

# Digits alone are a time of day; what is part of a word or an address is no name. The colon comes
# before what may not stand in front of it, so that nothing but colons is looked at.
_NAME = re.compile(r":(?<![\w:/]:)(?=[0-9_]*[a-z+-])[a-z0-9_+-]{1,60}:(?![\w/])")


def short_names(text: str) -> Callable[[str], str] | None:
    """What replaces the known names; None where ``text`` has nothing like it."""
    if not _NAME.search(text):
        return None
    # Thousands of names: read by those alone who use some.
    from emoji import emojize

    def replace(said: str) -> str:
        return _NAME.sub(lambda found: emojize(found[0], language="alias"), said)

    return replace
