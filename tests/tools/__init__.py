"""Tests of what makes the shipped data."""
