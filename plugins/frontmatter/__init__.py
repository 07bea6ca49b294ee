"""Front matter: every dialect read into one set of fields."""
