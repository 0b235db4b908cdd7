"""The key of each code: a letter that its name has, so that fingers learn it."""

from collections.abc import Sequence
from string import ascii_lowercase, ascii_uppercase

# No code of the codebook has a digit: 0 is for `none`, the others take what is offered.
NONE_KEY = "0"


def keys_of(codes: Sequence[str]) -> dict[str, str]:
    """Give each code the first free letter of its id, else any free letter, else a capital; blank when none is left.

    In the order of the codebook, so that a code keeps its key when others are added below.
    """
    found: dict[str, str] = {}
    for code in codes:
        own = [letter for letter in code.lower() if letter in ascii_lowercase]
        free = (letter for letter in (*own, *ascii_lowercase, *ascii_uppercase) if letter not in found.values())
        found[code] = next(free, "")
    return found
