"""The search index: made of all public posts by Pagefind, read by a script on one page."""
