"""Telling other sites that our posts link to them: ``python -m desk mention``."""
