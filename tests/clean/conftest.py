import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from recount.clean.clean import Cleaned, clean_wave
from recount.ingest.raw import Column, RawExport
from recount.study.instrument import Instrument
from recount.study.settings import Cleaning, Roles

ROOT = Path(__file__).parents[2]
WAVE = "2020"

Changed = Callable[[Cleaned], list[tuple[Any, ...]]]


class Study:
    """A one-wave study made by hand: an export of texts, and the questions that read it."""

    def export(
        self, texts: Mapping[str, list[str | None]], *, about: Mapping[str, Column] | None = None, **more: Any
    ) -> RawExport:
        count = len(next(iter(texts.values())))
        cells = {"row": pa.array(range(2, count + 2), pa.int32())}
        cells |= {name: pa.array(column, pa.string()) for name, column in texts.items()}
        columns = tuple((about or {}).get(name, Column(name, (name,))) for name in texts)
        names = tuple(column.name for column in columns)
        settings = {"format": "csv", "file": "export.csv", **more}
        return RawExport(pa.table(cells), columns, encoding="utf-8", header=(names,), **settings)

    def instrument(self, *questions: dict[str, Any], **more: Any) -> Instrument:
        filled = [{"label": each["id"], "text": each["id"], **each} for each in questions]
        for each in filled:
            each.setdefault("waves", {WAVE: {"column": each["id"]}})
        return Instrument.declared_in("instrument.yaml", {"title": "A survey", "questions": filled, **more})

    def clean(
        self,
        texts: Mapping[str, list[str | None]] | RawExport,
        *questions: dict[str, Any],
        cleaning: Mapping[str, Any] | None = None,
        corrections: pd.DataFrame | None = None,
        roles: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Cleaned:
        return clean_wave(
            texts if isinstance(texts, RawExport) else self.export(texts),
            instrument=self.instrument(*questions, **more),
            wave=WAVE,
            cleaning=Cleaning(**(cleaning or {})),
            roles=Roles(**(roles or {})),
            corrections=corrections,
        )


@pytest.fixture(scope="session")
def study() -> Study:
    return Study()


@pytest.fixture(scope="session")
def changed() -> Changed:
    """The log without its reasons: row, variable, before, after, rule."""

    def listed(cleaned: Cleaned) -> list[tuple[Any, ...]]:
        return list(cleaned.changes[["row", "variable", "before", "after", "rule"]].itertuples(index=False, name=None))

    return listed


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of other people's surveys; tests that need a file of it skip where it is not there."""
    return Path(os.environ.get("RECOUNT_DATA", ROOT / ".." / "shared" / "data")).resolve()
