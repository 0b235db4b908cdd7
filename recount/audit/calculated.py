"""Numbers of the paper that are arithmetic on estimates, calculated again from recounted ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from recount.audit.recounted import Recounted

EPOCH = date(1970, 1, 1)
NOISE = 1e-12

ROUNDED = ("round half up", "round half even")

Found = Mapping[str, Recounted]

# What each operation of the paper's language means. Those that are not here are not calculated again.
OPERATIONS: dict[str, Callable[[Sequence[float]], float]] = {
    "+": sum,
    "total": sum,
    "-": lambda of: of[0] - of[1],
    "*": lambda of: of[0] * of[1],
    "/": lambda of: of[0] / of[1],
    "negative": lambda of: -of[0],
    "absolute": lambda of: abs(of[0]),
    "smallest": min,
    "largest": max,
    "average": lambda of: sum(of) / len(of),
    "ranked": lambda of: sorted(of[1:], reverse=True)[int(of[0]) - 1],
    "year of": lambda of: float((EPOCH + timedelta(days=int(of[0]))).year),
}


def calculated(trace: Mapping[str, Any], found: Found) -> float | None:
    """Calculate a number again from its trace in the ledger; None where some of it was not, or cannot be, recounted.

    What the study declares, and the constants of the template, are taken as they stand.
    """
    if trace["kind"] == "estimate":
        return _column(trace["key"], "value", found)
    if trace["kind"] == "operation":
        return _operation(trace, found)
    return None if trace["value"] is None else float(trace["value"])


def reason_not_calculated(trace: Mapping[str, Any], found: Found) -> str:
    """Say why a number that has a value is not calculated again; "" where it is, or has none."""
    if trace["value"] is None or calculated(trace, found) is not None:
        return ""
    unknown = sorted({name for name in _names(trace) if name not in (*OPERATIONS, "base of", *ROUNDED)})
    return f"the operation {unknown[0]!r} is not made again" if unknown else "they rest on estimates not recounted"


def _names(trace: Mapping[str, Any]) -> Iterator[str]:
    if trace["kind"] == "operation":
        yield trace["name"]
        for each in trace["of"]:
            yield from _names(each)


def _operation(trace: Mapping[str, Any], found: Found) -> float | None:
    if trace["name"] == "base of":
        return _base_of(trace["of"][0], found)
    of = [calculated(each, found) for each in trace["of"]]
    known = [each for each in of if each is not None]
    if len(known) < len(of):
        return None
    if trace["name"] in ROUNDED:
        return _rounded(known, trace["value"])
    try:
        return OPERATIONS[trace["name"]](known)
    except (KeyError, ZeroDivisionError, IndexError):
        return None


def _base_of(trace: Mapping[str, Any], found: Found) -> float | None:
    """The base of an estimate, or of the one that a rank chose."""
    chosen = trace if trace["kind"] == "estimate" else trace["of"][1]
    return _column(chosen["key"], "base", found) if chosen["kind"] == "estimate" else None


def _column(key: str, name: str, found: Found) -> float | None:
    return found[key].row.get(name) if key in found else None


def _rounded(of: Sequence[float], printed: float | None) -> float | None:
    """The printed value, where it lies within half of its last decimal: which way a tie goes is a matter of display."""
    value, decimals = of
    half = float(Decimal(1).scaleb(-int(decimals)) / 2)
    return printed if printed is not None and abs(value - printed) <= half + NOISE else round(value, int(decimals))
