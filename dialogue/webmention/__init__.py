"""Webmentions: taken from other sites, and sent to them (https://www.w3.org/TR/webmention/)."""
