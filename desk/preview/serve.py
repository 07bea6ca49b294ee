"""``desk serve``: one process that builds, serves, watches, and goes when it is told to."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from desk.errors import DeskError
from desk.job import Job
from desk.preview.app import preview
from desk.preview.board import Board
from desk.preview.builder import Builder
from desk.preview.listen import listen, url
from desk.preview.rebuild import keep_built, say
from desk.preview.talk import moderating, talk, talking
from desk.preview.watch import Watcher
from thread.site_folder import KIT

_CODE = ("plugins", "thread", "wording", "theme")
_GRACE = 1
"""Seconds that an answer on its way may take after the server was told to stop."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to serve and where. Paths are absolute; port 0 lets the system choose one."""

    settings: Path
    content: Path
    output: Path
    bind: str
    port: int

    @property
    def root(self) -> Path:
        """The site's folder: where its settings, theme and plugins are."""
        return self.settings.parent


def serve(plan: Plan) -> int:
    """Serve the preview until Ctrl-C or SIGTERM; raises DeskError where that cannot be."""
    _make_private(plan.output)
    with listen(plan.bind, plan.port) as listener:
        try:
            asyncio.run(_serve(plan, listener))
        except ExceptionGroup as errors:
            raise _plain(errors) from errors
    return 0


async def _serve(plan: Plan, listener: socket.socket) -> None:
    board, stop = Board(), asyncio.Event()
    address = url(listener)
    service = talking(talk(plan.root, plan.output, address), board)
    app = preview(plan.output, board, plan.bind, service, address)
    job = Job(str(plan.settings), str(plan.content), str(plan.output))
    own = [place / name for place in {plan.root, KIT} for name in _CODE]
    watched = [plan.content, *filter(Path.is_dir, own)]
    watcher = Watcher(plan.root, watched, [plan.output])
    server = _Server(_config(app))
    with _on_signals(stop):
        async with _living(service), Builder(job) as builder, asyncio.TaskGroup() as tasks:
            tasks.create_task(server.serve([listener]))
            # The watcher first: it is in place before the build begins to read.
            work = [tasks.create_task(watcher.run())]
            work += [tasks.create_task(keep_built(builder, watcher, board, plan.root))]
            say(f"Parley is at {address} (Ctrl-C stops)")
            say(moderating(plan.root, address))
            await stop.wait()
            board.close()
            server.should_exit = True
            for task in work:
                task.cancel()


class _Server(uvicorn.Server):
    """Uvicorn without its signal handlers: the desk has more to end than the server."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _living(service: Starlette) -> AbstractAsyncContextManager[object]:
    """The time in which the service has its database and works in the background."""
    return service.router.lifespan_context(service)


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE,
    )


@contextlib.contextmanager
def _on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Have Ctrl-C and SIGTERM set ``stop``; on leaving, what they did before."""
    loop = asyncio.get_running_loop()

    def handle(_number: int, _frame: object) -> None:
        loop.call_soon_threadsafe(stop.set)

    before = {each: signal.signal(each, handle) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _make_private(output: Path) -> None:
    """Make the folder above the preview, and have git ignore it when it is ours."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        if output.parent.name == ".parley":
            (output.parent / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise DeskError(f"cannot build into {output}: {error.strerror}") from error


def _plain(errors: ExceptionGroup[Exception]) -> Exception:
    """The one error to tell a person, out of those of tasks that ran together."""
    told, _ = errors.split(DeskError)
    first: Exception = told or errors
    while told and isinstance(first, ExceptionGroup):
        first = first.exceptions[0]
    return first
