"""Ways to write to the site in private: our own form, somebody else's, mail, and none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote, urlsplit

from thread.model import Site
from thread.views import ContactView
from thread.ways.checks import email_fault, origin, server_fault
from thread.ways.way import Csp, Faults


@dataclass(frozen=True, slots=True)
class ContactForm:
    """The form of the dialogue service, which keeps the message first and mails it second."""

    name: ClassVar[str] = "built-in"

    def faults(self) -> Faults:
        """Nothing can be wrong."""
        return ()

    def csp(self) -> Csp:
        """Nothing: the service is on the site itself."""
        return ()

    def contact(self, target: str, site: Site) -> ContactView | None:
        """The form of our service."""
        return ContactView(f"{site.service}contact", "", target, "", "")


@dataclass(frozen=True, slots=True)
class FormEndpoint:
    """A service that takes forms at the https URL ``endpoint``, such as Formspree.

    ``privacy`` is the URL of what it says about privacy.
    """

    endpoint: str
    privacy: str = ""
    name: ClassVar[str] = "endpoint"

    def faults(self) -> Faults:
        """Both must be https URLs."""
        yield from server_fault("endpoint", self.endpoint)
        if self.privacy:
            yield from server_fault("privacy", self.privacy)

    def csp(self) -> Csp:
        """Forms may be sent to the service."""
        return (("form-action", origin(self.endpoint)),)

    def contact(self, target: str, site: Site) -> ContactView | None:  # noqa: ARG002 - of all ways
        """The form, which says whom it is sent to."""
        host = urlsplit(self.endpoint).hostname or ""
        return ContactView(self.endpoint, "", target, host, self.privacy)


@dataclass(frozen=True, slots=True)
class Mailto:
    """A link that opens the reader's own mail program. ``address`` stands on the page for all."""

    address: str
    name: ClassVar[str] = "mailto"

    def faults(self) -> Faults:
        """The address must be one."""
        return email_fault("address", self.address)

    def csp(self) -> Csp:
        """Nothing is loaded or sent."""
        return ()

    def contact(self, target: str, site: Site) -> ContactView | None:
        """The link, with a subject that says what the message is about."""
        about = f"{site.name}: {target}" if target else site.name
        link = f"mailto:{quote(self.address, safe='@')}?subject={quote(about, safe='')}"
        return ContactView("", link, target, "", "")


@dataclass(frozen=True, slots=True)
class NoContact:
    """No way to write."""

    name: ClassVar[str] = "none"

    def faults(self) -> Faults:
        """Nothing can be wrong."""
        return ()

    def csp(self) -> Csp:
        """Nothing is loaded or sent."""
        return ()

    def contact(self, target: str, site: Site) -> ContactView | None:  # noqa: ARG002 - of all ways
        """Nothing."""
        return None
