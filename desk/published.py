"""What the commands take that tell others of a site after it was published."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_published(parser: argparse.ArgumentParser, state: str) -> None:
    """Declare where the site is, what it was before, and ``state``, the file of what was told."""
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("output"),
        metavar="FOLDER",
        help="the site as it was published just now; default: output",
    )
    parser.add_argument(
        "--against",
        type=Path,
        metavar="FOLDER",
        help="the site as it was published before; without it, what was told last time counts",
    )
    parser.add_argument(
        "--state",
        type=Path,
        default=Path(state),
        metavar="FILE",
        help=f"where to remember what was told; default: {state}",
    )
