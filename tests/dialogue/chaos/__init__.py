"""The whole service under load while everything around it fails at random."""
