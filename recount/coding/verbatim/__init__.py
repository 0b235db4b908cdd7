"""Answers that may be quoted in the paper: who cleared them, and what is taken out of them first."""
