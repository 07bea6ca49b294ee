"""``desk build``: build the site, and tell where the time went and why a page was made."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from desk.errors import DeskError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--content", type=Path, default=Path("content"), metavar="FOLDER")
    parser.add_argument("--output", type=Path, default=Path("output"), metavar="FOLDER")
    parser.add_argument("--settings", type=Path, default=Path("pelicanconf.py"), metavar="FILE")
    told = "say why this page was made or not: its address, its file or its source; repeatable"
    parser.add_argument("--explain", action="append", default=[], metavar="PATH", help=told)
    parser.add_argument("--profile", action="store_true", help="say where the time went")


def run(options: argparse.Namespace) -> int:
    """Build, and say what was asked for after the report."""
    for path in (options.settings, options.content):
        if not path.exists():
            raise DeskError(f"there is no {path}; run this in the folder of the site")
    from pelican.settings import read_settings

    from plugins.engine.site import Parley

    override = {"PATH": str(options.content), "OUTPUT_PATH": str(options.output)}
    site = Parley(read_settings(str(options.settings), override=override))
    site.run()
    for asked in options.explain:
        try:
            print(site.explain(asked))
        except LookupError as error:
            raise DeskError(str(error.args[0])) from error
    if options.profile:
        print(site.profile)
    sys.stdout.flush()
    return 0
