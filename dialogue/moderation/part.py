"""Moderation as a part of the service: its pages, and their style."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from dialogue.moderation.entrance import Entrance
from dialogue.moderation.gate import LIST, Gate
from dialogue.moderation.link import Linked
from dialogue.moderation.messages import Messages
from dialogue.moderation.new_device import NewDevice
from dialogue.moderation.replies import Replies
from dialogue.moderation.reply import One
from dialogue.moderation.set_aside import SetAside
from dialogue.part import Part
from dialogue.services import Services
from dialogue.web.asked import Asked

_STYLE = Path(__file__).parent.parent / "static" / "moderation.css"


def _style(_: Asked) -> Response:
    return Response(_STYLE.read_bytes(), 200, {"Cache-Control": "max-age=600"}, "text/css")


def _to_list(_: Asked) -> Response:
    return RedirectResponse(LIST, 308)


def _routes(services: Services) -> Sequence[BaseRoute]:
    gate, entrance, linked = Gate(services), Entrance(services), Linked(services)
    new_device = NewDevice(services)
    replies, one, messages = Replies(services), One(services), Messages(services)
    aside = SetAside(services)
    return [
        gate.open("", _to_list, "GET"),
        gate.open("/style.css", _style, "GET"),
        gate.open("/sign-in", entrance.show, "GET"),
        gate.open("/sign-in", entrance.enter, "POST"),
        gate.open("/sign-in/link", new_device.ask, "POST"),
        gate.open("/device", new_device.show, "GET"),
        gate.open("/device", new_device.remember, "POST"),
        gate.act("/sign-out", entrance.leave),
        gate.open("/link", linked.show, "GET"),
        gate.open("/link", linked.decide, "POST"),
        gate.look("/", replies.show),
        gate.act("/decide", replies.decide),
        gate.act("/undo", replies.undo),
        gate.look("/export.csv", replies.csv),
        gate.look("/export.json", replies.json),
        gate.look("/replies/{reply}", one.show),
        gate.act("/replies/{reply}/edit", one.edit),
        gate.act("/replies/{reply}/answer", one.answer),
        gate.look("/messages", messages.show),
        gate.act("/messages/move", messages.move),
        gate.look("/set-aside", aside.show),
        gate.act("/set-aside", aside.act),
    ]


PART = Part(_routes)
