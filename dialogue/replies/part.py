"""Replies as a part of the service: their routes."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute

from dialogue.part import Part
from dialogue.replies.forms import Forms
from dialogue.replies.receipts import Receipts
from dialogue.services import Services
from dialogue.web.asked import route


def _routes(services: Services) -> Sequence[BaseRoute]:
    forms, receipts, settings = Forms(services), Receipts(services), services.settings
    return [
        route("/replies", settings, forms.preview, "POST"),
        route("/replies/confirm", settings, forms.confirm, "POST"),
        route("/replies/new", settings, forms.new, "GET"),
        route("/replies/{token}", settings, receipts.show, "GET"),
        route("/replies/{token}/edit", settings, receipts.edit, "POST"),
        route("/replies/{token}/erase", settings, receipts.erase, "POST"),
        route("/replies/{token}/export", settings, receipts.export, "GET"),
    ]


PART = Part(_routes)
