"""One address for the service and the site it belongs to, where no web server is in front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from dialogue.app import MOUNT, create_app
from dialogue.hosting.site import Site
from dialogue.settings import Settings
from dialogue.web.guards import Headers
from dialogue.web.security import Kind


@dataclass(frozen=True, slots=True)
class Beside:
    """Sends what is below ``/dialogue`` to the service, everything else to the site."""

    service: ASGIApp
    site: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; starting and stopping is the service's."""
        own = scope["type"] != "http" or f"{scope['path']}/".startswith(f"{MOUNT}/")
        await (self.service if own else self.site)(scope, receive, send)


def application(settings: Settings, died: Callable[[], None] | None = None) -> ASGIApp:
    """The service, and the built site with it where the settings say so. Raises DialogueError.

    ``died`` is called when the service's work in the background cannot go on.
    """
    service = create_app(settings, died=died)
    if not settings.serve_site:
        return service
    base = unquote(urlsplit(settings.site_url).path).rstrip("/")
    return Beside(service, Headers(Site(settings.output, base), Kind.SITE))
