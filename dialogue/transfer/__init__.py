"""Everything that is kept, from one database to another: by a file, or directly."""
