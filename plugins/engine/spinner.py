"""Pelican's sign of life on the terminal, which stands in the way of worker processes.

``pelican`` draws "Generating..." from a thread of its own (``rich.live``) for as long as it runs. A
process with two threads cannot be copied safely: the copy could wait forever for a lock that the
other thread held at that moment. We have a progress bar, so the spinner can go.
"""

from __future__ import annotations

import threading


def stop_spinner() -> None:
    """Stop whatever is drawn again and again in this process, and wait until its thread is gone."""
    # Pelican has loaded it by then, if it draws anything; a build that nobody looks at need not.
    from rich.live import Live

    for thread in threading.enumerate():
        live = getattr(thread, "live", None)
        if isinstance(live, Live):
            live.stop()
            thread.join()
