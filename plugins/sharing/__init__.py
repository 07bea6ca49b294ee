"""Pictures for those who share a page: made of its title where it has none of its own."""
