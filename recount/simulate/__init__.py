"""Simulated fieldwork: exports made from a declared design."""
