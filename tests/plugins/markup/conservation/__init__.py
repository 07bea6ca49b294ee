"""Tests of the check that every word arrives."""
