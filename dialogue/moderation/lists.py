"""The lists that moderators look at: replies by state, post and words, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from dialogue.replies import rows
from dialogue.replies.model import State, Stored
from dialogue.replies.tables import replies

STATES = (State.HELD, State.APPROVED, State.REJECTED, State.SPAM)
PER_PAGE = 30
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """What to list: replies in ``state``, of the post ``target``, with ``words``; empty is all."""

    state: State = State.HELD
    target: str = ""
    words: str = ""
    page: int = 1

    @property
    def query(self) -> str:
        """The query of the page's address that shows this."""
        given = {"show": self.state.value, "post": self.target, "q": self.words}
        shown = {name: value for name, value in given.items() if value}
        return urlencode(shown | ({"page": str(self.page)} if self.page > 1 else {}))

    def on(self, page: int) -> Choice:
        """The same on another page."""
        return replace(self, page=page)

    def showing(self, state: State) -> Choice:
        """The same in another state, from its first page."""
        return replace(self, state=state, page=1)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list: its replies, newest first, how many there are, and what they answer."""

    choice: Choice
    found: tuple[Stored, ...]
    total: int
    parents: Mapping[str, Stored]

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // PER_PAGE))


def choice_of(query: Mapping[str, str]) -> Choice:
    """What the query of an address asks for; what it asks wrongly is left out."""
    states = {state.value: state for state in STATES}
    page = query.get("page", "")
    return Choice(
        states.get(query.get("show", ""), State.HELD),
        query.get("post", "")[:_LONGEST],
        query.get("q", "").strip()[:_LONGEST],
        int(page) if page.isascii() and page.isdigit() and 0 < len(page) < 6 and int(page) else 1,
    )


def listed(connection: Connection, choice: Choice) -> Listed:
    """The page that ``choice`` asks for; beyond the last one, that."""
    count = select(func.count()).select_from(replies).where(*_conditions(choice))
    total = int(connection.execute(count).scalar_one())
    last = max(1, -(-total // PER_PAGE))
    choice = choice.on(min(choice.page, last))
    query = _ordered(choice).limit(PER_PAGE).offset((choice.page - 1) * PER_PAGE)
    found = tuple(map(rows.stored, connection.execute(query).mappings()))
    return Listed(choice, found, total, _parents(connection, found))


def everything(connection: Connection, choice: Choice) -> tuple[Stored, ...]:
    """All that ``choice`` asks for, on whichever page."""
    return tuple(map(rows.stored, connection.execute(_ordered(choice)).mappings()))


def counts(connection: Connection) -> dict[State, int]:
    """How many replies are in each state that is listed."""
    query = select(replies.c.state, func.count().label("number")).group_by(replies.c.state)
    found = {row.state: row.number for row in connection.execute(query)}
    return {state: found.get(state.value, 0) for state in STATES}


def _ordered(choice: Choice) -> Select[tuple[object, ...]]:
    query = select(replies).where(*_conditions(choice))
    return query.order_by(replies.c.created.desc(), replies.c.id.desc())


def _conditions(choice: Choice) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [replies.c.state == choice.state.value]
    if choice.target:
        conditions.append(replies.c.target == choice.target)
    if choice.words:
        columns = (replies.c.text, replies.c.author, replies.c.email, replies.c.url)
        conditions.append(or_(*(_contains(column, choice.words) for column in columns)))
    return conditions


def _contains(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    return func.lower(column).contains(words.lower(), autoescape=True)


def _parents(connection: Connection, found: tuple[Stored, ...]) -> dict[str, Stored]:
    wanted = {reply.parent for reply in found if reply.parent}
    query = select(replies).where(replies.c.id.in_(wanted))
    return {row["id"]: rows.stored(row) for row in connection.execute(query).mappings()}
