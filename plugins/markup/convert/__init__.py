"""Markdown to HTML: a CommonMark parser's events, with the dialects of other tools around it."""
