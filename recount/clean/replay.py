"""The clean table once more, from the raw cells and the log alone: the log must account for every difference.

This module shares no reading with the stage. It knows only what docs/tables.md calls reading: a label, id or declared
value of a category, a plain number, an ISO date, text as it stands; blank is no answer; a question that was not asked
holds none.
"""

from collections.abc import Mapping
from typing import cast

import numpy as np
import pandas as pd

from recount.clean.columns import RESPONDENT, ROW, clean_columns, columns_of, stored_questions, ticked_column
from recount.clean.universe import asked
from recount.ingest.raw import RawExport
from recount.study.instrument import TICKED, Instrument, Question

_MARK = {"newline": "\n", "csv": ","}
Log = Mapping[str, pd.DataFrame]


def replayed(
    raw: RawExport, changes: pd.DataFrame, excluded: pd.DataFrame, *, instrument: Instrument, wave: str
) -> pd.DataFrame:
    """Rebuild the clean table: leave the excluded rows out, read each cell plainly, put the log's values in its place.

    Values are text, as `as_texts` gives them for a clean table: ids, `true` and `false`, numbers, ISO dates; blank where
    there is none.
    """
    cells = raw.cells.to_pandas().set_index(ROW).fillna("")
    cells = cells.loc[~cells.index.isin(excluded[ROW])]
    log = {str(name): part.set_index(ROW) for name, part in changes.groupby("variable")}
    columns: dict[str, pd.Series] = {}
    for question in stored_questions(instrument, wave):
        columns |= _question(question, raw, cells, log, wave)
    identity = instrument.of_type("id", wave)
    if identity is None:
        names = pd.Series([f"row-{row}" for row in cells.index], index=cells.index, dtype="str")
    else:
        names = _logged(_raw_texts(identity, raw, cells, wave), log.get(RESPONDENT))
    rows = cells.index.astype(str)
    frame = pd.DataFrame({RESPONDENT: names, ROW: rows, **columns}, index=cells.index).astype("str")
    return _only_asked(frame, instrument, wave)[list(clean_columns(instrument, wave))].reset_index(drop=True)


def as_texts(clean: pd.DataFrame) -> pd.DataFrame:
    """Give a clean table as text, to be compared with `replayed`."""
    return pd.DataFrame({str(name): _as_text(clean[name]) for name in clean.columns}).astype("str")


def _question(
    question: Question, raw: RawExport, cells: pd.DataFrame, log: Log, wave: str
) -> dict[str, pd.Series]:
    if question.type != "multi":
        texts = _raw_texts(question, raw, cells, wave)
        return {question.id: _logged(_plain(question, raw, texts, wave), log.get(question.id))}
    if question.waves[wave].columns:
        return _ticks(question, raw, cells, log, wave)
    return _list(question, raw, cells, log, wave)


def _plain(question: Question, raw: RawExport, texts: pd.Series, wave: str) -> pd.Series:
    """The cells of a question with one value, read without any rule."""
    if question.closed:
        return texts.map(_meanings(question, raw, wave)).fillna("")
    if question.type in ("number", "weight"):
        return _as_text(pd.to_numeric(texts.str.strip(), errors="coerce").astype(float))
    return texts.str.strip().str.slice(0, 10) if question.type == "date" else texts.where(texts.str.strip() != "", "")


def _ticks(question: Question, raw: RawExport, cells: pd.DataFrame, log: Log, wave: str) -> dict[str, pd.Series]:
    """One column per category: what is blank, or logged as saying nothing, is not ticked if another column says something."""
    ticked, says = {}, []
    for category, name in question.waves[wave].columns.items():
        column = raw.named(name)
        texts = cells[column.name if column else name]
        own = {text for text, meant in _meanings(question, raw, wave, category).items() if meant == category}
        plain = texts.isin(own) | texts.str.strip().str.lower().isin(TICKED)
        variable = ticked_column(question.id, category)
        entries = log.get(variable)
        ticked[variable] = _logged(pd.Series(np.where(plain, "true", "false"), index=cells.index), entries)
        silent = entries is not None and cells.index.isin(entries.index)
        spoken = entries is not None and cells.index.isin(entries.index[_speaks(entries)])
        says.append(np.where(silent, spoken, texts.str.strip() != ""))
    answered = np.any(says, axis=0)
    return {
        name: ticked[name].where(answered, "") if name in ticked else pd.Series("", index=cells.index)
        for name in columns_of(question)
    }


def _speaks(entries: pd.DataFrame) -> pd.Series:
    """Whether a cell of the log says something, be it that the option was not ticked."""
    return ~entries["rule"].isin(["missing text", "user missing"]) & (entries["after"] != "")


def _list(question: Question, raw: RawExport, cells: pd.DataFrame, log: Log, wave: str) -> dict[str, pd.Series]:
    """All categories in one cell: plainly, texts of the categories with the separator between them."""
    known = _meanings(question, raw, wave)
    separator = question.waves[wave].separator or "csv"
    mark = _MARK.get(separator, separator)
    texts = _raw_texts(question, raw, cells, wave)
    read = {text: _joined(_parts(text, known, mark)) for text in texts.unique()}
    chosen = _logged(texts.map(read), log.get(question.id))
    offered = {category.id for category in question.offered_in(wave)}
    columns = {}
    for category in question.categories:
        ticked = chosen.map({text: str(category.id in text.split(";")).lower() for text in chosen.unique()})
        columns[ticked_column(question.id, category.id)] = ticked.where(
            (chosen != "") & (category.id in offered), ""
        )
    return columns


def _parts(text: str, known: Mapping[str, str], mark: str) -> list[str]:
    """Take known texts off the left, the longest first."""
    found = []
    rest = text.strip()
    while rest:
        quoted = {f'"{label.replace(chr(34), 2 * chr(34))}"': category for label, category in known.items()}
        fitting = [each for each in (known | quoted) if rest == each or rest.startswith(each + mark)]
        if not fitting:
            return []
        taken = max(fitting, key=len)
        found.append((known | quoted)[taken])
        rest = rest[len(taken) :].removeprefix(mark).strip()
    return found


def _joined(categories: list[str]) -> str:
    return ";".join(dict.fromkeys(categories))


def _meanings(question: Question, raw: RawExport, wave: str, category: str = "") -> dict[str, str]:
    """What texts mean by the instrument, the wave's own first, then by the file's labels."""
    fielding = question.waves[wave]
    column = raw.named(fielding.columns[category] if category else fielding.column or "")
    offered = question.offered_in(wave)
    declared = {text: each.id for each in reversed(offered) for text in (each.label, *each.values)}
    by_id = {each.id: each.id for each in offered}
    known = by_id | declared
    spelled = {text.casefold(): meant for text, meant in known.items()}
    labels = column.labels if column else {}
    coded = {code: spelled[label.casefold()] for code, label in labels.items() if label.casefold() in spelled}
    return by_id | coded | declared | dict(fielding.values)


def _raw_texts(question: Question, raw: RawExport, cells: pd.DataFrame, wave: str) -> pd.Series:
    name = question.waves[wave].column or ""
    column = raw.named(name)
    return cast("pd.Series", cells[column.name if column else name])


def _logged(plain: pd.Series, entries: pd.DataFrame | None) -> pd.Series:
    """The plain reading, with the values of the log where it has an entry."""
    if entries is None:
        return plain
    standing = entries.loc[entries.index.isin(plain.index), "after"]
    replaced = plain.astype("str").copy()
    replaced.loc[standing.index] = standing
    return replaced


def _only_asked(frame: pd.DataFrame, instrument: Instrument, wave: str) -> pd.DataFrame:
    typed = frame.copy()
    for question in stored_questions(instrument, wave):
        if question.type == "multi":
            for name in columns_of(question):
                typed[name] = (frame[name] == "true").astype("boolean")
    who = asked(typed, instrument, wave)
    for question in stored_questions(instrument, wave):
        for name in columns_of(question):
            frame[name] = frame[name].where(who[question.id], "")
    return frame


def _as_text(values: pd.Series) -> pd.Series:
    if values.dtype == "boolean":
        return values.map({True: "true", False: "false"}).astype(object).fillna("")
    if values.dtype.kind == "M":
        return values.dt.strftime("%Y-%m-%d").fillna("")
    if values.dtype.kind == "f":
        return values.map(lambda value: "" if np.isnan(value) else repr(float(value)).removesuffix(".0"))
    return values.astype(object).where(values.notna(), "")
