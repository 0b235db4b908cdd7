"""Text as a reader sees it: entities and escapes read, letters that nobody sees taken out, look-alikes folded."""

import re
import sys
import unicodedata
from functools import cache
from html import unescape

# Stands where an expression stood, so that what is before and behind it is not read as one word.
HOLE = "\ue00f"
# Stands where a sign stood that is no word and no number's, so that it is not read as markup either.
GAP = "\ue00e"

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# What may stand inside a number, or between its words, is kept; of the rest it matters only that it is no markup.
_ESCAPE = re.compile(r"\\([^\w\s\ue000-\uf8ff])")
_KEPT = frozenset("-.,:%+/'")
# Soft hyphens, joiners, marks of direction, variation selectors, fillers: they change nothing that is printed.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_FAR = re.compile(r"[^\x00-\x7f]")
_YAML_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
# Cyrillic and Greek letters that look like those of number words.
_ALIKE = dict(zip("аеһіорсѕтухԁԝοαεινρτυ", "aehiopcstyxdwoaeivptu", strict=True))
_HYPHENS = "\u2010\u2011\ufe63\uff0d"


def seen(text: str) -> str:
    """Give Markdown as a reader sees its letters, line by line as it stands; digits stay in their own script."""
    text = _ENTITY.sub(_entity, text)
    text = _ESCAPE.sub(lambda found: found[1] if found[1] in _KEPT else GAP, text)
    return folded(text)


def folded(text: str) -> str:
    """Take out what nobody sees, and write letters in circles, in full width or of mathematics as plain ones."""
    return _FAR.sub(lambda found: _plain(found[0]), _UNSEEN.sub("", text))


def unescaped(yaml: str) -> str:
    r"""Read the escapes of quoted YAML that stand for letters: `\x34`, `\u0034`."""
    return _YAML_ESCAPE.sub(lambda found: _letter(int(found[1] or found[2] or found[3], 16)), yaml)


def _entity(found: re.Match[str]) -> str:
    read = unescape(found[0])
    return "".join(_letter(ord(letter)) for letter in read) if read != found[0] else read


def _letter(code: int) -> str:
    """A letter by its code; what would be a line, or markup, is a gap."""
    letter = chr(code) if code <= sys.maxunicode else GAP
    return letter if letter.isalnum() or letter in _KEPT or _UNSEEN.match(letter) or _numeric(letter) else GAP


def _numeric(letter: str) -> bool:
    return unicodedata.category(letter) in ("Nd", "Nl", "No")


@cache
def _plain(letter: str) -> str:
    if letter in _HYPHENS:
        return "-"
    plain = _ALIKE.get(letter) or unicodedata.normalize("NFKC", letter)
    return plain if plain.isascii() and plain.isalpha() and not _numeric(letter) else letter
