"""The build: from a content folder to the output, all or nothing."""
