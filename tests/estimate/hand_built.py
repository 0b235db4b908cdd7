"""Instruments, clean tables and one call, so that a test shows only what it is about."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from recount.clean.pieces import Pieces, respondents_in
from recount.estimate.estimate import estimate_wave
from recount.study.instrument import Instrument
from recount.study.settings import Estimation, Wave

ROOT = Path(__file__).parents[2]
WAVE = "2020"

Estimate = Callable[..., pd.DataFrame]


def make_instrument(*questions: dict[str, Any]) -> Instrument:
    """Declare questions; one without `waves` is asked in the wave of these tests, in a column of its own name."""
    defaults = [{"label": each["id"], "text": each["id"], **_fielded(each), **each} for each in questions]
    return Instrument.declared_in("data/instrument.yaml", {"title": "A survey", "questions": defaults})


def _fielded(question: dict[str, Any]) -> dict[str, Any]:
    return {"waves": {WAVE: {"column": question["id"]}}}


def categories(*ids: str, missing: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    return [{"id": each, "label": each, "missing": each in missing} for each in ids]


def make_clean(**columns: list[Any]) -> pd.DataFrame:
    size = len(next(iter(columns.values())))
    rows = {"respondent": [f"R{number}" for number in range(size)], "row": range(2, size + 2)}
    return pd.DataFrame({**rows, **columns})


def estimated(clean: pd.DataFrame | Pieces, instrument: Instrument, **options: Any) -> pd.DataFrame:
    """Estimate with nothing hidden, nothing excluded, nothing coded, unless the test says otherwise."""
    settings = {key: options.pop(key) for key in Estimation.model_fields if key in options}
    declared = {key: options.pop(key) for key in ("frame", "contacted", "sampling", "design") if key in options}
    excluded = options.pop("excluded", pd.DataFrame({"row": [], "respondent": [], "reason": [], "detail": []}))
    return estimate_wave(
        clean,
        instrument=instrument,
        wave=options.pop("wave", WAVE),
        settings=Estimation(**{"minimum_base": 1, **settings}),
        declared=Wave(**{"export": "export.csv", "design": "probability", **declared}),
        received=options.pop("received", respondents_in(clean) + len(excluded)),
        excluded=excluded,
        **{
            "codes": None,
            "agreement": None,
            "uncoded": None,
            "codebook": None,
            "changes": pd.DataFrame({"rule": []}),
            **options,
        },
    )


def row(estimates: pd.DataFrame, key: str) -> pd.Series:
    """Find the row of a key, named without its wave."""
    return estimates.set_index("key").loc[f"{WAVE}/{key}"]


def values(estimates: pd.DataFrame, start: str) -> dict[str, float]:
    """The values of all keys that begin so, by the rest of the key."""
    start = f"{WAVE}/{start}/"
    found = estimates[estimates["key"].str.startswith(start)]
    return dict(zip(found["key"].str.removeprefix(start), found["value"], strict=True))


def shared_data() -> Path:
    """Find the folder of real surveys, or skip the test."""
    folder = Path(os.environ.get("RECOUNT_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real surveys to test against: {folder} is not there (set RECOUNT_DATA)")
    return folder
