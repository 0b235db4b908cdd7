"""The one form of every export: its cells as text, under the names of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from recount.errors import ExportError, Finding

# Characters that no eye sees and no question means: zero-width space, word joiner, byte order mark.
INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff")


@dataclass(frozen=True)
class Column:
    """One column of the export.

    `texts` are its header cells, top to bottom; `labels` maps codes to the labels that the file declares (SPSS, Stata);
    `missing` lists the codes that the file declares missing; `label` is the question as the file words it.
    """

    name: str
    texts: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class RawExport:
    """All cells of an export.

    `cells` has the column `row` (int32, the row in the file, the first header row being 1) and one string column for
    each of `columns`, in the file's order; a null is a cell that the file does not have. A column of texts may be a
    dictionary of them. `roles` names the platform's
    own columns: status, finished, duration, started, recorded, respondent, where the format has them.
    """

    cells: pa.Table
    columns: tuple[Column, ...]
    format: str
    encoding: str
    header: tuple[tuple[str, ...], ...]
    delimiter: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    file: str = ""

    def texts(self, name: str) -> pa.ChunkedArray:
        """Give the cells of a column, whether they are kept as texts or as a dictionary of them."""
        return self.cells[name].cast(pa.string())

    def column(self, name: str) -> Column:
        """Find a column by its name; raise KeyError where there is none."""
        return {column.name: column for column in self.columns}[name]

    def named(self, name: str) -> Column | None:
        """Find the column that an author means by a name; None where there is none.

        The name as it stands counts first; then the one column whose name is the same once `normalised`. Raise
        `ExportError` where several are: the author must write the name as the export does.
        """
        alike = [column for column in self.columns if normalised(column.name) == normalised(name)]
        exact = [column for column in alike if column.name == name]
        if exact or len(alike) == 1:
            return (exact or alike)[0]
        if not alike:
            return None
        raise ExportError(
            Finding(
                problem="several columns have this name but for their blanks",
                file=self.file,
                value=name,
                expected="one of " + ", ".join(repr(column.name) for column in alike),
                mend="write the column in the instrument exactly as the export does",
            )
        )


def normalised(name: str) -> str:
    """Give a column's name as people read it: every run of blanks (also non-breaking ones, line ends) as one space.

    Outer blanks and invisible characters are dropped; case and all else stay. Only for comparing: the column keeps the
    name that the file gives it.
    """
    return " ".join(name.translate(INVISIBLE).split())
