"""Sets of codes as numbers, so that decisions on many answers are compared at once."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recount.coding.patterns import Whole
from recount.coding.set_alpha import Members
from recount.study.codebook import NONE

UNDECIDED = -1


@dataclass(frozen=True)
class CodeSets:
    """The distinct sets of codes that people gave to the answers of one question.

    `members` (sets x codes) says which of `codes`, the codebook's and then `none`, are in a set; `numbers` gives the
    set that a cell of a coder's file means, UNDECIDED where it is blank. Cells that write the same set differently
    share its number.
    """

    codes: tuple[str, ...]
    members: Members
    numbers: dict[str, int]

    def numbered(self, cells: pd.Series) -> Whole:
        """Give the number of each cell's set."""
        return np.asarray(cells.map(self.numbers), dtype=np.int64)


def codes_in(cell: str) -> tuple[str, ...]:
    """Split a cell of codes at its semicolons."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def code_sets(cells: Iterable[pd.Series], codebook: Iterable[str]) -> CodeSets:
    """Number the sets of codes in columns of cells; each code must be in the codebook or `none`."""
    codes = (*codebook, NONE)
    place = {code: number for number, code in enumerate(codes)}
    written = {cell for column in cells for cell in column.unique()}
    meant = {cell: tuple(sorted({place[code] for code in codes_in(cell)})) for cell in written}
    # By their codes, so that their numbers do not depend on who wrote them first.
    found = {members: number for number, members in enumerate(sorted({*meant.values()} - {()}))}
    numbers = {cell: found.get(members, UNDECIDED) for cell, members in meant.items()}
    table = np.zeros((len(found), len(codes)), dtype=np.bool_)
    for members, number in found.items():
        table[number, list(members)] = True
    return CodeSets(codes, table, numbers)
