"""A small study that is cleaned, coded and estimated as a build does it; each test edits what a person would edit."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import pandas as pd

from recount.audit.changes.side import Side
from recount.audit.tables import WaveTables
from recount.clean.clean import clean_wave
from recount.clean.corrections import HEADER
from recount.coding.answers import answer_hash
from recount.coding.code import code_wave
from recount.coding.measure import Bootstrap
from recount.coding.outdated import standing
from recount.estimate.estimate import estimate_wave
from recount.study.codebook import Codebook
from recount.study.figures import Figures
from recount.study.instrument import Instrument
from recount.study.parents import with_parents
from recount.study.settings import Settings
from recount.study.tables import Tables
from recount.study.versions import Versions
from recount.write.draft import Study
from tests.clean.conftest import Study as Cleaning

WAVE = "2020"
COLUMNS = ("city", "office", "staff", "view", "wish", "seconds", "weight")
# A to F answered; each row is a respondent, each cell a text of the export.
ROWS: dict[str, tuple[str, ...]] = {
    "A": ("Yes", "1", "Good", "more money", "300", "1"),
    "B": ("No", "", "Bad", "more time", "300", "1"),
    "C": ("Yes", "3", "Good", "a mandate", "300", "1"),
    "D": ("No", "", "Fair", "more money", "90", "1"),
    "E": ("Yes", "5", "Bad", "time", "300", "1"),
    "F": ("Unsure", "", "Good", "staff", "300", "1"),
}
CATEGORIES = {
    "office": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}, {"id": "unsure", "label": "Unsure"}],
    "view": [
        {"id": "bad", "label": "Bad", "score": 1},
        {"id": "fair", "label": "Fair", "score": 2},
        {"id": "good", "label": "Good", "score": 3},
    ],
}
QUESTIONS: dict[str, dict[str, Any]] = {
    "city": {"type": "id"},
    "office": {"type": "single", "categories": CATEGORIES["office"]},
    "staff": {"type": "number", "universe": {"office": ["yes"]}},
    "view": {"type": "scale", "categories": CATEGORIES["view"], "nets": {"liked": ["good"]}},
    "wish": {"type": "text", "coded": True},
    "weight": {"type": "weight"},
}
CODES = {"A": "money", "B": "time", "C": "mandate", "D": "money", "E": "time", "F": "staff"}
BOOK: dict[str, Any] = {
    "version": "1",
    "questions": {"wish": [{"id": each, "label": each, "definition": each} for each in sorted({*CODES.values()})]},
}
CLEANING = {"minimum_seconds": 60}
TEMPLATE = """# One

Of {{ respondents() }} cities {{ share("office", "yes") }} have an office, of {{ mean("staff") }} people, and
{{ share("view", "liked") }} like it, at {{ mean("view") }}; {{ share("wish", "money") }} wish for money.

{{ table("views") }}

{{ figure("views") }}
"""
TABLES = {"views": {"kind": "items", "caption": "Views", "items": [{"question": "view"}, {"question": "office"}]}}
FIGURES = {"views": {"kind": "bars", "caption": "Views", "items": [{"question": "view"}]}}


def questions(**edits: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The questions, some of them edited."""
    made = deepcopy(QUESTIONS)
    for name, edit in edits.items():
        made[name] = {**made[name], **edit}
    return made


def rows(**edits: Sequence[str] | None) -> dict[str, tuple[str, ...]]:
    """The rows of the export, some of them edited, new, or (None) gone."""
    made = {**ROWS, **{name: tuple(row) for name, row in edits.items() if row is not None}}
    return {name: row for name, row in made.items() if edits.get(name, row) is not None}


def build(
    *,
    export: Mapping[str, Sequence[str]] = ROWS,
    asked: Mapping[str, Mapping[str, Any]] = QUESTIONS,
    cleaning: Mapping[str, Any] = CLEANING,
    corrections: Sequence[tuple[Any, ...]] = (),
    codes: Mapping[str, str] = CODES,
    books: Sequence[Mapping[str, Any]] = (BOOK,),
    names: Mapping[str, str] | None = None,
) -> Side:
    """Build the study, for a paper of its only wave.

    `books` are the versions of the codebook, the last in force; `names` says who gave a row that has another name.
    """
    versions = Versions(tuple(Codebook.declared_in("codebook.yaml", {**each}) for each in books))
    book = versions.all[-1]
    instrument = with_parents(_instrument(asked), book)
    settings = _settings(cleaning)
    raw = Cleaning().export(
        {name: list(cells) for name, cells in zip(COLUMNS, _columns(export, names or {}), strict=True)}
    )
    cleaned = clean_wave(
        raw,
        instrument=instrument,
        wave=WAVE,
        cleaning=settings.cleaning,
        roles=settings.waves[WAVE].columns,
        corrections=pd.DataFrame(corrections, columns=HEADER) if corrections else None,
    )
    sheets = {"wish": {"A": _sheet(codes)}}
    coded = code_wave(
        cleaned.clean,
        instrument=instrument,
        wave=WAVE,
        codebook=book,
        codings=sheets,
        adjudications={},
        bootstrap=Bootstrap(2, 1),
        versions=versions,
    )
    tables = WaveTables(
        wave=WAVE,
        instrument=instrument,
        raw=raw,
        clean=cleaned.clean,
        changes=cleaned.changes,
        excluded=cleaned.excluded,
        codes=coded.codes,
        uncoded=coded.uncoded,
        codings={"wish": {"A": standing(sheets["wish"]["A"], "wish", versions)}},
    )
    estimates = estimate_wave(
        tables.clean,
        instrument=instrument,
        wave=WAVE,
        settings=settings.estimates,
        declared=settings.waves[WAVE],
        codes=tables.codes,
        agreement=coded.agreement,
        uncoded=tables.uncoded,
        codebook=book,
        received=len(tables.clean) + len(tables.excluded),
        excluded=tables.excluded,
        changes=tables.changes,
    )
    study = Study(
        estimates=estimates,
        settings=settings,
        instrument=_instrument(asked),
        figures=Figures.declared_in("figures.yaml", {"figures": FIGURES}),
        tables=Tables.declared_in("tables.yaml", {"tables": TABLES}),
        literals={},
        bibliography_keys=[],
        alt_texts=dict.fromkeys(FIGURES, "A figure."),
        codebook=book,
    )
    return Side("build", study, {WAVE: tables}, TEMPLATE)


def _columns(export: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> list[tuple[str, ...]]:
    return list(zip(*((names.get(name, name), *cells) for name, cells in export.items()), strict=True))


def _instrument(asked: Mapping[str, Mapping[str, Any]]) -> Instrument:
    filled = [
        {"id": name, "label": name.title(), "text": name, "waves": {WAVE: {"column": name}}, **each}
        for name, each in asked.items()
    ]
    content = {"title": "Offices", "questions": filled, "ignored": {WAVE: {"seconds": "the platform's"}}}
    return Instrument.declared_in("instrument.yaml", content)


def _settings(cleaning: Mapping[str, Any]) -> Settings:
    wave = {"export": "x.csv", "design": "nonprobability", "columns": {"duration": "seconds"}}
    content = {
        "title": "Offices",
        "waves": {WAVE: wave},
        "cleaning": {**cleaning},
        "estimates": {"minimum_base": 1},
        "paper": {"wave": WAVE},
    }
    return Settings.declared_in("config.yaml", content)


def _sheet(codes: Mapping[str, str]) -> pd.DataFrame:
    wishes = {name: cells[COLUMNS.index("wish") - 1] for name, cells in ROWS.items()}
    lines = [(name, answer_hash(wishes[name]), code, "1") for name, code in codes.items()]
    return pd.DataFrame(lines, columns=["respondent", "answer_sha256", "codes", "codebook_version"], dtype="str")
