from pathlib import Path

import pytest

from recount.errors import EstimateError
from recount.estimate.io import read_estimates
from recount.estimate.rows import COLUMNS


def test_a_table_of_another_version_of_recount_is_told_with_the_columns_that_it_lacks(tmp_path: Path) -> None:
    older = tmp_path / "estimates.csv"
    older.write_text(",".join(name for name in COLUMNS if name not in ("df", "deff")) + "\n", encoding="utf-8")
    with pytest.raises(EstimateError, match=r"another version of Recount wrote this table\n.*df, deff"):
        read_estimates(older)


def test_a_table_without_rows_is_read(tmp_path: Path) -> None:
    table = tmp_path / "estimates.csv"
    table.write_text(",".join(COLUMNS) + "\n", encoding="utf-8")
    assert read_estimates(table).empty
