"""A small study carried through the pipeline's own functions: its file read, cleaned, estimated, written, recounted."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from recount.audit.disagreements import differing
from recount.audit.recounted import recounted
from recount.clean.clean import clean_wave
from recount.estimate.estimate import estimate_wave
from recount.estimate.io import read_estimates, write_estimates
from recount.ingest.io import write_raw
from recount.ingest.read import read_export
from recount.study.figures import Figures
from recount.study.instrument import Instrument
from recount.study.settings import Settings
from recount.study.tables import Tables
from recount.write.paper import Written, write_paper
from tests.audit.waves import CODES, UNCODED, write_tables

WAVE = "2000"


class Whole:
    """One wave of a study in a folder, from the export that stands there as responses.csv."""

    def __init__(self, folder: Path, questions: list[dict[str, Any]], **declared: Any) -> None:
        estimates = declared.pop("estimates", {})
        wave = {"export": "responses.csv", "format": "csv", **declared}
        content = {"title": "Schools", "waves": {WAVE: wave}, "estimates": estimates, "paper": {"wave": WAVE}}
        self.settings = Settings.declared_in("config.yaml", content)
        self.instrument = Instrument.declared_in("instrument.yaml", {"title": "Schools", "questions": questions})
        self.results = folder / "results"
        (self.results / WAVE).mkdir(parents=True)
        self.raw = read_export(folder / "responses.csv", name="responses.csv", format="csv")
        self._estimated()

    def _estimated(self) -> None:
        declared = self.settings.waves[WAVE]
        cleaned = clean_wave(
            self.raw,
            instrument=self.instrument,
            wave=WAVE,
            cleaning=self.settings.cleaning,
            roles=declared.columns,
            corrections=None,
        )
        codes, uncoded = (pd.DataFrame([], columns=names, dtype="str") for names in (CODES, UNCODED))
        place = self.results / WAVE
        write_raw(self.raw, place / "raw.parquet")
        write_tables(place, cleaned, codes, uncoded)
        made = estimate_wave(
            cleaned.clean,
            instrument=self.instrument,
            wave=WAVE,
            settings=self.settings.estimates,
            declared=declared,
            codes=codes,
            agreement=None,
            uncoded=uncoded,
            codebook=None,
            received=len(self.raw.cells),
            excluded=cleaned.excluded,
            changes=cleaned.changes,
        )
        write_estimates(made, place / "estimates.csv")
        self.estimates = read_estimates(place / "estimates.csv")

    def row(self, key: str) -> pd.Series:
        return self.estimates.set_index("key").loc[f"{WAVE}/{key}"]

    def written(self, template: str) -> Written:
        return write_paper(
            template,
            file="paper.md.j2",
            estimates=self.estimates,
            settings=self.settings,
            instrument=self.instrument,
            figures=Figures.declared_in("figures.yaml", {"figures": {}}),
            tables=Tables.declared_in("tables.yaml", {"tables": {}}),
            literals={},
            bibliography_keys=[],
            alt_texts={},
        )

    def text(self, template: str) -> str:
        """The numbers that a template prints, in their order."""
        return " | ".join(each["display"] for each in self.written(template).numbers["numbers"])

    def apart(self) -> Mapping[str, Any]:
        """Where SQL, from the files, comes to something else."""
        rows = self.estimates.astype(object).where(self.estimates.notna(), None).to_dict("records")
        found = recounted(
            rows,
            instrument=self.instrument,
            settings=self.settings,
            columns={WAVE: self.raw.columns},
            results=str(self.results),
        )
        by_key = {row["key"]: row for row in rows}
        differences = {
            key: differing(by_key[key], each, self.settings.estimates.round_to)
            for key, each in found.items()
            if not each.reason
        }
        return {key: columns for key, columns in differences.items() if columns}
