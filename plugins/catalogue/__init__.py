"""The catalogue: the whole site as one frozen value, and the facts about it."""
