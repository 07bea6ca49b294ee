"""``python -m dialogue import``: replies from Isso, Disqus or WordPress."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from dialogue.errors import DialogueError
from dialogue.importing import disqus, isso, wordpress
from dialogue.importing.bring import bring
from dialogue.importing.found import Found
from dialogue.migrate import migrate
from dialogue.publishing.publisher import Publishing
from dialogue.services import Unpublished, services
from dialogue.settings import Settings

_READERS: Mapping[str, Callable[[Path], Iterator[Found]]] = MappingProxyType(
    {"isso": isso.read, "disqus": disqus.read, "wordpress": wordpress.read}
)


def options(parser: argparse.ArgumentParser) -> None:
    """From what, and the file."""
    parser.add_argument("system", choices=_READERS, help="what the file is from")
    parser.add_argument("file", type=Path, help="Isso's database, or the XML that was exported")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Import, say what became of it, and publish; doing it again adds what is new."""
    given = services(settings)
    try:
        migrate(given.database)
        try:
            found = list(_READERS[options.system](options.file))
        except OSError as error:
            raise DialogueError(f"{options.file} cannot be read: {error.strerror}") from error
        quiet = replace(given.store, publisher=Unpublished())
        brought = bring(quiet, given.targets.all(), found, options.system)
        publisher = given.store.publisher
        if isinstance(publisher, Publishing):
            publisher.catch_up()
    finally:
        given.database.close()
    print(f"{brought.fresh} imported, {brought.known} were there already")
    for place, count in sorted(brought.lost.items()):
        print(f"{place or '(no address)'}: no such post, {count} left out; give it as an alias")
    return 0
