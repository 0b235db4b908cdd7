"""In which script an answer is written: what can be told of its language from its letters alone."""

import unicodedata
from collections import Counter

# An answer of any length shows its script soon.
LOOKED_AT = 2_000
NAMES = {
    "CJK": "Chinese characters",
    "HIRAGANA": "Japanese script",
    "KATAKANA": "Japanese script",
    "HANGUL": "Korean script",
}
JAPANESE = {"HIRAGANA", "KATAKANA"}


def script_of(text: str) -> str:
    """Name the script of most of the letters, blank where there are none; kana make Chinese characters Japanese."""
    counted = Counter(_script(letter) for letter in text[:LOOKED_AT] if letter.isalpha())
    if not counted:
        return ""
    most = counted.most_common(1)[0][0]
    most = "HIRAGANA" if most == "CJK" and JAPANESE & set(counted) else most
    return NAMES.get(most, f"{most.capitalize()} script")


def _script(letter: str) -> str:
    return unicodedata.name(letter, "other").split()[0].split("-")[0]
