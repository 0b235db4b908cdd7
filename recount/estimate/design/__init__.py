"""Estimates with the error of a sample that was drawn by strata and clusters, or that carries replicate weights."""
