"""Reading what coders wrote, and writing and reading what the stage found.

Answers are strangers' text, and people open these tables in spreadsheets. So a cell of text that a spreadsheet could
run as a formula is written with an apostrophe in front (recount.ingest.guard), and every reader here takes it away
again. The hash, by which a decision is tied to an answer, is always of the true answer, without it. All text is quoted,
so that line ends within an answer stay there. The guard knows cells as the comma cuts them: import such a table as
comma-separated rather than let a spreadsheet guess.

What needs pandas is imported where it is used: rules list the coders' files each time that Snakemake reads them.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from recount.coding.files import coding_files, name_parts
from recount.errors import CodingError, Finding, nearest

if TYPE_CHECKING:
    import pandas as pd

    from recount.coding.code import Coded

__all__ = [
    "coding_files",
    "read_agreement",
    "read_coded",
    "read_codes",
    "read_codings",
    "read_quotable",
    "read_suggestions",
    "read_suggestions_quality",
    "read_uncoded",
    "write_coded",
    "write_text",
]

Codings = dict[str, dict[str, "pd.DataFrame"]]
Adjudications = dict[str, "pd.DataFrame"]


class CodedFiles(Protocol):
    """Where the three tables of a wave stand; the inputs or outputs of a rule are such."""

    codes: str
    agreement: str
    uncoded: str


def read_codings(folder: str | Path, wave: str, questions: Sequence[str]) -> tuple[Codings, Adjudications]:
    """Read all files of the wave's coders, by question and coder, and of its adjudicators, by question.

    Each table has the columns `file` and `row` besides its own, for messages. Raise `CodingError` with every finding:
    a file of another name or form. Codes and respondents are checked where codebook and answers are known, by
    `recount.coding.code.code_wave`.
    """
    from recount.coding.lines import ADJUDICATION
    from recount.coding.sheets import ADJUDICATION_HEADER, CODER_HEADER, SUGGESTED, VERSION, sheet

    codings: Codings = {}
    adjudications: Adjudications = {}
    findings: list[Finding] = []
    for path in coding_files(folder, wave):
        question, coder = name_parts(path) or ("", "")
        try:
            if question not in questions:
                findings.append(_not_a_coders_file(path, questions))
            elif coder == ADJUDICATION:
                adjudications[question] = sheet(path, ADJUDICATION_HEADER, optional=(VERSION,))
            else:
                codings.setdefault(question, {})[coder] = sheet(path, CODER_HEADER, optional=(SUGGESTED, VERSION))
        except CodingError as error:
            findings += error.findings
    if findings:
        raise CodingError(*findings)
    return codings, adjudications


def write_coded(coded: Coded, files: CodedFiles) -> None:
    """Write codes.csv, agreement.csv and uncoded.csv."""
    write_text(coded.codes, files.codes)
    write_text(coded.agreement, files.agreement)
    write_text(coded.uncoded, files.uncoded)


def read_coded(files: CodedFiles) -> Coded:
    """Read the three tables of a wave."""
    from recount.coding.code import Coded

    return Coded(read_codes(files.codes), read_agreement(files.agreement), read_uncoded(files.uncoded))


def read_codes(path: str | Path) -> pd.DataFrame:
    """Read codes.csv, all of it text."""
    return _read_text(path)


def read_uncoded(path: str | Path) -> pd.DataFrame:
    """Read uncoded.csv, all of it text, the answers as they were given."""
    return _read_text(path)


def read_agreement(path: str | Path) -> pd.DataFrame:
    """Read agreement.csv; what is not estimable is not a number, the question as a whole has the code ""."""
    import pandas as pd

    texts = ("question", "code", "statistic")
    return pd.read_csv(
        path,
        dtype={**dict.fromkeys(texts, "str"), "n": "int64"},
        keep_default_na=False,
        na_values={name: [""] for name in ("value", "se", "low", "high")},
        encoding="utf-8",
    )


def read_quotable(path: str | Path) -> pd.DataFrame:
    """Read quotable.csv: the raw row and the number of redactions as numbers, all else text."""
    return _read_text(path).astype(dict.fromkeys(("redactions", "row"), "int64"))


def read_suggestions(path: str | Path) -> pd.DataFrame:
    """Read suggestions.csv, all of it text."""
    return _read_text(path)


def read_suggestions_quality(path: str | Path) -> pd.DataFrame:
    """Read suggestions-quality.csv: counts as numbers, precision and recall as text, blank where there are none."""
    return _read_text(path).astype(dict.fromkeys(("n", "given", "suggested", "right"), "int64"))


def write_text(table: pd.DataFrame, path: str | Path) -> None:
    """Write a table as CSV that no spreadsheet runs, whole or not at all."""
    from recount.ingest.guard import guarded

    safe = table.copy()
    for name in [name for name in table if table[name].dtype == "str"]:
        safe[name] = guarded(table[name])
    partial = Path(path).with_suffix(".partial")
    safe.to_csv(partial, index=False, lineterminator="\n", encoding="utf-8", quoting=csv.QUOTE_NONNUMERIC)
    partial.replace(path)


def _read_text(path: str | Path) -> pd.DataFrame:
    import pandas as pd

    from recount.ingest.guard import unguarded

    table = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8")
    for name in table:
        table[name] = unguarded(table[name])
    return table


def _not_a_coders_file(path: Path, questions: Sequence[str]) -> Finding:
    parts = name_parts(path)
    return Finding(
        problem="the file belongs to no question that is coded in this wave",
        file=path.as_posix(),
        expected=nearest(parts[0], list(questions)) if parts else "QUESTION.CODER.csv or QUESTION.adjudication.csv",
        mend="set `coded: true` at its question in the instrument, rename it, or move it out of this folder",
    )
