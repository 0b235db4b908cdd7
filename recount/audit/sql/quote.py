"""Names, texts and comments of SQL, whatever an author, a platform or a respondent wrote into them."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import groupby

# Classes of characters, for regular expressions. The blanks of Python and Arrow are more than RE2's \s; what nobody
# sees are blanks and signs without a shape of their own (zero-width spaces, soft hyphens, controls).
BLANK = r"\s\pZ\x0B\x1C-\x1F\x{85}"
UNSEEN = r"\s\pZ\pC"

_SPECIAL = re.compile(r"([\\.+*?()|\[\]{}^$])")
_SEVERAL = re.compile(r"([*?\[])")


def name(content: str) -> str:
    """Write the name of a column or a step: in double quotes, which are doubled within."""
    return '"' + content.replace('"', '""') + '"'


def text(content: str) -> str:
    """Write a text: in single quotes, which are doubled within; a sign that nobody sees is written by its number."""
    if content.isprintable():
        return _quoted(content)
    parts: list[str] = []
    for unseen, run in groupby(content, _unseen):
        signs = list(run)
        parts += [f"chr({ord(sign)})" for sign in signs] if unseen else [_quoted("".join(signs))]
    return " || ".join(parts) or "''"


def texts(contents: Iterable[str]) -> str:
    """Write texts, one beside the other."""
    return ", ".join(text(each) for each in contents)


def pattern(content: str) -> str:
    """Give the regular expression that finds just this text."""
    return _SPECIAL.sub(r"\\\1", content)


def path(file: str) -> str:
    """Write the path of a file, in which no sign stands for several files."""
    return _quoted(_SEVERAL.sub(r"[\1]", file))


def comment(content: str) -> str:
    """Give a text that can stand behind `--`: one line, and no sign that nobody sees."""
    seen = content if content.isprintable() else "".join(" " if _unseen(sign) else sign for sign in content)
    return " ".join(seen.split())


def _quoted(content: str) -> str:
    return "'" + content.replace("'", "''") + "'"


def _unseen(sign: str) -> bool:
    return sign != " " and unicodedata.category(sign)[0] in "CZ"
