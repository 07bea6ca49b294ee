"""Work in the background: again and again, and never cut off in the middle."""

from __future__ import annotations

import asyncio
import threading
import time
from datetime import timedelta

import pytest

from dialogue.mail.rounds import rounds


def test_rounds_go_on_until_cancelled_and_the_last_one_ends() -> None:
    """A round that has begun is waited for, and told to hurry."""
    stop, done = threading.Event(), [0]

    def work() -> timedelta:
        if done[0] == 2:
            assert stop.wait(10), "it was not told to stop"
            time.sleep(0.05)
        done[0] += 1
        return timedelta(0)

    async def main() -> None:
        task = asyncio.create_task(rounds(work, stop))
        while done[0] < 2:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert done[0] == 3

    asyncio.run(main())


def test_a_failure_is_not_kept_silent() -> None:
    """It ends the rounds, so that somebody notices."""

    def work() -> timedelta:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        asyncio.run(rounds(work, threading.Event()))
