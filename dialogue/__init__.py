"""The service that takes replies: ``python -m dialogue``."""
