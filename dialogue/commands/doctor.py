"""``python -m dialogue doctor``: look at everything that the service leans on."""

from __future__ import annotations

import argparse

from dialogue.checks import findings
from dialogue.settings import Settings


def options(_: argparse.ArgumentParser) -> None:
    """Nothing: all of it is in the settings."""


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Print a line for each check; 1 if one of them failed."""
    well = True
    for finding in findings(settings):
        well = well and finding.well
        print(f"{'ok' if finding.well else 'NOT OK':<7}{finding.about}: {finding.said}", flush=True)
    return 0 if well else 1
