"""Mermaid diagrams as images, drawn by Mermaid's own command line where it is installed.

The SVG is in the address of an ``<img>``: there it runs no scripts, and its inline styles need no
exception in the Content-Security-Policy.
"""

from __future__ import annotations

import base64
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from markupsafe import escape

from plugins.digests import digest

# Seconds for one diagram; the program starts a browser.
TIMEOUT = 60.0
_INFO = re.compile(r"\s*+(?:\{\s*+)?(?:\.|language-)?mermaid(?![\w+#=-])", re.IGNORECASE)
_FENCE = re.compile(
    rf"^[ \t>*+-]*(?:\d+[.)][ \t]+)?(?:`{{3,}}|~{{3,}}){_INFO.pattern}", re.I | re.M
)
# In the order in which they describe a diagram best (Mermaid, "Accessibility options").
_NAMES = (
    re.compile(r"^[ \t]*accTitle[ \t]*:[ \t]*(\S.*)$", re.MULTILINE),
    re.compile(r"^[ \t]*accDescr[ \t]*(?::[ \t]*(\S.*)$|\{([^}]+)\})", re.MULTILINE),
    re.compile(
        r"^[ \t]*(?:pie[ \t]++(?:showData[ \t]++)?)?title(?:[ \t]*+:[ \t]++|[ \t]++)(\S.*)$",
        re.MULTILINE,
    ),
)
# Where in the program's own code an error arose: of no use to writers.
_FRAME = re.compile(r"\s*at |.*:\d+:\d+\)?$")
_LONGEST = 200


class DiagramError(Exception):
    """A diagram that cannot be drawn: what is wrong, and a ``hint`` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Diagrams:
    """Draws diagrams with the program ``command``; each is drawn once.

    ``word`` describes a diagram that has no title of its own.
    """

    def __init__(self, command: str, word: str, timeout: float = TIMEOUT) -> None:
        self._command = renderer(command)
        self._word = word
        self._timeout = timeout
        self._drawn: dict[str, bytes] = {}

    def html(self, code: str, title: str = "") -> str:
        """The diagram as a ``figure``; empty where no renderer is installed.

        Raises :class:`DiagramError`.
        """
        if not self._command:
            return ""
        if code not in self._drawn:
            self._drawn[code] = _draw(self._command, code, self._timeout)
        data = base64.b64encode(self._drawn[code]).decode()
        name = escape(name_of(code) or title or self._word)
        caption = f"<figcaption>{escape(title)}</figcaption>" if title else ""
        image = f'<img alt="{name}" src="data:image/svg+xml;base64,{data}">'
        return f'<figure class="diagram">{image}{caption}</figure>'


def is_diagram(info: str) -> bool:
    """Whether the info line of a fence says that the code is Mermaid's."""
    return bool(_INFO.match(info))


def first_line_of(text: str) -> int:
    """The line, from 1, where ``text`` has its first diagram; 1 where none is found."""
    found = _FENCE.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def name_of(code: str) -> str:
    """How a diagram describes itself; empty if it does not."""
    for pattern in _NAMES:
        if found := pattern.search(code):
            return " ".join((found[1] or found[found.re.groups]).split()).strip("\"'")
    return ""


def renderer(command: str) -> tuple[str, ...]:
    """The program of ``command`` with its path, and its arguments; empty if it is not installed."""
    program, *arguments = shlex.split(command) or [""]
    path = shutil.which(program) if program else None
    return (path, *arguments) if path else ()


def _draw(command: tuple[str, ...], code: str, timeout: float) -> bytes:
    program = Path(command[0]).stem
    with tempfile.TemporaryDirectory(prefix="parley-") as name:
        source, image, log = (Path(name, one) for one in ("in.mmd", "out.svg", "log"))
        source.write_text(f"{code}\n", encoding="utf-8")
        # By itself the program takes a random id, and each build would be another.
        own = ("--input", source, "--output", image, "--svgId", f"diagram-{digest(code)[:12]}")
        failed = _run((*command, *map(str, own)), log, timeout)
        if not failed and image.is_file() and b"<svg" in (data := image.read_bytes()):
            return data
        said = failed or _last_line(log) or "it writes no SVG"
    hint = "correct the diagram, or take out the word mermaid after ``` to show it as code"
    raise DiagramError(f"{program} cannot draw this diagram: {said}", hint)


def _run(command: tuple[str, ...], log: Path, timeout: float) -> str:
    """Run ``command``; what went wrong, empty if nothing did or ``log`` says it."""
    # Into a file, as the browser that the program starts may hold a pipe open after its end.
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(  # noqa: S603 - the site's own settings name it
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            return f"{error.strerror or error}"
        try:
            code = process.wait(timeout)
        except subprocess.TimeoutExpired:
            return f"it takes longer than {timeout:g} seconds"
        finally:
            if process.poll() is None:
                _kill(process)
    return (_last_line(log) or f"it ends with exit code {code}") if code else ""


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the program, and the browser that it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    said = [line.strip() for line in lines if line.strip() and not _FRAME.match(line)]
    return said[-1][:_LONGEST] if said else ""
