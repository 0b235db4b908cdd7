"""Markdown of a form: tables whose cells no text can end, and code that no text can leave."""

from recount.write.markdown import escaped, plain


def prose(text: str) -> str:
    """Write text on one line so that it can be neither markup nor the end of a cell."""
    return escaped(text)


def code(text: str) -> str:
    """Write a path, key or name as code; one with a character that ends code or a cell is written as prose."""
    line = plain(text)
    return prose(line) if not line or "`" in line or "|" in line else f"`{line}`"
