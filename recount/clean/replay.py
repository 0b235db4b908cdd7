"""The clean table once more, from the raw cells and the log alone: the log must account for every difference.

This module shares no reading with the stage. It knows only what docs/tables.md calls reading: a label, id or declared
value of a category, a plain number, an ISO date, text as it stands; blank is no answer; a question that was not asked
holds none.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from recount.clean.columns import RESPONDENT, ROW, clean_columns, columns_of, stored_questions, ticked_column
from recount.clean.universe import asked
from recount.ingest.raw import RawExport
from recount.study.instrument import NOT_TICKED, TICKED, Instrument, Question

_MARK = {"newline": "\n", "csv": ","}
_ISO = r"^(\d{4}-\d{2}-\d{2})(?:[T ]\S*)?$"
_UNREAD = "unread: "
_NONE = pd.DataFrame({"after": [], "rule": []}, dtype="str")
Log = Mapping[str, pd.DataFrame]


def replayed(
    raw: RawExport, changes: pd.DataFrame, excluded: pd.DataFrame, *, instrument: Instrument, wave: str
) -> pd.DataFrame:
    """Rebuild the clean table: leave the excluded rows out, read each cell plainly, put the log's values in its place.

    Values are text, as `as_texts` gives them for a clean table: ids, `true` and `false`, numbers, ISO dates; blank
    where there is none. A cell that only a rule could read, but that the log does not have, says so.
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


def _question(question: Question, raw: RawExport, cells: pd.DataFrame, log: Log, wave: str) -> dict[str, pd.Series]:
    if question.type != "multi":
        texts = _raw_texts(question, raw, cells, wave)
        return {question.id: _logged(_plain(question, raw, texts, wave), log.get(question.id))}
    if question.waves[wave].columns:
        return _ticks(question, raw, cells, log, wave)
    return _list(question, raw, cells, log, wave)


def _plain(question: Question, raw: RawExport, texts: pd.Series, wave: str) -> pd.Series:
    """The cells of a question with one value, read without any rule; what cannot be read so stays marked as unread."""
    if question.closed:
        read = texts.map(_meanings(question, raw, wave))
    elif question.type in ("number", "weight"):
        numbers = pd.to_numeric(texts, errors="coerce").astype(float)
        read = _as_text(numbers).where(numbers.notna())
    elif question.type == "date":
        read = texts.str.extract(_ISO, expand=False)
    else:
        read = texts.where(texts == texts.str.strip())
    return read.where(read.notna(), _UNREAD + texts).where(texts.str.strip() != "", "")


def _ticks(question: Question, raw: RawExport, cells: pd.DataFrame, log: Log, wave: str) -> dict[str, pd.Series]:
    """One column per category; a cell that says nothing is not ticked where another one says something."""
    ticked, says = {}, []
    for category, name in question.waves[wave].columns.items():
        texts = _texts_of(raw, cells, name)
        own = {text for text, meant in _meanings(question, raw, wave, category).items() if meant == category}
        words = texts.str.strip().str.lower()
        plain = pd.Series("false", index=cells.index).mask(texts.isin(own) | words.isin(TICKED), "true")
        plain = plain.where((plain == "true") | words.isin(NOT_TICKED), _UNREAD + texts)
        variable = ticked_column(question.id, category)
        entries = log.get(variable, _NONE)
        ticked[variable] = _logged(plain, entries)
        speaking = entries.index[~entries["rule"].isin(["missing text", "user missing"]) & (entries["after"] != "")]
        says.append(cells.index.isin(speaking) | ((words != "") & ~cells.index.isin(entries.index)))
    answered = np.any(says, axis=0)
    blank = pd.Series("", index=cells.index)
    return {name: ticked[name].where(answered, "") if name in ticked else blank for name in columns_of(question)}


def _list(question: Question, raw: RawExport, cells: pd.DataFrame, log: Log, wave: str) -> dict[str, pd.Series]:
    """All categories in one cell: plainly, texts of the categories with the separator between them."""
    known = _meanings(question, raw, wave)
    separator = question.waves[wave].separator or "csv"
    texts = _raw_texts(question, raw, cells, wave)
    read = {text: _parts(text, known, _MARK.get(separator, separator)) for text in texts.unique()}
    chosen = _logged(texts.map(read), log.get(question.id))
    offered = {category.id for category in question.offered_in(wave)}
    columns = {}
    for category in question.categories:
        said = {text: str(category.id in text.split(";")).lower() for text in chosen.unique()}
        ticked = chosen.map({text: text if text.startswith(_UNREAD) else value for text, value in said.items()})
        columns[ticked_column(question.id, category.id)] = ticked.where((chosen != "") & (category.id in offered), "")
    return columns


def _parts(text: str, known: Mapping[str, str], mark: str) -> str:
    """Take known texts off the left, the longest first."""
    quoted = {f'"{label.replace(chr(34), 2 * chr(34))}"': category for label, category in known.items()}
    options = {**known, **quoted}
    found = []
    rest = text.strip()
    while rest:
        fitting = [option for option in options if rest == option or rest.startswith(option + mark)]
        if not fitting:
            return _UNREAD + text
        taken = max(fitting, key=len)
        found.append(options[taken])
        rest = rest[len(taken) :].removeprefix(mark).strip()
    return ";".join(dict.fromkeys(found))


def _meanings(question: Question, raw: RawExport, wave: str, category: str = "") -> dict[str, str]:
    """What texts mean by the instrument, the wave's own first, then by the file's labels."""
    fielding = question.waves[wave]
    column = raw.named(fielding.columns[category] if category else fielding.column or "")
    offered = question.offered_in(wave)
    pairs = [(each.id, (each.label, *each.values)) for each in reversed(offered)]  # noqa: PD011 - a category's values
    declared = {text: category_id for category_id, texts in pairs for text in texts}
    known = {each.id: each.id for each in offered} | declared
    spelled = {text.casefold(): meant for text, meant in known.items()}
    labels = column.labels if column else {}
    coded = {code: spelled[label.casefold()] for code, label in labels.items() if label.casefold() in spelled}
    return known | coded | declared | dict(fielding.values)


def _raw_texts(question: Question, raw: RawExport, cells: pd.DataFrame, wave: str) -> pd.Series:
    return _texts_of(raw, cells, question.waves[wave].column or "")


def _texts_of(raw: RawExport, cells: pd.DataFrame, name: str) -> pd.Series:
    column = raw.named(name)
    texts: pd.Series = cells[column.name if column else name]
    return texts


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


def _as_text(column: pd.Series) -> pd.Series:
    if column.dtype == "boolean":
        return column.map({True: "true", False: "false"}).astype(object).fillna("")
    if column.dtype.kind == "M":
        days: pd.Series = column.dt.strftime("%Y-%m-%d").fillna("")
        return days
    if column.dtype.kind == "f":
        return column.map(_number)
    return column.astype(object).where(column.notna(), "")


def _number(value: float) -> str:
    return "" if np.isnan(value) else repr(float(value)).removesuffix(".0")
