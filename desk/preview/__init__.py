"""The preview: builds into a folder of its own, serves it, and keeps open pages current."""
