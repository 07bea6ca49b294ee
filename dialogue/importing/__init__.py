"""Replies from elsewhere: exports of Isso, Disqus and WordPress."""
