"""The measurements behind what we claim about speed: ``make bench``."""
