"""How readers answer and write: our own service, somebody else's, or none."""
