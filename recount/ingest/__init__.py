"""Exports of survey platforms, read into one form: cells as text, none lost."""
