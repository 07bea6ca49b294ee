"""The benchmark's blog as in plainconf.py, with the kit's own theme."""

from pathlib import Path

from plainconf import *  # noqa: F403

from pelicanconf import THEME as OURS
from plugins.fastbuild.settings import BuildSettings

THEME = OURS
BUILD = BuildSettings(cache=Path(__file__).resolve().parent / ".parley" / "full")
