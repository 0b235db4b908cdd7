"""Statistics of every variable, with base, interval and disclosure control."""
