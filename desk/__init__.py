"""The writer's command line: ``python -m desk``."""
