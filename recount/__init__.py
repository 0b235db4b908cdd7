"""Recount rebuilds a survey paper from its raw responses."""

__version__ = "0.1.0"
