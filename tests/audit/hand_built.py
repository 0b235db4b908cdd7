"""One small wave, from raw cells to estimates, on which the audit can be followed by hand."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pandas as pd

from recount.audit.tables import WaveTables
from recount.coding.answers import answer_hash
from recount.estimate.estimate import estimate_wave
from recount.study.settings import Estimation, Wave
from recount.write.index import Index
from tests.clean.conftest import WAVE, Study

YES_NO = [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}, {"id": "unsure", "label": "?", "missing": True}]
QUESTIONS = (
    {"id": "city", "type": "id"},
    {"id": "region", "type": "single", "categories": [{"id": "north", "label": "N"}, {"id": "south", "label": "S"}]},
    {"id": "office", "type": "single", "categories": YES_NO},
    {"id": "staff", "type": "number", "universe": {"office": ["yes"]}},
    {
        "id": "networks",
        "type": "multi",
        "categories": [{"id": "climate", "label": "Climate"}, {"id": "trade", "label": "Trade"}],
        "nets": {"any_network": ["climate", "trade"]},
        "combinations": True,
        "mentions": True,
        "waves": {WAVE: {"columns": {"climate": "net_1", "trade": "net_2"}}},
    },
    {"id": "why", "type": "text", "coded": True, "mentions": True},
)
# Row 2 is the first response. Row 6 is a test; row 7 was asked nothing on staff, and row 5 gives a number in words.
EXPORT = {
    "city": ["A", "B", "C", "D", "TEST", "E"],
    "region": ["N", "N", "S", "S", "N", "S"],
    "office": ["Yes", " Yes", "Yes", "?", "Yes", "No"],
    "staff": ["3", "12", "4 people", "", "9", ""],
    "net_1": ["Yes", "", "Yes", "", "Yes", ""],
    "net_2": ["", "Yes", "Yes", "", "", ""],
    "why": ["no money", "<b>no</b> staff", "=1+1", "", "x", "no money"],
}
CORRECTIONS = pd.DataFrame(
    [(4, "C", "staff", "4 people", "4", "the unit repeated", "editor A", 2)],
    columns=["row", "respondent", "column", "before", "after", "reason", "by", "line"],
)
CODES = pd.DataFrame(
    [
        ("A", "why", "money", "agreement", "1"),
        ("B", "why", "staff", "adjudication", "1"),
        ("C", "why", "none", "single coder", "1"),
    ],
    columns=["respondent", "question", "code", "decided_by", "codebook_version"],
)
UNCODED = pd.DataFrame(
    [("E", "why", answer_hash("no money"), "no money", "not coded")],
    columns=["respondent", "question", "answer_sha256", "answer", "problem"],
)


def coded_by(*respondents: str) -> pd.DataFrame:
    """A coder's file: these answers, each with a code."""
    answers = dict(zip(EXPORT["city"], EXPORT["why"], strict=True))
    rows = [(each, answer_hash(answers[each]), "money") for each in respondents]
    return pd.DataFrame(rows, columns=["respondent", "answer_sha256", "codes"])


@cache
def tables() -> WaveTables:
    study = Study()
    raw = study.export(EXPORT)
    cleaned = study.clean(raw, *QUESTIONS, cleaning={"tests": {"respondent": ["TEST"]}}, corrections=CORRECTIONS)
    return WaveTables(
        wave=WAVE,
        instrument=study.instrument(*QUESTIONS),
        raw=raw,
        clean=cleaned.clean,
        changes=cleaned.changes,
        excluded=cleaned.excluded,
        codes=CODES,
        uncoded=UNCODED,
        codings={"why": {"X": coded_by("A", "B", "C"), "Y": coded_by("A", "B")}},
    )


@cache
def estimates() -> pd.DataFrame:
    """Everything that is estimated of the wave."""
    return estimated_of(tables(), groups=("region",))


def estimated_of(
    of: WaveTables,
    groups: tuple[str, ...] = (),
    compared: tuple[str, ...] = (),
    declared: Mapping[str, Any] | None = None,
    rules: Mapping[str, Any] | None = None,
) -> pd.DataFrame:
    """Everything that is estimated of the tables of a wave."""
    return estimate_wave(
        of.clean,
        instrument=of.instrument,
        wave=WAVE,
        settings=Estimation(groups=groups, minimum_base=1, compared=compared, **(rules or {})),
        declared=Wave(**{"export": "export.csv", "design": "census", "contacted": 10, **(declared or {})}),
        codes=of.codes,
        agreement=None,
        uncoded=of.uncoded,
        codebook=None,
        received=len(of.received),
        excluded=of.excluded,
        changes=of.changes,
    )


@cache
def index() -> Index:
    return Index(estimates())


def keys() -> list[str]:
    return estimates()["key"].tolist()
