"""All that the stages wrote of one wave, from the raw cells to the codes, side by side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recount.clean.columns import RESPONDENT, ROW, columns_of, stored_questions
from recount.clean.universe import asked
from recount.coding.answers import answer_hash
from recount.estimate import answers
from recount.ingest.raw import RawExport
from recount.study.instrument import Instrument, Question

Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]


def _no_other(wave: str) -> "WaveTables":
    raise KeyError(wave)


@dataclass(frozen=True, kw_only=True)
class WaveTables:
    """The tables of docs/tables.md for one wave.

    `codings` holds, by question and coder, the lines of the coders' files: respondent, answer_sha256, codes.
    `round_to` says that estimates are of rounded counts. `other` gives the tables of another wave, for estimates of two
    waves.
    """

    wave: str
    instrument: Instrument
    raw: RawExport
    clean: pd.DataFrame
    changes: pd.DataFrame
    excluded: pd.DataFrame
    codes: pd.DataFrame
    uncoded: pd.DataFrame
    codings: Mapping[str, Mapping[str, pd.DataFrame]] = field(default_factory=dict)
    round_to: int | None = None
    other: "Callable[[str], WaveTables]" = field(default=_no_other, repr=False)
    # A paper asks hundreds of times for the same few answers.
    _known: dict[tuple[str, ...], Flags] = field(default_factory=dict, repr=False)

    @cached_property
    def received(self) -> Rows:
        """The row numbers of all responses in the export."""
        rows: Rows = self.raw.cells[ROW].to_numpy().astype(np.int64)
        return rows

    @cached_property
    def kept(self) -> Rows:
        """The row numbers of the respondents, in the order of the clean table."""
        return self.clean[ROW].to_numpy(dtype=np.int64)

    @cached_property
    def asked(self) -> pd.DataFrame:
        """Who was asked what: a boolean column a question, a row a respondent."""
        return asked(self.clean, self.instrument, self.wave)

    @cached_property
    def respondents(self) -> pd.Index:
        """The respondents' names, in the order of the clean table."""
        return pd.Index(self.clean[RESPONDENT].astype("str"))

    @cached_property
    def exact_weights(self) -> list[Fraction]:
        """The respondents' weights as fractions, whose sums are exact; 1 for each where the wave has none."""
        given = answers.weights(self.clean, self.instrument, self.wave)
        return [Fraction(1)] * len(self.clean) if given is None else [Fraction(each) for each in given.tolist()]

    def named(self, respondents: pd.Series) -> Flags:
        """Flag those of the clean table whose names are listed."""
        flags: Flags = self.respondents.isin(respondents.astype("str"))
        return flags

    def question(self, question: str) -> Question:
        """Give a question of the instrument."""
        return self.instrument.by_id[question]

    def given(self, question: str) -> Flags:
        """Flag those who gave any answer at all."""
        return self.once(("given", question), lambda: self._given(self.question(question)))

    def chosen(self, question: str, category: str) -> Flags:
        """Flag those who chose a category of a closed question."""
        return self.once(("chosen", question, category), lambda: self._chosen(self.question(question), category))

    def _given(self, question: Question) -> Flags:
        if question.type == "multi":
            return answers.ticked(self.clean, question, self.wave)[1]
        if question.type in ("text", "id"):
            return answers.written(self.clean, question)
        flags: Flags = self.clean[question.id].notna().to_numpy(dtype=np.bool_)
        return flags

    def _chosen(self, question: Question, category: str) -> Flags:
        if question.type == "multi":
            ticks = answers.ticked(self.clean, question, self.wave)[0]
            return ticks.get(category, np.zeros(len(self.clean), dtype=np.bool_))
        flags: Flags = (self.clean[question.id] == category).to_numpy(dtype=np.bool_, na_value=False)
        return flags

    def once(self, name: tuple[str, ...], find: Callable[[], Flags]) -> Flags:
        """Give the flags of that name, which are found when they are first asked for."""
        if name not in self._known:
            self._known[name] = find()
        return self._known[name]

    def clean_columns(self, question: str) -> tuple[str, ...]:
        """Name the columns of the clean table that hold a question's answers."""
        found = self.question(question)
        return columns_of(found) if found in stored_questions(self.instrument, self.wave) else (RESPONDENT,)

    def export_columns(self, question: str, categories: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Name the columns of the export that hold a question's answers, or those of some of its categories.

        A question that stands in one column has that one for all its categories.
        """
        fielding = self.question(question).waves[self.wave]
        named = [fielding.column] if fielding.column else list(fielding.columns.values())
        if fielding.columns and any(each in fielding.columns for each in categories):
            named = [fielding.columns[each] for each in categories if each in fielding.columns]
        found = [(name, self.raw.named(name)) for name in named if name]
        return tuple(column.name if column else name for name, column in found)

    def coders(self, question: str) -> dict[str, Flags]:
        """Flag, for each coder's file, the respondents whose answer of today it codes."""
        sheets = sorted(self.codings.get(question, {}).items())
        return {
            coder: self.once(("coder", question, coder), partial(self._coded, question, lines))
            for coder, lines in sheets
        }

    def _coded(self, question: str, lines: pd.DataFrame) -> Flags:
        given = zip(self.respondents, self.clean[question], strict=True)
        hashes = {name: answer_hash(str(answer)) for name, answer in given if not pd.isna(answer)}
        filled = lines[lines["codes"].str.strip() != ""]
        named = zip(filled[RESPONDENT].astype("str"), filled["answer_sha256"], strict=True)
        return self.named(pd.Series([name for name, digest in named if hashes.get(name) == digest], dtype="str"))
