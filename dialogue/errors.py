"""What can go wrong with the service itself, for whoever runs it to read."""

from __future__ import annotations

from collections.abc import Iterable


class DialogueError(Exception):
    """Something the operator can put right; the message says what is wrong and what to do."""


class SettingsError(DialogueError):
    """Settings are missing, misspelt or cannot work; ``problems`` has one line for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class UnknownReplyError(DialogueError):
    """There is no reply of that id, or no longer."""

    def __init__(self, reply: str) -> None:
        self.reply = reply
        super().__init__(f"there is no reply {reply}")


class OutOfBoundsError(DialogueError):
    """A text or a value from outside is beyond what is kept; ``field`` says which it is."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(f"{field}: {message}")
