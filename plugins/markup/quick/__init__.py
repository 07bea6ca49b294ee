"""Markdown written in the usual way, straight to HTML: what the converter makes, at a tenth."""
