"""Strangers' text on a terminal: nothing in it may move the cursor, colour the screen or turn the line around."""

import unicodedata

PICTURES = 0x2400  # the block of Unicode with a picture of each control character
DELETE, DELETE_PICTURE = 0x7F, "␡"
LEFT_OUT = ("Cf", "Cs", "Co", "Cn")  # marks of direction and joining, halves of pairs, letters that nobody assigned


def printable(text: str, *, limit: int = 0) -> str:
    """Write text so that a terminal shows it and does nothing else; cut it to `limit` letters, where there is one."""
    short = f"{text[: limit - 1]}…" if limit and len(text) > limit else text
    return "".join(map(_letter, short))


def _letter(letter: str) -> str:
    code = ord(letter)
    if code < ord(" "):
        return chr(PICTURES + code)
    if code == DELETE:
        return DELETE_PICTURE
    category = unicodedata.category(letter)
    return "\N{REPLACEMENT CHARACTER}" if category == "Cc" else "" if category in LEFT_OUT else letter
