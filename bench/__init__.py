"""Measurements beside other software: `make bench` runs them, docs/bench.md shows them."""
