"""The samples of California's schools that R's `survey` is documented with, and its published values."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from recount.estimate.design.calibration import Margin
from recount.estimate.design.drawing import drawn
from recount.estimate.design.linear import Surveyed
from tests.estimate.hand_built import shared_data

Numbers = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Schools:
    """One sample: its table and its design."""

    table: pd.DataFrame
    of: Surveyed

    def numbers(self, name: str) -> Numbers:
        return self.table[name].to_numpy(dtype=float)

    def codes(self, name: str) -> Numbers:
        return pd.factorize(self.table[name], sort=True)[0].astype(np.intp)

    def is_(self, name: str, value: str) -> Numbers:
        return (self.table[name] == value).to_numpy()


def published(name: str) -> Any:
    reference = json.loads((shared_data() / "reference" / "reference_values.json").read_text(encoding="utf-8"))
    return reference["survey_api"][name]


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(shared_data() / "reference" / f"{name}.csv")


def clustered(**options: Any) -> Schools:
    """All schools of 15 districts, drawn from 757."""
    table = read("apiclus1")
    districts = pd.factorize(table["dnum"], sort=True)[0]
    drawing = drawn(len(table), clusters=districts, population=table["fpc"].to_numpy(dtype=float), **options)
    return Schools(table, Surveyed(drawing, table["pw"].to_numpy(dtype=float)))


def stratified(*, fpc: bool = True, as_clusters: bool = False) -> Schools:
    """200 schools, drawn by the type of school."""
    table = read("apistrat")
    drawing = drawn(
        len(table),
        strata=pd.factorize(table["stype"], sort=True)[0],
        clusters=np.arange(len(table)) if as_clusters else None,
        population=table["fpc"].to_numpy(dtype=float) if fpc else None,
    )
    return Schools(table, Surveyed(drawing, table["pw"].to_numpy(dtype=float)))


def margins(schools: Schools) -> tuple[Margin, Margin]:
    """What is known of all schools: their types, and whether they met the school-wide target."""
    known = published("rake_dclus1")["margins"]
    of = [(name, np.array([known[name][each] for each in sorted(known[name])], dtype=float)) for name in known]
    found = {name: Margin(name, schools.codes(name), totals) for name, totals in of}
    return found["stype"], found["sch.wide"]


def survey(name: str) -> list[float]:
    """Give what R's package says (`survey.R`, which writes `survey.csv`)."""
    table = pd.read_csv(Path(__file__).with_name("survey.csv"))
    return [float(value) for value in table.loc[table["name"] == name, "value"]]
