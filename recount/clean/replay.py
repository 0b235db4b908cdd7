"""The clean table once more, from the raw cells and the log alone: the log must account for every difference.

This module shares no reading with the stage. It knows only what docs/tables.md calls reading: a label, id or declared
value of a category, a plain number, an ISO date, text as it stands; blank is no answer; a question that was not asked
holds none. The labels of a file may be spelled otherwise than the instrument's, and say what its codes mean.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pandas as pd

from recount.clean.columns import RESPONDENT, ROW, clean_columns, columns_of, stored_questions, ticked_column
from recount.clean.universe import asked
from recount.ingest.raw import RawExport
from recount.study.instrument import NOT_TICKED, TICKED, Instrument, Question

_MARK = {"space": " ", "newline": "\n", "csv": ","}
_ISO = r"^(\d{4}-\d{2}-\d{2})(?:[T ]\S*)?$"
_UNREAD = "unread: "
# Signs without a shape, which nobody sees: a cell of nothing else is blank.
_SHAPELESS = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SHAPES = str.maketrans(dict.fromkeys("‘’‚‛`´′ʼ", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))
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
    written = _written_in(raw, instrument, wave)
    columns: dict[str, pd.Series] = {}
    for question in stored_questions(instrument, wave):
        columns |= _question(question, raw, cells, log, wave, written=written)
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
    question: Question, raw: RawExport, cells: pd.DataFrame, log: Log, wave: str, *, written: set[str]
) -> dict[str, pd.Series]:
    if question.type != "multi":
        texts = _raw_texts(question, raw, cells, wave)
        return {question.id: _logged(_plain(question, raw, texts, wave), log.get(question.id))}
    if question.waves[wave].columns:
        return _ticks(question, raw, cells, log, wave, written=written)
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
    seen = texts.str.strip() if question.type in ("text", "id") else texts.map(_seen)
    return read.where(read.notna(), _UNREAD + texts).where(seen != "", "")


def _ticks(
    question: Question, raw: RawExport, cells: pd.DataFrame, log: Log, wave: str, *, written: set[str]
) -> dict[str, pd.Series]:
    """One column per category; a cell that says nothing is not ticked where another one says something.

    In a column that a text question reads, too (`written`), any text ticks the category.
    """
    ticked, says = {}, []
    for category, name in question.waves[wave].columns.items():
        texts = _texts_of(raw, cells, name)
        own = {text for text, meant in _meanings(question, raw, wave, category).items() if meant == category}
        labels = _labels(raw, name)
        words = texts.map({text: labels.get(text, _seen(text)).lower() for text in texts.unique()})
        ticks = texts.isin(own) | words.isin(TICKED) | ((texts.name in written) & (words != ""))
        plain = pd.Series("false", index=cells.index).mask(ticks, "true")
        plain = plain.where(ticks | words.isin(NOT_TICKED), _UNREAD + texts)
        variable = ticked_column(question.id, category)
        entries = log.get(variable, _NONE)
        ticked[variable] = _logged(plain, entries)
        speaking = entries.index[~entries["rule"].isin(["missing text", "user missing"]) & (entries["after"] != "")]
        says.append(cells.index.isin(speaking) | ((words != "") & ~cells.index.isin(entries.index)))
    answered = np.any(says, axis=0)
    blank = pd.Series("", index=cells.index)
    return {name: ticked[name].where(answered, "") if name in ticked else blank for name in columns_of(question)}


def _labels(raw: RawExport, name: str) -> dict[str, str]:
    """What the file calls the codes of a column, in one spelling."""
    column = raw.named(name)
    return {code: _alike(label) for code, label in (column.labels if column else {}).items()}


def _written_in(raw: RawExport, instrument: Instrument, wave: str) -> set[str]:
    """The columns that text questions read."""
    names = [
        each for question in instrument.asked_in(wave) if question.type == "text" for each in question.columns_in(wave)
    ]
    return {column.name for column in map(raw.named, names) if column}


def _list(question: Question, raw: RawExport, cells: pd.DataFrame, log: Log, wave: str) -> dict[str, pd.Series]:
    """All categories in one cell: plainly, texts of the categories with the separator between them."""
    known = _meanings(question, raw, wave)
    separator = question.waves[wave].separator or "csv"
    texts = _raw_texts(question, raw, cells, wave)
    lines = {text: "\n".join(text.splitlines()) if separator == "newline" else text for text in texts.unique()}
    read = {text: _parts(lines[text], known, _MARK.get(separator, separator)) for text in lines}
    chosen = _logged(texts.map(read), log.get(question.id))
    offered = {category.id for category in question.offered_in(wave)}
    columns = {}
    for category in question.categories:
        said = {text: str(category.id in text.split(";")).lower() for text in chosen.unique()}
        ticked = chosen.map({text: text if text.startswith(_UNREAD) else value for text, value in said.items()})
        columns[ticked_column(question.id, category.id)] = ticked.where((chosen != "") & (category.id in offered), "")
    return columns


def _parts(text: str, known: Mapping[str, str], mark: str) -> str:
    """Take known texts off the left, the longest first; blanks around them, and marks without a text, are none."""
    quoted = {f'"{label.replace(chr(34), 2 * chr(34))}"': category for label, category in known.items()}
    options = {option.strip(): category for option, category in {**known, **quoted}.items() if option.strip()}
    found = []
    rest = _without_marks(text, mark) if _seen(text) else ""
    while rest:
        fitting = [option for option in options if rest.startswith(option) and _ends(rest[len(option) :], mark)]
        if not fitting:
            return _UNREAD + text
        taken = max(fitting, key=len)
        found.append(options[taken])
        rest = _without_marks(rest[len(taken) :], mark)
    return ";".join(dict.fromkeys(found))


def _ends(rest: str, mark: str) -> bool:
    """Whether an option ends here: the mark, or nothing, comes next."""
    behind = rest.lstrip()
    return not behind or behind.startswith(mark) or mark in rest[: len(rest) - len(behind)]


def _without_marks(rest: str, mark: str) -> str:
    rest = rest.strip()
    while rest.startswith(mark):
        rest = rest.removeprefix(mark).strip()
    return rest


def _meanings(question: Question, raw: RawExport, wave: str, category: str = "") -> dict[str, str]:
    """What texts mean by the instrument, the wave's own first, then by the file's labels."""
    fielding = question.waves[wave]
    column = raw.named(fielding.columns[category] if category else fielding.column or "")
    offered = question.offered_in(wave)
    pairs = [(each.id, (each.label, *each.values)) for each in reversed(offered)]  # noqa: PD011 - a category's values
    declared = {text: category_id for category_id, texts in pairs for text in texts}
    known = {each.id: each.id for each in offered} | declared
    spelled: dict[str, set[str]] = defaultdict(set)
    for text, meant in (known | declared | dict(fielding.values)).items():
        spelled[_alike(text)].add(meant)
    labels = column.labels if column else {}
    meant_by = {code: declared.get(label) or "".join(spelled[_alike(label)]) for code, label in labels.items()}
    coded = {code: meant for code, meant in meant_by.items() if meant in {each.id for each in question.categories}}
    return known | coded | declared | dict(fielding.values)


def _alike(text: str) -> str:
    """The form in which two spellings of a label are the same: case, blanks, shapes of quotation marks and dashes."""
    plain = unicodedata.normalize("NFKC", text.translate(_SHAPELESS).translate(_SHAPES)).translate(_SHAPES)
    return " ".join(plain.split()).casefold()


def _seen(text: str) -> str:
    """What of a text can be seen, with one blank between the words."""
    return " ".join(text.translate(_SHAPELESS).split())


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
