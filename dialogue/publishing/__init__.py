"""What was approved, to where readers see it: files for the build, finished pages, a hook."""
