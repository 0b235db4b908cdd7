"""Counts in messages to a person at a terminal; the paper's own are written by the formatter."""


def grouped(count: int) -> str:
    """Write a count with its thousands apart: 12,345."""
    return f"{count:,}"


def counted(count: int, noun: str) -> str:
    """Write a count with its regular noun: "1 row", "12,345 rows"."""
    return f"{grouped(count)} {noun}" + ("" if count == 1 else "s")
