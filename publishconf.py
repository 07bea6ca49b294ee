"""What is different in production: the address, where the host that builds says so."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403  # in everything else it is the same site
from plugins.engine import twinning

SITEURL = os.environ.get("SITEURL") or SITEURL  # noqa: F405  # pelicanconf's
# Servers send the compressed twins of text files as they are (docs/hosting.md).
PLUGINS = [*PLUGINS, twinning]  # noqa: F405  # pelicanconf's
