"""Open pages learn what they need, and only that, from the state they are sent."""

from __future__ import annotations

import asyncio
import json

from desk.job import Finding, Outcome
from desk.preview.board import Board, State
from tests.waiting import PATIENCE

GOOD = Outcome(ok=True, summary="1 published")
BAD = Outcome(ok=False, problems=(Finding("a.md", 2, "date", "bad", "fix", "a.md:2: ..."),))


def states(*builds: tuple[Outcome, bool]) -> State:
    """The state after these builds, each with whether only style sheets had changed."""
    state = State("boot")
    for outcome, styles_only in builds:
        state = state.after(outcome, styles_only=styles_only)
    return state


def test_the_first_good_build_is_a_new_page_whatever_changed() -> None:
    """Nothing was shown before it, so there are no style sheets to swap."""
    assert states((GOOD, True)).pages == 1


def test_style_sheets_alone_leave_the_pages_as_they_are() -> None:
    """The revision counts on and the revision of the pages stays behind."""
    state = states((GOOD, False), (GOOD, True))
    assert (state.revision, state.pages) == (2, 1)


def test_a_failed_build_changes_no_revision() -> None:
    """It is counted apart, each anew, so that open pages fetch the new problems."""
    state = states((GOOD, False), (BAD, False), (BAD, False))
    assert (state.revision, state.pages, state.failure) == (1, 1, 2)
    assert state.problems == BAD.problems


def test_a_good_build_clears_the_problems() -> None:
    """After it there is no failure and nothing of it left."""
    state = states((GOOD, False), (BAD, False), (GOOD, False))
    assert (state.revision, state.failure, state.problems) == (2, 0, ())


def test_the_site_stays_where_its_last_good_build_put_it() -> None:
    """Settings that moved it count only once a build with them is in place."""
    moved = Outcome(ok=False, base="/new", problems=BAD.problems)
    before = states((Outcome(ok=True, base="/old"), False))
    assert before.after(moved, styles_only=False).base == "/old"


def test_a_page_is_sent_no_more_than_numbers() -> None:
    """The JSON for open pages holds no problem texts: those are fetched as escaped HTML."""
    assert json.loads(states((BAD, False)).to_json()) == {
        "boot": "boot",
        "revision": 0,
        "pages": 0,
        "failure": 1,
    }


def test_followers_get_the_state_at_once_and_each_change_and_are_let_go() -> None:
    """Two followers, one joining late, both see the last state, and closing ends both."""

    async def follow() -> tuple[list[int], list[int]]:
        board = Board()

        async def collect() -> list[int]:
            return [state.revision async for state in board.follow()]

        early = asyncio.create_task(collect())
        await asyncio.sleep(0.02)
        board.post(board.state.after(GOOD, styles_only=False))
        late = asyncio.create_task(collect())
        await asyncio.sleep(0.02)
        board.post(board.state.after(GOOD, styles_only=False))
        await asyncio.sleep(0.02)
        board.close()
        async with asyncio.timeout(PATIENCE):
            return await early, await late

    assert asyncio.run(follow()) == ([0, 1, 2], [1, 2])


def test_whoever_waits_for_the_first_build_is_let_go_when_there_will_be_none() -> None:
    """Closing ends the wait too: a request must not keep the server from stopping."""

    async def wait() -> State:
        board = Board()
        waiting = asyncio.create_task(board.ready())
        await asyncio.sleep(0)
        assert not waiting.done()
        board.close()
        return await asyncio.wait_for(waiting, PATIENCE)

    assert asyncio.run(wait()).revision == 0
