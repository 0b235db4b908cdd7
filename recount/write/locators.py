"""Numbers that lead a reader somewhere: pages of a cited work, addresses, DOIs."""

import re
from dataclasses import dataclass
from typing import Literal

from recount.write.citations import KEY, key_of
from recount.write.unprinted import blanked

_PLACE = (
    r"(?:(?:pp?|pages?|ch(?:ap(?:ters?|s)?)?|sec(?:tions?|s)?|fig(?:ures?|s)?|tab(?:les?)?|vol(?:umes?|s)?|no|art"
    r"(?:icles?)?|para(?:graphs?|s)?|par|app(?:endix)?|line|lines|goals?|targets?|n|v|bk|pt|col|cols?|fol)\b\.?|§+|¶+)"
)
_NUMBER = r"(?:\d[\d.]*[a-z]?|[ivxlc]+)\b"
_NUMBERS = rf"{_NUMBER}(?:\s*(?:[-–—,&]|and)\s*{_NUMBER})*"
_GROUP = re.compile(r"\[[^\[\]]*@[\w{][^\[\]]*\]")
# "[@key, p. 4]", "[@key, 4]" and "@key [p. 4]", "@key [4]": a place ends the citation, or another work follows.
_LOCATED = re.compile(rf"(?P<cite>{KEY})(?P<place>,?\s*(?:{_PLACE}\s*)?{_NUMBERS})?(?=\s*[;\]])")
_IN_TEXT = re.compile(rf"(?P<cite>{KEY})(?:[ \t]*\[(?P<place>(?:{_PLACE}\s*)?{_NUMBERS})\])?")
_ADDRESS = re.compile(
    r"<?\b(?:https?|ftp)://(?=[^\s/]*[a-z][^\s/]*\.[a-z])[^\s<>]+>?|<mailto:[\w.+-]+@[^\s<>]+>|<[\w.+-]+@[\w-]+(?:\.[\w-]+)+>|\bdoi:\s*10\.\S+|\b10\.\d{4,9}/\S+"
    r"|\bwww\.[a-z]\S+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Located:
    """A number that leads somewhere, what kind of place that is, and where it stands in the text."""

    kind: Literal["locator", "address"]
    text: str
    why: str
    start: int


def without_locators(text: str) -> tuple[str, list[Located]]:
    """Blank citations with their locators, and addresses; what stands before and behind a citation is prose.

    Returns the text, and what was blanked in it that holds digits.
    """
    found: list[Located] = []

    def address(each: re.Match[str]) -> str:
        found.append(Located("address", each[0].strip("<>").rstrip(".,;)"), "an address", each.start()))
        return blanked(each[0])

    def cited(each: re.Match[str], start: int = 0) -> str:
        if each["place"]:
            place = " ".join(each["place"].lstrip(" ,").split())
            found.append(Located("locator", place, f"a place in {key_of(each['cite'])}", start + each.start()))
        return blanked(each[0])

    def group(each: re.Match[str]) -> str:
        return _LOCATED.sub(lambda one: cited(one, each.start()), each[0])

    text = _IN_TEXT.sub(cited, _GROUP.sub(group, _ADDRESS.sub(address, text)))
    return text, [each for each in found if re.search(r"\d", each.text)]
