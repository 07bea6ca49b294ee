"""Publishing as a part of the service: the publisher, the hook, and what builders elsewhere get."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute

from dialogue.part import Part
from dialogue.publishing.export import Export
from dialogue.publishing.making import hook_of
from dialogue.publishing.publisher import Publishing
from dialogue.services import Services
from dialogue.supervision.worker import Worker
from dialogue.web.asked import route


def _routes(services: Services) -> Sequence[BaseRoute]:
    return [route("/export", services.settings, Export(services).answer, "GET")]


def _workers(services: Services) -> Sequence[Worker]:
    publisher = services.store.publisher
    if not isinstance(publisher, Publishing):
        return ()
    return (publisher.worker(), hook_of(services.settings).worker())


PART = Part(_routes, _workers)
