"""The claims of a built paper as a list to read: those that fail first, then the fragile, then the others."""

from collections.abc import Iterator, Sequence
from typing import Any

from recount.write.claims import Status

ORDER: tuple[Status, ...] = ("fails", "fragile", "holds")
WORDS = ("not true", "fragile", "safe")
Claim = dict[str, Any]


def failing(claims: dict[str, Any]) -> list[Claim]:
    """Give the claims of claims.json that are not true on the data."""
    return [each for each in claims["claims"] if each["status"] == "fails"]


def claim_list(claims: dict[str, Any], *, only: Sequence[Status] = ORDER) -> str:
    """Write the claims of claims.json, each with sentence, numbers, margin, file and line; and how many there are.

    Those of one status stand in the order of the paper.
    """
    chosen = [each for status in ORDER if status in only for each in claims["claims"] if each["status"] == status]
    told = ["\n".join(_lines(each)) for each in chosen]
    return "\n\n".join([*told, _counts(claims)])


def _lines(claim: Claim) -> Iterator[str]:
    place = f"{claim['file']}, line {claim['line']}" if claim["line"] else f"{claim['file']}, {claim['declared_at']}"
    yield f"{claim['status']}: {claim['phrase']!r} ({claim['id']}; {place})"
    yield f"    {claim['sentence']}"
    yield from (f"    {test}" for test in claim["tests"])
    for each in claim["margin"]["comparisons"]:
        yield f"    {each['left']} {each['comparison']} {each['right']}: {_values(each)}"
        if each["interval_reach_display"]:
            yield f"        {each['interval_reach_display']}"
    yield f"    {_respondents(claim['margin']['respondents'], holds=claim['holds'])}"


def _values(comparison: Claim) -> str:
    sides = f"{comparison['left_display']}, {comparison['right_display']}"
    return f"{sides}; margin {comparison['difference_display']}"


def _respondents(count: int | None, *, holds: bool) -> str:
    if count is None:
        return "respondents who could turn it: not counted (weighted, or not about answers)"
    return f"it would {'no longer hold' if holds else 'hold'} if {count} answered differently"


def _counts(claims: dict[str, Any]) -> str:
    found = [each["status"] for each in claims["claims"]]
    counts = ", ".join(f"{found.count(status)} {word}" for status, word in zip(ORDER, WORDS, strict=True))
    simulated = ", ".join(claims["simulated"])
    return f"Claims: {counts}" + (f"; the responses of {simulated} are simulated" if simulated else "")
