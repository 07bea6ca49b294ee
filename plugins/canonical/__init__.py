"""The canonical policy: one decision behind every place that names an address."""
