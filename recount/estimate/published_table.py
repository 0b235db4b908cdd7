"""The table published.csv: a row a published figure, with its estimate, its verdict and its bases."""

import math
from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from recount.estimate.granularity import Ints, runs
from recount.estimate.reproduced import Compared, Granularity, Outcome

COLUMNS = (
    *("id", "wave", "statement", "kind", "published", "unit", "above", "below", "tolerance", "rank"),
    *("key", "estimate", "n", "base", "verdict", "why", "simulated"),
    *("up_to", "bases", "fits", "bases_together", "source", "reference", "note"),
)


def published_table(compared: Compared, *, simulated: Iterable[str]) -> pd.DataFrame:
    """Make the table, all texts; `simulated` are the waves whose responses are, which nothing reproduced bears out."""
    waves = {each.wave: each for each in compared.waves}
    made_up = set(simulated)
    rows = [
        _row(each, waves.get(each.figure.wave)) | {"simulated": _truth(each.figure.wave in made_up)}
        for each in compared.outcomes
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def _row(outcome: Outcome, wave: Granularity | None) -> dict[str, str]:
    figure = outcome.figure
    row = {name: str(getattr(figure, name)) for name in ("id", "wave", "statement", "kind", "unit", "key", "reference")}
    row |= {name: _shortest(getattr(figure, name)) for name in ("above", "below", "tolerance", "rank")}
    row |= {name: _shortest(getattr(outcome, name)) for name in ("n", "base")}
    row |= {"published": _as_printed(figure.value, figure.decimals), "source": " ".join(figure.source)}
    row |= {"verdict": outcome.verdict, "why": outcome.why, "note": figure.note}
    row["estimate"] = "" if math.isnan(outcome.estimate) else repr(outcome.estimate)
    if wave is None or outcome.bases is None:
        return row | dict.fromkeys(("up_to", "bases", "fits", "bases_together"), "")
    fits = _truth(wave.up_to in outcome.bases)
    joint = {"bases": _listed(outcome.bases), "bases_together": _listed(wave.together)}
    return row | joint | {"up_to": str(wave.up_to), "fits": fits}


def _listed(bases: Ints) -> str:
    """Bases as runs: `7;14;21..22`, which no spreadsheet takes for a date; `none` where there are none."""
    found = [str(first) if first == last else f"{first}..{last}" for first, last in runs(bases)]
    return ";".join(found) or "none"


def _as_printed(value: float | None, decimals: int) -> str:
    return "" if value is None else str(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals)))


def _shortest(value: float | None) -> str:
    return "" if value is None or math.isnan(value) else str(int(value)) if value == int(value) else repr(value)


def _truth(value: bool) -> str:  # noqa: FBT001 - a predicate's value
    return "true" if value else "false"
