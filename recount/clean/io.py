"""The stage's files: corrections that people write, and the tables that it writes."""

import csv
import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from recount.building import build
from recount.clean.clean import Cleaned
from recount.clean.closed import category_type
from recount.clean.columns import clean_columns, columns_of, stored_questions
from recount.clean.corrections import EXCLUDE, HEADER, WHOLE
from recount.clean.frame import text_series
from recount.clean.pieces import Pieces
from recount.clean.values import arrow_of
from recount.errors import AnswersError, Finding
from recount.ingest.guard import guarded_table, unguarded_table
from recount.study.instrument import Instrument

PIECE = 1 << 16
# So many respondents of a large wave are looked at together: what is made of them stays under a gigabyte.
ROWS_OF_A_PIECE = 1 << 18
_SPREADSHEET = 100_000_000  # longer than any cell; the default of csv is shorter than an answer can be


class Outputs(Protocol):
    """Where the tables go: clean.parquet, clean.csv, changes.csv, excluded.csv."""

    clean: str
    table: str
    changes: str
    excluded: str


def read_corrections(path: str | Path) -> pd.DataFrame:
    """Read data/corrections/WAVE.csv as text, with `line`, the row of the file; a missing file has no corrections.

    Raise `AnswersError` with every row that is not filled in.
    """
    file = Path(path)
    if not file.exists():
        return _frame([])
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnswersError(
            Finding(problem=f"this file is not UTF-8: {error.reason}", file=str(path), mend="save it as CSV UTF-8")
        ) from None
    csv.field_size_limit(_SPREADSHEET)
    header, *records = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))) or [[]]
    names = [name.strip() for name in header]
    if names != list(HEADER):
        raise AnswersError(
            Finding(
                problem="the header is not that of a file of corrections",
                file=str(path),
                row=1,
                value=",".join(names),
                expected=",".join(HEADER),
            )
        )
    filled = [(line, record) for line, record in enumerate(records, start=2) if any(cell.strip() for cell in record)]
    findings = [finding for line, record in filled for finding in _faults(str(path), line, record)]
    if findings:
        raise AnswersError(*findings)
    return _frame(filled)


def write_cleaned(cleaned: Cleaned, outputs: Outputs) -> None:
    """Write the tables, to the byte the same for the same content; two at a time, since neither needs the other."""
    clean = _table(cleaned.clean)
    with ThreadPoolExecutor(2) as both:
        written = [
            both.submit(pq.write_table, clean, outputs.clean, compression="zstd"),
            both.submit(_write_csv, clean, outputs.table),
            both.submit(_write_csv, _table(cleaned.changes), outputs.changes),
            both.submit(_write_csv, _table(cleaned.excluded), outputs.excluded),
        ]
    for each in written:
        each.result()


def read_clean(path: str | Path, instrument: Instrument, wave: str) -> pd.DataFrame:
    """Read clean.parquet with the types that `clean_wave` gave it.

    Raise `AnswersError` where the file was written for another instrument.
    """
    _check_columns(path, instrument, wave)
    return _typed(pq.read_table(path), instrument, wave)


def read_pieces(path: str | Path, instrument: Instrument, wave: str, rows: int = ROWS_OF_A_PIECE) -> Pieces:
    """Read clean.parquet so many rows at a time, and only the columns that are asked for.

    Raise `AnswersError` where the file was written for another instrument.
    """
    _check_columns(path, instrument, wave)
    metadata = pq.read_metadata(path)

    def read(columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        for group in range(metadata.num_row_groups):
            # A file that stays open keeps what it has read of every group.
            with pq.ParquetFile(path, metadata=metadata) as file:
                for batch in file.iter_batches(rows, row_groups=[group], columns=list(columns)):
                    yield _typed(pa.Table.from_batches([batch]), instrument, wave)

    return Pieces(metadata.num_rows, read)


def _check_columns(path: str | Path, instrument: Instrument, wave: str) -> None:
    found, expected = pq.read_schema(path).names, clean_columns(instrument, wave)
    if tuple(found) != expected:
        differing = sorted(set(found) ^ set(expected)) or ["their order"]
        raise AnswersError(
            Finding(
                problem="the clean table was written for another instrument",
                file=str(path),
                expected="the same columns; these differ: " + ", ".join(differing),
                mend=build(),
            )
        )


def _typed(table: pa.Table, instrument: Instrument, wave: str) -> pd.DataFrame:
    types = {
        name: category_type(question)
        for question in stored_questions(instrument, wave)
        if question.closed and question.type != "multi"
        for name in columns_of(question)
    }
    return pd.DataFrame({name: _column(table[name], types.get(name)) for name in table.column_names}, copy=False)


def read_log(path: str | Path, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Read changes.csv or excluded.csv, or some columns: `row` as a number, all else as text, blank where empty."""
    with Path(path).open(encoding="utf-8", newline="") as lines:
        names = next(csv.reader(lines))
    types = {name: pa.int32() if name == "row" else pa.large_string() for name in names}
    table = arrow_csv.read_csv(
        path,
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=types, strings_can_be_null=False, include_columns=columns or names
        ),
    )
    frame: pd.DataFrame = unguarded_table(table).to_pandas()
    return frame


def _frame(records: list[tuple[int, list[str]]]) -> pd.DataFrame:
    frame = pd.DataFrame([record for _, record in records], columns=list(HEADER), dtype="str")
    return frame.assign(line=np.array([line for line, _ in records], dtype=np.int64), row=frame["row"].astype("int64"))


def _faults(file: str, line: int, record: list[str]) -> list[Finding]:
    if len(record) != len(HEADER):
        expected = f"{len(HEADER)} cells: " + ",".join(HEADER)
        return [Finding(problem="this row has another number of cells", file=file, row=line, expected=expected)]
    said = dict(zip(HEADER, record, strict=True))
    faults = []
    if not said["row"].strip().isascii() or not said["row"].strip().isdigit():
        expected = "the row that a spreadsheet shows for the raw file"
        faults.append(Finding(problem="this is no row", file=file, row=line, value=said["row"], expected=expected))
    faults += [
        Finding(problem=f"{name} is blank", file=file, row=line, key=name, expected=expected)
        for name, expected in {
            "column": f"a column of the export, or {WHOLE} with {EXCLUDE} to withdraw the response",
            "reason": "why the cell is corrected: it stands in the log of changes",
            "by": "who decided",
        }.items()
        if not said[name].strip()
    ]
    return faults


def _delimiter(text: str) -> str:
    """Spreadsheets of many countries write semicolons."""
    header = text.partition("\n")[0]
    return ";" if ";" in header and "," not in header else ","


def _table(frame: pd.DataFrame) -> pa.Table:
    return pa.table({str(name): arrow_of(frame[name]) for name in frame.columns})


def _write_csv(table: pa.Table, path: str) -> None:
    """Write RFC 4180 with LF: text in quotes, empty where null, and guarded against spreadsheets that would run it."""
    guarded = guarded_table(table)
    plain = pa.schema([(field.name, _plain(field.type)) for field in guarded.schema])
    with arrow_csv.CSVWriter(path, plain) as writer:
        # A piece at a time: texts in full take much more memory than the dictionaries of them.
        for start in range(0, len(guarded), PIECE):
            writer.write_table(guarded.slice(start, PIECE).cast(plain))


def _plain(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_dictionary(kind) else kind


def _column(column: pa.ChunkedArray, categories: pd.CategoricalDtype | None) -> object:
    """One column of the file, with its type in pandas."""
    if categories is not None:
        return pd.Categorical.from_codes(_codes(column, categories.categories.tolist()), dtype=categories)
    if pa.types.is_boolean(column.type):
        return pd.array(column.to_pandas(), dtype="boolean")
    if pa.types.is_string(column.type):
        return text_series(column)
    if pa.types.is_date(column.type):
        return column.cast(pa.timestamp("s")).to_numpy()
    return column.to_numpy()


def _codes(column: pa.ChunkedArray, known: list[str]) -> NDArray[np.int16]:
    """The place of each text among those known; -1 where there is none."""
    places = pa.array(known, pa.string())
    if not pa.types.is_dictionary(column.type):
        return np.asarray(pc.index_in(column, places).fill_null(-1), dtype=np.int16)
    found: list[NDArray[np.int16]] = [np.zeros(0, dtype=np.int16)]
    for chunk in column.chunks:
        of_text = pc.index_in(chunk.dictionary, places).fill_null(-1).to_pylist()
        codes: NDArray[np.int16] = np.array([*of_text, -1], dtype=np.int16)
        found.append(codes.take(chunk.indices.fill_null(len(of_text)).to_numpy()))
    return np.concatenate(found)
