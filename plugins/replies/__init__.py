"""Replies in the page: who may answer which post, what was answered, and the form to do it."""
