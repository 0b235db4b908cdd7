"""A survey of two waves, made by hand, as two sides of a comparison; each test changes one thing."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from recount.audit.changes.side import Side
from recount.audit.tables import WaveTables
from recount.estimate.estimate import estimate_wave
from recount.study.codebook import Codebook
from recount.study.figures import Figures
from recount.study.instrument import Instrument
from recount.study.settings import Settings
from recount.study.tables import Tables
from recount.write.draft import Study
from tests.clean.conftest import Study as Cleaning

WAVES = ("2018", "2020")
LOG = ["row", "respondent", "variable", "column", "before", "after", "rule", "reason"]
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"id": "city", "type": "id"},
    {"id": "office", "type": "single", "categories": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]},
    {"id": "staff", "type": "number", "universe": {"office": ["yes"]}},
    {"id": "why", "type": "text", "coded": True},
)
# A, B, C and D answered in 2018; C, D, E, F, G and H in 2020.
ANSWERS: dict[str, dict[str, dict[str, Any]]] = {
    "2018": {
        "A": {"office": "yes", "staff": 1.0, "why": "x"},
        "B": {"office": "no", "why": "x"},
        "C": {"office": "no", "why": "x"},
        "D": {"office": "yes", "staff": 3.0, "why": "x"},
    },
    "2020": {
        "C": {"office": "yes", "staff": 4.0, "why": "x"},
        "D": {"office": None, "why": "x"},
        "E": {"office": "yes", "staff": 6.0, "why": "x"},
        "F": {"office": "yes", "staff": 8.0, "why": "x"},
        "G": {"office": "no", "why": "x"},
        "H": {"office": "yes", "staff": 2.0, "why": "x"},
    },
}
CODES = {"2018": {"A": "money", "C": "money", "D": "time"}, "2020": {"C": "time", "D": "time", "E": "mandate"}}
BOOK = Codebook.declared_in(
    "codebook.yaml",
    {
        "version": "1",
        "questions": {
            "why": [{"id": each, "label": each, "definition": each} for each in ("money", "time", "mandate")]
        },
    },
)
TEMPLATE = """# One

Of {{ respondents() }} cities {{ share("office", "yes") }} have an office,
{% claim share("office", "yes") < 0.6 %}not most{% endclaim %}.

The mean city has {{ mean("staff") }} people, the median {{ median("staff") }}.

{{ (share("office", "yes") - share("office", "no")) | points }} lie between, and {{ base("office") }} said so.

Of the answers {{ share("why", "money") }} name money.
"""


def side(
    wave: str,
    *,
    answers: Mapping[str, Mapping[str, Mapping[str, Any]]] = ANSWERS,
    codes: Mapping[str, Mapping[str, str]] = CODES,
    corrections: Mapping[str, list[tuple[Any, ...]]] | None = None,
    excluded: Mapping[str, list[tuple[Any, ...]]] | None = None,
    questions: tuple[dict[str, Any], ...] = QUESTIONS,
    template: str = TEMPLATE,
    simulated: bool = False,
    quotable: Mapping[str, pd.DataFrame] | None = None,
    **estimates: Any,
) -> Side:
    """The paper of one wave; what is given replaces what stands above."""
    instrument = _instrument(questions)
    content = {
        "title": "Offices",
        "waves": {each: {"export": "x.csv", "design": "nonprobability", "simulated": simulated} for each in WAVES},
        "estimates": {"minimum_base": 1, **estimates},
        "paper": {"wave": wave},
    }
    settings = Settings.declared_in("config.yaml", content)
    tables: dict[str, WaveTables] = {}
    for each in WAVES:
        changes = pd.DataFrame((corrections or {}).get(each, []), columns=LOG, dtype="object")
        out = pd.DataFrame((excluded or {}).get(each, []), columns=["row", "respondent", "reason", "detail"])
        tables[each] = _tables(instrument, each, answers[each], codes[each], changes=changes, excluded=out)
    study = Study(
        estimates=pd.concat([_estimates(each, instrument, settings) for each in tables.values()], ignore_index=True),
        settings=settings,
        instrument=instrument,
        figures=Figures(),
        tables=Tables(),
        literals={},
        bibliography_keys=[],
        alt_texts={},
        codebook=BOOK,
        quotable=quotable,
    )
    return Side(wave, study, tables, template)


def _instrument(questions: tuple[dict[str, Any], ...]) -> Instrument:
    defaults = [
        {
            "label": each["id"].title(),
            "text": each["id"],
            "waves": {wave: {"column": each["id"]} for wave in WAVES},
            **each,
        }
        for each in questions
    ]
    return Instrument.declared_in("data/instrument.yaml", {"title": "Offices", "questions": defaults})


def _tables(
    instrument: Instrument,
    wave: str,
    answers: Mapping[str, Mapping[str, Any]],
    codes: Mapping[str, str],
    *,
    changes: pd.DataFrame,
    excluded: pd.DataFrame,
) -> WaveTables:
    columns = ("office", "staff", "why")
    clean = pd.DataFrame(
        [{"respondent": name, "row": row, **given} for row, (name, given) in enumerate(answers.items(), start=2)],
        columns=["respondent", "row", *columns],
    )
    raw = Cleaning().export({"city": [*answers, *excluded["respondent"]]})
    given = [(name, "why", code, "agreement", "1") for name, code in codes.items() if name in answers]
    return WaveTables(
        wave=wave,
        instrument=instrument,
        raw=raw,
        clean=clean.astype({"staff": "float64"}),
        changes=changes,
        excluded=excluded,
        codes=pd.DataFrame(given, columns=["respondent", "question", "code", "decided_by", "codebook_version"]),
        uncoded=pd.DataFrame(columns=["respondent", "question", "answer_sha256", "answer", "problem"], dtype="str"),
    )


def _estimates(tables: WaveTables, instrument: Instrument, settings: Settings) -> pd.DataFrame:
    return estimate_wave(
        tables.clean,
        instrument=instrument,
        wave=tables.wave,
        settings=settings.estimates,
        declared=settings.waves[tables.wave],
        codes=tables.codes,
        agreement=None,
        uncoded=tables.uncoded,
        codebook=BOOK,
        received=len(tables.clean) + len(tables.excluded),
        excluded=tables.excluded,
        changes=tables.changes,
    )
