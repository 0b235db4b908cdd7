"""Which estimates a number of the ledger says: not those that it was only compared with, to be ranked or largest."""

from collections.abc import Iterator, Mapping
from typing import Any

Trace = Mapping[str, Any]


def quoted(trace: Trace, *, bases: bool = True) -> list[str]:
    """Give the keys of the estimates that a trace of numbers.json says, each once, in the order of its formula.

    Of `ranked`, `smallest` and `largest` that is the estimate that was found. With `bases=False` an estimate of which
    only the base is printed is left out.
    """
    return list(dict.fromkeys(_keys(trace, bases=bases)))


def _keys(trace: Trace, *, bases: bool) -> Iterator[str]:
    if trace["kind"] == "estimate":
        yield trace["key"]
    elif trace["kind"] == "operation" and (bases or trace["name"] != "base of"):
        for each in _said(trace):
            yield from _keys(each, bases=bases)


def _said(trace: Trace) -> list[Trace]:
    """The parts of an operation that what it gives is made of."""
    parts: list[Trace] = trace["of"]
    if trace["name"] == "ranked":
        return [parts[1]]  # the first is the rank; the others follow
    if trace["name"] in ("smallest", "largest"):
        return [next(each for each in parts if each["value"] == trace["value"])]
    return parts
