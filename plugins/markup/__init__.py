"""The body: Markdown and plain text to HTML, and what a text says of itself."""
