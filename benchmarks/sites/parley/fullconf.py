"""The benchmark's blog with the kit's own theme, and all that the kit makes by itself."""

from pelicanconf import *  # noqa: F403

SITENAME = "Bench Blog"
SITEURL = "https://bench.example.org"
TIMEZONE = "UTC"
