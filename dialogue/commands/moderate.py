"""``python -m dialogue moderate``: what waits for a decision, on a terminal."""

from __future__ import annotations

import argparse
import getpass
import sys

from dialogue.errors import DialogueError
from dialogue.mail.letter import shown
from dialogue.moderation import lists, password
from dialogue.moderation.decisions import Decisions
from dialogue.moderation.lists import Choice
from dialogue.publishing.now import publish_now
from dialogue.ready import ready
from dialogue.replies.model import State, Stored
from dialogue.services import Services, services
from dialogue.settings import Settings

_VERBS = {"approve": State.APPROVED, "reject": State.REJECTED, "spam": State.SPAM}
_LONGEST = 300


def options(parser: argparse.ArgumentParser) -> None:
    """What to list, or what to decide about which replies."""
    parser.add_argument("--hash", action="store_true", help="make a password for the page")
    states = [state.value for state in lists.STATES]
    parser.add_argument("--show", choices=states, default="held", help="default: held")
    parser.add_argument("verb", nargs="?", choices=list(_VERBS), help="what to decide")
    parser.add_argument("ids", nargs="*", metavar="ID", help="about which replies")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """List, decide, or print the hash of a password that is typed in."""
    if options.hash:
        print(f"DIALOGUE_MODERATOR_PASSWORD_HASH='{_hash()}'")
        return 0
    if options.verb and not options.ids:
        raise DialogueError(f"{options.verb} what? Give the ids that `moderate` lists")
    made = services(settings)
    try:
        ready(settings, made.database)
        if options.verb:
            return _decide(made, _VERBS[options.verb], options.ids)
        return _list(made, State(options.show))
    finally:
        made.database.close()


def _hash() -> str:
    if not sys.stdin.isatty():
        return _hashed(sys.stdin.readline().rstrip("\n"))
    first = getpass.getpass("Password for the moderation page: ")
    if getpass.getpass("Once more: ") != first:
        raise DialogueError("these were two different passwords; try again")
    return _hashed(first)


def _hashed(typed: str) -> str:
    try:
        return password.hashed(typed)
    except ValueError as error:
        raise DialogueError(f"{error}; several words make a good one") from error


def _list(made: Services, state: State) -> int:
    found = made.database.read(lambda at: lists.everything(at, Choice(state)))
    for reply in reversed(found):
        print(_line(reply))
    print(f"{len(found)} {state.value}", file=sys.stderr)
    return 0


def _line(reply: Stored) -> str:
    """One reply in two lines; nothing that was typed can steer the terminal."""
    why = f" [{', '.join(reply.reasons)}]" if reply.reasons else ""
    said = shown(reply.text)
    cut = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
    when = f"{reply.created:%Y-%m-%d %H:%M}"
    return f"{reply.id}  {when}  {shown(reply.author)} on {shown(reply.target)}{why}\n    {cut}"


def _decide(made: Services, state: State, ids: list[str]) -> int:
    missing = [each for each in ids if made.store.find(each) is None]
    if missing:
        raise DialogueError(f"there is no reply {', '.join(missing)}; nothing was decided")
    done = Decisions(made.store, made.database).decide(ids, state, "terminal")
    publish_now(made)
    print(f"{done.count} {state.value}")
    return 0
