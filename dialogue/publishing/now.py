"""Publishing from the terminal: at once where no service runs, else by the service that does."""

from __future__ import annotations

from dialogue.publishing.publisher import Publishing
from dialogue.services import Services
from dialogue.supervision.leader import leader_of


def publish_now(services: Services) -> None:
    """Publish all that waits, unless a running service leads: it finds it within a second."""
    publisher = services.store.publisher
    if not isinstance(publisher, Publishing):
        return
    leader = leader_of(services.database)
    try:
        if leader.leads():
            publisher.catch_up()
    finally:
        leader.resign()
