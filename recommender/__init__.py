"""Recommend research directions from a college's policy bulletin."""

__version__ = "0.1.0"
