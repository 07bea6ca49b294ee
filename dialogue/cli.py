"""The commands of the service: what they are called, and how errors are said."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn, Protocol, cast

from dialogue import settings
from dialogue.errors import DialogueError
from dialogue.settings import Settings
from thread import site_folder

# Each command is a module of its own, imported when it runs, and what it is for.
COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "serve": ("dialogue.commands.serve", "answer readers until told to stop"),
        "export": (
            "dialogue.commands.export",
            "write approved replies for the build, or everything to one file",
        ),
        "import": (
            "dialogue.commands.bring",
            "bring replies from Isso, Disqus or WordPress, or everything from another Parley",
        ),
        "migrate": (
            "dialogue.commands.migrate",
            "bring the database to the newest schema, or to another",
        ),
        "drop-missing": (
            "dialogue.commands.drop_missing",
            "give up published replies that the database does not have",
        ),
        "erase": ("dialogue.commands.erase", "show what is kept about a person, and erase it"),
        "doctor": (
            "dialogue.commands.doctor",
            "look at database, disk, mail and the site's address",
        ),
        "moderate": (
            "dialogue.commands.moderate",
            "list what waits, decide about it, or make the moderators' password",
        ),
    }
)


class Command(Protocol):
    """What the module of a command offers."""

    def options(self, parser: argparse.ArgumentParser) -> None:
        """Add what the command takes."""

    def run(self, options: argparse.Namespace, settings: Settings) -> int:
        """Do it; return the exit status. Raises DialogueError."""


def main(arguments: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Run one command; return its exit status: 0 done, 1 not done. Not understood exits with 2."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    parser = _Parser(
        prog="python -m dialogue",
        description="Replies and messages for the blog. Settings are in the environment: "
        "docs/dialogue.md lists them.",
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for name, (module, about) in COMMANDS.items():
        added = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        if words[:1] == [name]:
            cast("Command", import_module(module)).options(added)
    if not words:
        parser.print_help()
        return 2
    return _run(parser.parse_args(words), environ)


def _run(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    command = cast("Command", import_module(COMMANDS[options.command][0]))
    try:
        return command.run(options, settings.read(_of_site(environ)))
    except DialogueError as error:
        for line in str(error).splitlines():
            print(f"dialogue: {line}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _of_site(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment, in the folder of the site, where that is not this one."""
    if not environ.get("SITE"):
        return environ
    try:
        site_folder.enter(environ)
    except OSError as error:
        raise DialogueError(
            f"SITE: {error.filename}: {error.strerror}; name a site's folder"
        ) from error
    return {"DIALOGUE_TEMPLATES": str(site_folder.templates_of(Path.cwd())), **environ}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where help is."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"dialogue: {message}; see {self.prog} --help\n")
