"""Whether every word of a text arrives in its page: source and HTML compared, whoever converted.

The check knows Markdown's syntax only as far as syntax is not text. It never parses twice: both
sides become words and signs, and what the source has more often than the page is missing.
"""
