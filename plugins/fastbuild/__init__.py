"""The build engine: what has not changed is not made again, and the rest is made in parallel."""
