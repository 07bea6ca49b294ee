"""The one way to other people's servers: guarded, bounded in time and size."""
