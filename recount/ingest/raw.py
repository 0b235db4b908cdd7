"""The one form of every export: its cells as text, under the names of its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa


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
    each of `columns`, in the file's order; a null is a cell that the file does not have. `roles` names the platform's
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

    def column(self, name: str) -> Column:
        """Find a column by its name; raise KeyError where there is none."""
        return {column.name: column for column in self.columns}[name]
