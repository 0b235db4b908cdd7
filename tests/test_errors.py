"""How a person is told what is wrong."""

import errno
from pathlib import Path

import pytest

from recount.errors import Finding, StudyError, reported


def test_a_mistake_in_a_study_is_told_and_logged_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped, reported(tmp_path / "log", code=2):
        raise StudyError(Finding(problem="this key is not known", file="config.yaml", key="titel"))
    assert stopped.value.code == 2
    assert capsys.readouterr().err == "config.yaml, titel: this key is not known\n"
    assert (tmp_path / "log").read_text(encoding="utf-8") == "config.yaml, titel: this key is not known\n"


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "no space is left on this disk\n    next: make room, then snakemake --cores 4"),
        (errno.EROFS, "this cannot be written: the disk is read-only"),
        (errno.EACCES, "this cannot be written or read: permission is denied"),
    ],
)
def test_a_disk_that_takes_no_more_is_told_with_the_file_even_where_the_log_has_no_room(
    capsys: pytest.CaptureFixture[str], number: int, told: str
) -> None:
    with pytest.raises(SystemExit), reported("/nowhere/at/all/log"):
        raise OSError(number, "refused", "results/estimates.csv")
    assert capsys.readouterr().err.startswith(f"results/estimates.csv: {told}")


def test_a_mistake_of_ours_stays_a_traceback() -> None:
    with pytest.raises(FileNotFoundError), reported():
        Path("/nowhere/at/all").read_text(encoding="utf-8")
    with pytest.raises(KeyError), reported():
        raise KeyError("ours")
