"""The build: worker processes, and what they are sent."""
