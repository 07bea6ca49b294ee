"""Language tags."""

from __future__ import annotations

import pytest

from plugins.frontmatter.values import Fault
from plugins.posts.languages import language, same_language


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("EN_gb", "en-GB"),
        ("de_DE.UTF-8", "de-DE"),
        ("sr_RS@latin", "sr-RS"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("ca-ES-valencia", "ca-ES-valencia"),
        ("gsw", "gsw"),
        ("en-x-house", "en-x-house"),
    ],
)
def test_tags(written: str, tag: str) -> None:
    """Tags come out in their usual case, names of locales as tags."""
    assert language(written) == tag


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("English", "write en"),
        ("deutsch", "write de"),
        ("e", "write en, fr or pt-BR"),
        ("en-", "write en, fr or pt-BR"),
        ("en fr", "write en, fr or pt-BR"),
        ("../en", "write en, fr or pt-BR"),
    ],
)
def test_what_is_no_tag_is_refused(written: str, hint: str) -> None:
    """Names of languages get the code they stand for."""
    with pytest.raises(Fault) as raised:
        language(written)
    assert raised.value.hint == hint


def test_variants_are_one_language() -> None:
    """British and American English are both English."""
    assert same_language("en-GB", "en-US")
    assert not same_language("en", "enm")
