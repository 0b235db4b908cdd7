"""A short name of a question for headings and captions, from its wording."""

import re

from recount.errors import shortened

LONGEST = 80
# What a wording tells the respondent to do, which no heading needs.
_TELLS = re.compile(
    r"\s*[(\[]?\b(please )?(select|check|tick|choose|mark) (all|any|every\w*|as many|one|up to)\b"
    r"[^.?!)\]]*[.!)\]]*\s*$",
    re.IGNORECASE,
)
# How platforms head the field for text beside an option: Qualtrics `Which? - Other - Text`, SurveyMonkey `Other (please
# specify)`.
_WRITTEN_IN = re.compile(
    r"(:?\s*\(please (specify|describe)\)|:)?:?\s+-\s+Text$|\s*\(please (specify|describe)\):?$", re.IGNORECASE
)


def label_of(wording: str) -> str:
    """Shorten a wording to a label; a field for text beside an option is named by that option first."""
    said = " ".join(wording.split())
    if found := written_in(said):
        option, stem = found
        return _cut(f"{option}, in own words: {label_of(stem)}" if stem else f"{option}, in own words")
    return _cut(_TELLS.sub("", said) or said)


def _cut(text: str) -> str:
    """Cut a text between words."""
    if len(text) <= LONGEST:
        return text
    short, _, _ = text[:LONGEST].rpartition(" ")
    return f"{short.rstrip(' ,;:-(')}…" if len(short) > LONGEST / 2 else shortened(text, LONGEST)


def written_in(wording: str) -> tuple[str, str] | None:
    """Give option and question of a field for text beside an option; None where a wording heads no such field."""
    said = " ".join(wording.split())
    beside = _WRITTEN_IN.sub("", said)
    stem, _, option = beside.rpartition(" - ")
    return (option, stem) if option and beside != said else None
