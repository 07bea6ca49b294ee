"""Signed texts that we hand out and recognise again: links in mail, forms on their second page.

Each purpose has a salt of its own, so what was signed for one is worth nothing for another. A token
carries the id it is about and what else has to hold; the reader says which id it expects.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from itsdangerous import BadData, BadTimeSignature, SignatureExpired, URLSafeTimedSerializer


class Purpose(Enum):
    """What a token is good for; the value is its salt."""

    PREVIEW = "parley.preview"
    RECEIPT = "parley.receipt"
    VERIFY = "parley.verify"
    WORK = "parley.work"
    CONTACT = "parley.contact"
    MODERATE = "parley.moderate"
    SESSION = "parley.session"
    DEVICE = "parley.device"
    DEVICE_LINK = "parley.device-link"
    UNSUBSCRIBE = "parley.unsubscribe"
    EXPORT = "parley.export"


class TokenError(Exception):
    """The text is no token of ours, or not for this; nothing in it may be believed."""


class ExpiredTokenError(TokenError):
    """It was one, but too long ago."""


@dataclass(frozen=True, slots=True)
class Token:
    """What was signed: the id it is about, what else has to hold, and when it was signed (UTC)."""

    id: str
    facts: Mapping[str, Any] = field(hash=False)
    signed: datetime


@dataclass(frozen=True, slots=True)
class Tokens:
    """Signs and reads tokens with one secret."""

    secret: str = field(repr=False)

    def sign(self, purpose: Purpose, about: str, **facts: Any) -> str:
        """A token about the id ``about``; ``facts`` are JSON values and can be read by anybody."""
        return self._serializer(purpose).dumps([about, facts])

    def read(
        self, purpose: Purpose, token: str, *, about: str | None = None, seconds: int | None = None
    ) -> Token:
        """What ``token`` says, if it was signed for ``purpose``, is about ``about`` and not older.

        Raises ExpiredTokenError, or TokenError for everything else that is wrong with it.
        """
        try:
            found, signed = self._serializer(purpose).loads(token, seconds, return_timestamp=True)
            identity, facts = found
        except SignatureExpired as error:
            raise ExpiredTokenError("this link or form is too old") from error
        except (BadTimeSignature, BadData, TypeError, ValueError) as error:
            raise TokenError("this link or form is not ours, or not complete") from error
        if about is not None and identity != about:
            raise TokenError("this link or form is about something else")
        return Token(identity, facts, signed)

    def key(self, use: str) -> bytes:
        """A key for ``use`` only, derived from the secret."""
        return hashlib.blake2b(use.encode(), key=self.secret.encode()[:64]).digest()

    def _serializer(self, purpose: Purpose) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            self.secret,
            salt=purpose.value,
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )
