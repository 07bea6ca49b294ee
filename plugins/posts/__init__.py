"""Posts: fields and text made into the valid, frozen model."""
