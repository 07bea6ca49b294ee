"""Rules, their levels, and the baseline: what a fault in the content does to a build."""
