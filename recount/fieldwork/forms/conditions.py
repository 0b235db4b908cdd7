"""Conditions of platforms, as far as our instrument can say them: who gave which answers to which questions."""

import re
from collections.abc import Callable

from recount.study.instrument import Universe

Atom = Callable[[str], tuple[str, str] | None]

_AND = re.compile(r"\s+and\s+|\s*&&\s*", re.IGNORECASE)
_OR = re.compile(r"\s+or\s+|\s*\|\|\s*", re.IGNORECASE)


def universe(condition: str, atom: Atom) -> Universe | None:
    """Read a condition that is questions joined by "and", each with answers joined by "or"; None where it is more.

    `atom` reads a single comparison as the name of a question and the code of its answer.
    """
    found: Universe = {}
    for part in _split(_bare(condition), _AND):
        atoms = [atom(_bare(each)) for each in _split(_bare(part), _OR)]
        told = [each for each in atoms if each]
        names = {name for name, _ in told}
        if len(told) < len(atoms) or len(names) != 1 or names & set(found):
            return None
        found[names.pop()] = tuple(code for _, code in told)
    return found or None


def matching(pattern: str) -> Atom:
    """Give an atom by a pattern with the groups `name` and `code`."""
    compiled = re.compile(pattern)

    def atom(text: str) -> tuple[str, str] | None:
        found = compiled.fullmatch(text.strip())
        return (found["name"], found["code"]) if found else None

    return atom


def _split(text: str, between: re.Pattern[str]) -> list[str]:
    """Cut a condition where no parenthesis and no quotation mark is open."""
    cuts, start = [], 0
    for found in between.finditer(text):
        before = text[: found.start()]
        if before.count("(") == before.count(")") and before.count('"') % 2 == 0 and before.count("'") % 2 == 0:
            cuts.append(text[start : found.start()])
            start = found.end()
    return [*cuts, text[start:]]


def _bare(text: str) -> str:
    """Take off the parentheses around the whole."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and _closes_last(text):
        text = text[1:-1].strip()
    return text


def _closes_last(text: str) -> bool:
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place == len(text) - 1
    return False
