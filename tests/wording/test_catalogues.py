"""Every text readers see is in every catalogue, whole and with the same variables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from wording.__main__ import main
from wording.catalogues import LOCALE, file_for, files
from wording.extraction import begin, extract, faults, refresh

TEMPLATE = """\
<h1>{{ _("Hello %(name)s", name=page.name) }}</h1>
{% trans count=page.count %}<b>{{ count }}</b> post{% pluralize %}<b>{{ count }}</b> posts{% endtrans %}
"""
CODE = 'def f(words: object) -> str:\n    return words.pgettext("month", "May")\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a template and a module that have text, and a German catalogue."""
    for name, text in (("theme/templates/a.html", TEMPLATE), ("plugins/a.py", CODE)):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    begin(tmp_path, tmp_path / "locale", "de")
    return tmp_path


def translate(root: Path, *pairs: tuple[str, str]) -> list[str]:
    """Replace text in the German catalogue; returns what is then wrong with it."""
    path = file_for("de", root / "locale")
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return list(faults(root, root / "locale"))


HELLO = ('msgid "Hello %(name)s"\nmsgstr ""', 'msgid "Hello %(name)s"\nmsgstr "Hallo %(name)s"')
MAY = ('msgid "May"\nmsgstr ""', 'msgid "May"\nmsgstr "Mai"')
ONE = ('msgstr[0] ""', 'msgstr[0] "<b>%(count)s</b> Beitrag"')
MANY = ('msgstr[1] ""', 'msgstr[1] "<b>%(count)s</b> Beiträge"')
WHOLE = (HELLO, MAY, ONE, MANY)


def test_our_catalogues_are_complete() -> None:
    """Every message of the theme and the code is translated, none is there for nothing."""
    assert "de" in files(LOCALE)
    assert list(faults(ROOT, LOCALE)) == []


def test_text_is_found_in_templates_and_code() -> None:
    """The extraction sees calls, blocks and methods; what our own pages say is among it."""
    found = {message.id for message in extract(ROOT)}
    assert ("%(minutes)s min read", "%(minutes)s min read") in found


def test_a_complete_catalogue_has_no_faults(root: Path) -> None:
    """With every form of every message there is nothing to tell."""
    assert translate(root, *WHOLE) == []


@pytest.mark.parametrize(
    ("replace", "told"),
    [
        (("Hallo %(name)s", ""), "'Hello %(name)s' has no translation"),
        (("Hallo %(name)s", "Hallo"), "has other variables in 'Hallo'"),
        (("Hallo %(name)s", "Hallo %(nam)s"), "has other variables"),
        (("<b>%(count)s</b> Beiträge", "%(count)s Beiträge"), "has other elements"),
        (("<b>%(count)s</b> Beiträge", ""), "has no translation"),
        (('msgid "May"', 'msgid "June"'), "'May' is not in it"),
        (('msgid "May"', 'msgid "June"'), "'June' is used nowhere"),
        (('msgctxt "month"\n', ""), "'May' is used nowhere"),
        (('msgctxt "month"\n', '#, fuzzy\nmsgctxt "month"\n'), "is marked as fuzzy"),
    ],
)
def test_what_is_wrong_is_told(root: Path, replace: tuple[str, str], told: str) -> None:
    """A missing text, other variables or elements, an unused entry: each is named."""
    assert any(told in line for line in translate(root, *WHOLE, replace))


def test_refreshing_keeps_what_is_there(root: Path) -> None:
    """New messages come in empty, old ones go, translations stay; twice is the same as once."""
    translate(root, *WHOLE)
    path = file_for("de", root / "locale")
    (root / "plugins" / "a.py").write_text('x = _("New")\n', encoding="utf-8")
    refresh(root, root / "locale")
    once = path.read_text(encoding="utf-8")
    assert "Hallo %(name)s" in once
    assert "Mai" not in once
    assert list(faults(root, root / "locale")) == [
        "de/LC_MESSAGES/parley.po: de: 'New' has no translation"
    ]
    refresh(root, root / "locale")
    assert path.read_text(encoding="utf-8") == once


def test_the_commands(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A language is begun once; check fails until it is complete and says what lacks."""
    locale = root / "locale"
    assert main(["new", "pt-BR"], root, locale) == 0
    assert (locale / "pt_BR" / "LC_MESSAGES" / "parley.po").is_file()
    assert main(["new", "pt-BR"], root, locale) == 1
    assert main(["new", "nonsense"], root, locale) == 1
    assert "nonsense: this is no language we know" in capsys.readouterr().err
    assert main(["extract"], root, locale) == 1
    assert "'Hello %(name)s' has no translation" in capsys.readouterr().out
    (locale / "pt_BR" / "LC_MESSAGES" / "parley.po").unlink()
    translate(root, *WHOLE)
    assert main(["check"], root, locale) == 0
    assert capsys.readouterr().out == "Every catalogue is complete.\n"
