"""Reading and writing estimates.csv."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from recount.building import build
from recount.clean.io import read_clean, read_pieces
from recount.clean.pieces import Pieces
from recount.coding.io import read_codes
from recount.errors import EstimateError, Finding
from recount.estimate.coded import Coding
from recount.estimate.composition import Answered
from recount.estimate.pieces import adds_up
from recount.estimate.rows import COLUMNS, NUMBERS, typed
from recount.ingest.guard import guarded
from recount.study.codebook import Codebook
from recount.study.instrument import Instrument
from recount.study.settings import Wave

# So many respondents are read at once; the sums of pieces differ from theirs in the last digit.
AT_ONCE = 1_000_000


def write_estimates(frame: pd.DataFrame, path: str | Path) -> None:
    """Write the table; each number with as many digits as bring the same number back."""
    frame[list(COLUMNS)].to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def read_estimates(path: str | Path) -> pd.DataFrame:
    """Read the table; a text that is not there is "", a number that is not there is missing.

    Raise `EstimateError` where it lacks columns: another version of Recount wrote it.
    """
    frame = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    if lacking := [name for name in COLUMNS if name not in frame.columns]:
        raise EstimateError(
            Finding(
                problem="another version of Recount wrote this table",
                file=Path(path).as_posix(),
                expected=f"columns {', '.join(lacking)}, too",
                mend=f"build it again: {build()}",
            )
        )
    # Python's own reading of a number is exact; that of a CSV reader may be off by the last digit.
    numbers = {name: frame[name].where(frame[name] != "", "nan").astype(object).astype("float64") for name in NUMBERS}
    return typed(frame.assign(**numbers))


def read_respondents(path: str | Path, instrument: Instrument, wave: str, declared: Wave) -> pd.DataFrame | Pieces:
    """Read clean.parquet; in pieces where it has more than a million respondents and their counts add up."""
    pieces = read_pieces(path, instrument, wave)
    large = pieces.rows > AT_ONCE and adds_up(instrument, wave, declared)
    return pieces if large else read_clean(path, instrument, wave)


def read_answered(
    clean: str | Path, codes: str | Path, *, wave: str, instrument: Instrument, codebook: Codebook | None
) -> Answered:
    """Read the responses of one wave and their codes."""
    coding = Coding(codes=read_codes(codes), agreement=None, uncoded=None, codebook=codebook)
    return Answered(wave=wave, clean=read_clean(clean, instrument, wave), coding=coding)


def write_published(table: pd.DataFrame, path: str | Path) -> None:
    """Write published.csv; what people wrote is guarded against spreadsheets."""
    texts = {name: guarded(table[name]) for name in ("statement", "why", "source", "reference", "note")}
    table.assign(**texts).to_csv(path, index=False, lineterminator="\n", encoding="utf-8")


def join_estimates(paths: Sequence[str | Path], path: str | Path) -> None:
    """Put the tables of several waves one below the other, byte for byte; raise `EstimateError` for other columns."""
    header = ",".join(COLUMNS) + "\n"
    texts = [Path(each).read_bytes().decode("utf-8") for each in paths]
    wrong = [each for each, text in zip(paths, texts, strict=True) if not text.startswith(header)]
    if wrong:
        raise EstimateError(
            *(
                Finding(
                    problem="these are not the columns of a table of estimates",
                    file=str(each),
                    row=1,
                    expected=header.strip(),
                    mend=f"remove the file, then {build()}",
                )
                for each in wrong
            )
        )
    Path(path).write_bytes((header + "".join(text.removeprefix(header) for text in texts)).encode("utf-8"))
