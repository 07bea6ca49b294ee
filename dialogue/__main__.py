"""``python -m dialogue``."""

from __future__ import annotations

import sys

from dialogue.cli import main

sys.exit(main())
