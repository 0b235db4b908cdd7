"""Codes that were suggested to a coder, and that the coder accepted: the column `suggested` of a coder's file.

A program suggests, a person decides: what counts is the column `codes`. This one keeps on record which of these codes
the person had been shown, each with the score of the suggestion: `funding:0.83;staff:0.61`. One without a score has
nothing behind its colon.
"""

import re

ACCEPTED = re.compile(r"(?P<code>[A-Za-z0-9][A-Za-z0-9_-]*):(?P<score>0(?:\.[0-9]+)?|1(?:\.0+)?|)")


def accepted(suggested: str, codes: tuple[str, ...]) -> dict[str, float | None]:
    """Give the scores of the accepted codes of a cell; one that is not among `codes` was taken back since.

    Raise ValueError with the entry that is not of the form CODE:SCORE, of a score from 0 to 1 or none.
    """
    entries = [entry.strip() for entry in suggested.split(";") if entry.strip()]
    found = [(entry, ACCEPTED.fullmatch(entry)) for entry in entries]
    for entry, match in found:
        if match is None:
            raise ValueError(entry)
    scores = {match["code"]: match["score"] for _, match in found if match and match["code"] in codes}
    return {code: float(score) if score else None for code, score in scores.items()}


def malformed(suggested: str) -> bool:
    """Whether a cell holds anything that is no accepted suggestion."""
    try:
        accepted(suggested, ())
    except ValueError:
        return True
    return False
