"""Videos, podcasts and music of other sites as cards that load nothing before a reader clicks."""
