"""Where the ledger is not what SQL counts."""

from collections.abc import Iterator, Mapping
from math import isclose
from typing import Any

from recount.audit.calculated import calculated
from recount.audit.members import may_be
from recount.audit.recounted import Recounted
from recount.audit.sql.query import key_of
from recount.building import command
from recount.errors import Finding
from recount.estimate.answers import NO_ANSWER
from recount.estimate.counts_rounded import DECLARED
from recount.estimate.dominance import EXTREMES
from recount.estimate.hide import ALWAYS_SHOWN, CELLS
from recount.study.settings import Estimation

Json = Mapping[str, Any]

LEDGER = "results/paper/numbers.json"
CLOSE = 1e-9
# Counts must be the same; sums of weights, and quotients, may differ in their last digits.
COUNTED = ("n", "base")
MEASURED = ("weighted_n", "weighted_base", "value")
WAVE = ("", "-")


def disagreements(ledger: Json, found: Mapping[str, Recounted], rules: Estimation) -> Iterator[Finding]:
    """Find the estimates that SQL counts otherwise, then the numbers that are not what their trace makes of these.

    Args:
        ledger: the content of numbers.json.
        found: its estimates, recounted, by key.
        rules: what must not be shown.
    """
    for key, row in ledger["estimates"].items():
        if key not in found:
            yield _told("the estimate under this key is another's", key, key_of(row), key, ledger)
        elif not found[key].reason:
            yield from _of_estimate(key, row, found[key], ledger, rules)
    for number in ledger["numbers"]:
        again = calculated(number["trace"], found) if rules.round_to is None else None
        if number["value"] is not None and again is not None and not _same(number["value"], again):
            yield Finding(
                problem=f"calculated again from recounted estimates, this number is another{_quoted(number)}",
                file=number["file"] or LEDGER,
                row=number["line"] or None,
                key=f"{number['id']}, {number['formula']}",
                value=f"{number['display']}, of {_shown(number['value'])}",
                expected=_shown(again),
                mend=command("trace", number["id"]),
            )


def differing(row: Json, found: Recounted, round_to: int | None = None) -> dict[str, tuple[float | None, float | None]]:
    """Give the columns in which an estimate and its recount differ, each as in the ledger and as recounted.

    Of a hidden estimate nothing but the base can be compared. Without weights, weighted counts are the counts. Of a
    rounded one the counts must be multiples next to what SQL counts, and a share what these counts make.
    """
    if round_to is not None:
        return _unlike(row, found, round_to)
    counted = {f"weighted_{name}": found.row.get(name) for name in COUNTED} | dict(found.row)
    names = ("base",) if row["hidden"] else (*COUNTED, *MEASURED)
    both = {name: (row[name], counted.get(name)) for name in names}
    if row["hidden"] and row["base"] is None:
        return {}
    return {name: pair for name, pair in both.items() if not (pair[0] == pair[1] if name in COUNTED else _same(*pair))}


def _unlike(row: Json, found: Recounted, round_to: int) -> dict[str, tuple[float | None, float | None]]:
    counts = [] if row["statistic"] in DECLARED else [name for name in COUNTED if row[name] is not None]
    exact = {name: found.row.get(name) for name in counts}
    apart = {name: (row[name], n) for name, n in exact.items() if n is not None and not may_be(row[name], n, round_to)}
    whole = row["weighted_base"]
    if row["unit"] == "share" and row["value"] is not None and row["weighted_n"] is not None and whole:
        made = min(row["weighted_n"] / whole, 1.0)
        apart |= {} if _same(row["value"], made) else {"value": (row["value"], made)}
    # Those who were asked to take part are declared: a share of them has no rounded base.
    return {name: pair for name, pair in apart.items() if row["statistic"] != "response_rate" or name != "base"}


def _of_estimate(key: str, row: Json, found: Recounted, ledger: Json, rules: Estimation) -> Iterator[Finding]:
    if apart := differing(row, found, rules.round_to):
        got, exp = (", ".join(f"{name} {_shown(pair[side])}" for name, pair in apart.items()) for side in (0, 1))
        yield _told("SQL counts otherwise", key, got, exp, ledger)
    exempt = row["question"] in WAVE or row["statistic"] in ALWAYS_SHOWN
    if not exempt and not row["hidden"]:
        for got, exp in _too_few(row, found, rules):
            yield _told("this is shown of too few respondents", key, got, exp, ledger)


def _too_few(row: Json, found: Recounted, rules: Estimation) -> Iterator[tuple[str, str]]:
    """Give what was counted, and what is expected of it, where it is under the minimum base or the minimum cell."""
    base, n = found.row.get("base"), found.row.get("n")
    if base is not None and base < rules.minimum_base:
        yield f"base {_shown(base)}", f"hidden, as estimates.minimum_base is {rules.minimum_base}"
    cell = row["statistic"] in CELLS and row["category"] != NO_ANSWER
    if cell and n is not None and n < rules.minimum_cell and (n > 0 or not rules.show_zeros):
        yield f"n {_shown(n)}", f"hidden, as estimates.minimum_cell is {rules.minimum_cell}"
    yield from _dominated(row, found, rules)


def _dominated(row: Json, found: Recounted, rules: Estimation) -> Iterator[tuple[str, str]]:
    """Give how much few respondents have of the amounts, where the rules of dominance ask for it to be hidden."""
    amounts, first, two, largest = (found.row.get(name) for name in ("amounts", "first", "two", "largest"))
    if not amounts or first is None or two is None:
        return
    if rules.dominance and largest is not None and 100 * largest > rules.dominance.percent * amounts:
        many, percent = rules.dominance.largest, rules.dominance.percent
        yield (
            f"the largest {many} have {_shown(largest)} of {_shown(amounts)}",
            f"hidden, as estimates.dominance is {percent:g} percent",
        )
    if rules.p_percent is not None and 100 * (amounts - two) < rules.p_percent * first:
        yield "the second largest can tell the largest", f"hidden, as estimates.p_percent is {rules.p_percent:g}"
    if row["statistic"] in EXTREMES and (rules.dominance or rules.p_percent is not None):
        yield "the answer of one", "hidden, as a rule of dominance is declared"


def _told(problem: str, key: str, got: str, exp: str, ledger: Json) -> Finding:
    """Say where the paper prints an estimate first, and how to see its SQL."""
    places = [number for number in ledger["numbers"] if key in number["keys"]]
    first: Json = places[0] if places else {"file": LEDGER, "line": None, "sentence": ""}
    return Finding(
        problem=problem + _quoted(first),
        file=first["file"] or LEDGER,
        row=first["line"] or None,
        key=key,
        value=got,
        expected=exp,
        mend=command("verify", "--sql", key),
    )


def _quoted(number: Json) -> str:
    return f' in "{number["sentence"]}"' if number["sentence"] else ""


def _same(got: float | None, exp: float | None) -> bool:
    if got is None or exp is None:
        return got is exp
    return isclose(got, exp, rel_tol=CLOSE, abs_tol=CLOSE)


def _shown(value: float | None) -> str:
    return "none" if value is None else f"{value:.12g}"
