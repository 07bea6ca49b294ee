"""What is different in production: the address, where the host that builds says so."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403  # in everything else it is the same site

SITEURL = os.environ.get("SITEURL") or SITEURL  # noqa: F405  # pelicanconf's
