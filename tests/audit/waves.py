"""A wave made by hand, cleaned, estimated, written to files, and recounted from these files in SQL."""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from recount.audit.disagreements import differing
from recount.audit.recounted import Recounted, recounted
from recount.audit.sql import sql_of
from recount.clean.clean import Cleaned
from recount.clean.io import write_cleaned
from recount.coding.code import Coded
from recount.coding.io import write_coded
from recount.estimate.estimate import estimate_wave
from recount.ingest.io import write_raw
from recount.ingest.raw import Column, RawExport
from recount.study.instrument import Instrument
from recount.study.settings import Estimation, Settings, Wave
from tests.clean.conftest import WAVE, Study

CODES = ("respondent", "question", "code", "decided_by", "codebook_version")
UNCODED = ("respondent", "question", "answer_sha256", "answer", "problem")
NO_AGREEMENT = pd.DataFrame({"question": []}, dtype="str")


class Written:
    """One wave in a folder of results, with what was estimated of it."""

    def __init__(
        self,
        folder: Path,
        texts: Mapping[str, list[str | None]],
        *questions: dict[str, Any],
        about: Mapping[str, Column] | None = None,
        cleaning: Mapping[str, Any] | None = None,
        corrections: pd.DataFrame | None = None,
        codes: list[tuple[str, ...]] = (),
        uncoded: list[tuple[str, ...]] = (),
        groups: tuple[str, ...] = (),
        minimum_base: int = 1,
        compared: tuple[str, ...] = (),
        rules: Mapping[str, Any] | None = None,
        declared: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> None:
        study = Study()
        self.instrument = study.instrument(*questions, **more)
        self.raw = study.export(texts, about=about)
        cleaned = study.clean(self.raw, *questions, cleaning=cleaning, corrections=corrections, **more)
        tables = (pd.DataFrame(codes, columns=CODES, dtype="str"), pd.DataFrame(uncoded, columns=UNCODED, dtype="str"))
        self.settings = Settings(
            title="A survey",
            waves={WAVE: Wave(**{"export": "export.csv", "design": "census", "contacted": 100, **(declared or {})})},
            estimates=Estimation(groups=groups, minimum_base=minimum_base, compared=compared, **(rules or {})),
            paper={"wave": WAVE},
        )
        self.results = folder / "results"
        self.write(cleaned, *tables)
        self.estimates = estimated(cleaned, self.raw, self.instrument, self.settings, *tables)

    def write(self, cleaned: Cleaned, codes: pd.DataFrame, uncoded: pd.DataFrame) -> None:
        place = self.results / WAVE
        place.mkdir(parents=True)
        write_raw(self.raw, place / "raw.parquet")
        write_tables(place, cleaned, codes, uncoded)

    def recounted(self) -> dict[str, Recounted]:
        return recounted(
            self.estimates.values(),
            instrument=self.instrument,
            settings=self.settings,
            columns={WAVE: self.raw.columns},
            results=str(self.results),
        )

    def sql(self, key: str) -> str:
        return sql_of(
            self.estimates[f"{WAVE}/{key}"],
            instrument=self.instrument,
            settings=self.settings,
            columns=self.raw.columns,
            results=str(self.results),
        )

    def apart(self) -> dict[str, Any]:
        """Where SQL and estimates differ: key, then column, then both numbers."""
        found = {
            key: differing(self.estimates[key], each, self.settings.estimates.round_to)
            for key, each in self.recounted().items()
            if not each.reason
        }
        return {key: columns for key, columns in found.items() if columns}


def write_tables(place: Path, cleaned: Cleaned, codes: pd.DataFrame, uncoded: pd.DataFrame) -> None:
    """Write what the stages before the estimates write of a wave."""
    names = {"clean": "clean.parquet", "table": "clean.csv", "changes": "changes.csv", "excluded": "excluded.csv"}
    write_cleaned(cleaned, SimpleNamespace(**{name: place / file for name, file in names.items()}))
    coded = Coded(codes=codes, agreement=NO_AGREEMENT, uncoded=uncoded)
    write_coded(coded, SimpleNamespace(**{n: place / f"{n}.csv" for n in ("codes", "agreement", "uncoded")}))


def estimated(
    cleaned: Cleaned,
    raw: RawExport,
    instrument: Instrument,
    settings: Settings,
    *tables: pd.DataFrame,
) -> dict[str, dict[str, Any]]:
    """The estimates by key, as the ledger has them."""
    frame = estimate_wave(
        cleaned.clean,
        instrument=instrument,
        wave=WAVE,
        settings=settings.estimates,
        declared=settings.waves[WAVE],
        codes=tables[0],
        agreement=None,
        uncoded=tables[1],
        codebook=None,
        received=len(raw.cells),
        excluded=cleaned.excluded,
        changes=cleaned.changes,
    )
    rows = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return {row["key"]: row for row in rows}
