"""The translators' commands: ``python -m wording extract | check | new LANGUAGE``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from wording import extraction
from wording.catalogues import LOCALE

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None, root: Path = ROOT, locale: Path = LOCALE) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m wording", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser(
        "extract", help="bring every catalogue up to the text in code and templates"
    )
    commands.add_parser("check", help="say what is missing, unused or wrong in the catalogues")
    commands.add_parser("new", help="start a language").add_argument(
        "language", help="such as pt-BR"
    )
    asked = parser.parse_args(arguments)
    if asked.command == "new":
        return _begin(root, locale, asked.language)
    if asked.command == "extract":
        extraction.refresh(root, locale)
    found = list(extraction.faults(root, locale))
    print("\n".join(found) or "Every catalogue is complete.")
    return 1 if found else 0


def _begin(root: Path, locale: Path, tag: str) -> int:
    from babel import UnknownLocaleError  # only translators need it

    try:
        path = extraction.begin(root, locale, tag)
    except FileExistsError as error:
        print(f"{tag}: {error} is there already; translate what is empty in it", file=sys.stderr)
    except (UnknownLocaleError, ValueError):
        print(
            f"{tag}: this is no language we know; write a tag such as fr or pt-BR", file=sys.stderr
        )
    else:
        print(f"Translate the messages in {path}, then run: python -m wording check")
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
