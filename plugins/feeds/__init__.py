"""Feeds: RSS, Atom and JSON Feed, their identity and their history."""
