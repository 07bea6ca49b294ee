"""The numbers of the service in Prometheus' text format (version 0.0.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from dialogue.queues import Load
from dialogue.supervision.state import State, Status

MEDIA_TYPE = "text/plain; version=0.0.4"


def text(stores: bool, workers: Iterable[Status], loads: Iterable[Load], now: datetime) -> str:
    """All of them. The names in labels are ours, so nothing in them needs to be escaped."""
    return "".join(_lines(stores, [*workers], [*loads], now))


def age(since: datetime | None, now: datetime) -> float:
    """The seconds since then; 0 where nothing waits."""
    return max(0.0, round((now - since).total_seconds(), 1)) if since else 0.0


def _lines(stores: bool, workers: list[Status], loads: list[Load], now: datetime) -> Iterator[str]:
    yield from _gauge("stores_replies", "Whether a reply can be stored.", "", {"": int(stores)})
    up = {each.name: int(each.state in (State.OK, State.STANDBY)) for each in workers}
    yield from _gauge("worker_up", "Whether the worker does its work.", "worker", up)
    seconds = {each.name: each.seconds for each in workers}
    said = "Seconds since the worker finished a round."
    yield from _gauge("worker_seconds_since_round", said, "worker", seconds)
    failures = {each.name: each.failures for each in workers}
    yield from _gauge("worker_failures_in_a_row", "Rounds failed since.", "worker", failures)
    waiting = {each.queue: each.waiting for each in loads}
    yield from _gauge("queue_waiting", "Jobs that could be done now.", "queue", waiting)
    oldest = {each.queue: age(each.oldest, now) for each in loads}
    yield from _gauge("queue_oldest_seconds", "Age of the oldest of them.", "queue", oldest)
    aside = {each.queue: each.set_aside for each in loads}
    yield from _gauge("queue_set_aside", "Jobs set aside for a moderator.", "queue", aside)


def _gauge(
    name: str, about: str, label: str, values: dict[str, int] | dict[str, float]
) -> Iterator[str]:
    yield f"# HELP parley_{name} {about}\n# TYPE parley_{name} gauge\n"
    for key, value in values.items():
        labels = f'{{{label}="{key}"}}' if label else ""
        yield f"parley_{name}{labels} {value}\n"
