"""HTML of old sites, written as Markdown; what that cannot say stays as HTML."""
