"""Tests of the land."""
