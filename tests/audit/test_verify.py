"""What a disagreement looks like: planted in the ledger, in the clean table, in a file, and told."""

import csv
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console
from typer.testing import CliRunner

from recount.audit.calculated import calculated, reason_not_calculated
from recount.audit.differing import difference
from recount.audit.disagreements import disagreements
from recount.audit.rebuild import outputs, rebuild, rebuild_findings
from recount.audit.recounted import Recounted
from recount.audit.replays import replay_findings
from recount.audit.verified import DISAGREES, NOT_RUN, PROVED, Outcome, house_of, table, told
from recount.audit.verify import Proof
from recount.cli import app
from recount.errors import AuditError, Finding
from recount.study.settings import Estimation, Settings
from tests.audit.hand_built import tables
from tests.audit.waves import WAVE

KEY = "2020/office/share/yes"
ROW = {
    "wave": WAVE,
    "question": "office",
    "statistic": "share",
    "category": "yes",
    "group": "",
    "level": "",
    "value": 36 / 42,
    "n": 36.0,
    "base": 42.0,
    "weighted_n": 36.0,
    "weighted_base": 42.0,
    "hidden": "",
}
FOUND = {KEY: Recounted(KEY, {"n": 36.0, "base": 42.0, "value": 36 / 42})}
ESTIMATE = {"kind": "estimate", "key": KEY, "value": 0.857142857143, "unit": "share"}


def operation(name: str, *of: dict[str, Any], value: float | None = None) -> dict[str, Any]:
    return {"kind": "operation", "name": name, "value": value, "of": list(of)}


def constant(value: float) -> dict[str, Any]:
    return {"kind": "constant", "value": value}


def number(trace: dict[str, Any], value: float | None, **more: Any) -> dict[str, Any]:
    place = {"file": "report/paper.md.j2", "line": 8, "sentence": "Most have an office (86%).", "display": "86%"}
    return {"id": "n-3", "keys": [KEY], "formula": KEY, "trace": trace, "value": value, **place, **more}


def ledger(**changes: Any) -> dict[str, Any]:
    return {"estimates": {KEY: {**ROW, **changes}}, "numbers": [number(ESTIMATE, 0.857142857143)]}


def test_what_agrees_is_not_told() -> None:
    assert list(disagreements(ledger(), FOUND, Estimation(minimum_base=5))) == []


@pytest.mark.parametrize(
    ("changes", "got", "exp"),
    [
        ({"value": 0.9}, "value 0.9", "value 0.857142857143"),
        ({"value": None}, "value none", "value 0.857142857143"),
        ({"n": 37.0}, "n 37", "n 36"),
        ({"base": 41.0, "weighted_base": 41.0}, "base 41, weighted_base 41", "base 42, weighted_base 42"),
        ({"value": 36 / 42 + 2e-9}, "value 0.857142859143", "value 0.857142857143"),
    ],
)
def test_an_edited_estimate_is_told_with_key_both_values_and_its_sentence(
    changes: dict[str, Any], got: str, exp: str
) -> None:
    (found,) = disagreements(ledger(**changes), FOUND, Estimation(minimum_base=5))
    assert (found.file, found.row, found.key, found.value, found.expected) == ("report/paper.md.j2", 8, KEY, got, exp)
    assert 'in "Most have an office (86%)."' in found.problem
    assert found.mend == "recount verify --sql 2020/office/share/yes"


def test_an_estimate_under_anothers_key_is_told() -> None:
    (found,) = disagreements(
        {**ledger(), "estimates": {"2020/office/share/no": ROW}}, FOUND, Estimation(minimum_base=5)
    )
    assert (found.key, found.value) == ("2020/office/share/no", KEY)


def test_of_a_hidden_estimate_the_base_is_compared_and_nothing_else() -> None:
    hidden = {"value": None, "n": None, "weighted_n": None, "hidden": "base under 50"}
    assert list(disagreements(ledger(**hidden), FOUND, Estimation(minimum_base=50))) == []
    (found,) = disagreements(ledger(**hidden, base=3.0), FOUND, Estimation(minimum_base=50))
    assert (found.value, found.expected) == ("base 3", "base 42")


def test_an_estimate_of_too_few_respondents_must_not_be_shown() -> None:
    (found,) = disagreements(ledger(), FOUND, Estimation(minimum_base=50))
    assert found.problem.startswith("this is shown of too few respondents")
    assert (found.value, found.expected) == ("base 42", "hidden, as estimates.minimum_base is 50")


def test_an_estimate_of_too_small_a_cell_must_not_be_shown() -> None:
    (found,) = disagreements(ledger(), FOUND, Estimation(minimum_cell=37))
    assert (found.value, found.expected) == ("n 36", "hidden, as estimates.minimum_cell is 37")
    assert list(disagreements(ledger(), FOUND, Estimation(minimum_cell=36))) == []


AMOUNTS = {"base": 4, "n": 4, "value": 5.0, "amounts": 20.0, "first": 9.0, "two": 18.0, "largest": 18.0}


@pytest.mark.parametrize(
    ("statistic", "rules", "exp"),
    [
        ("mean", {"dominance": {"largest": 2, "percent": 85}}, "hidden, as estimates.dominance is 85 percent"),
        ("median", {"p_percent": 23}, "hidden, as estimates.p_percent is 23"),
        ("maximum", {"p_percent": 5}, "hidden, as a rule of dominance is declared"),
    ],
)
def test_a_mean_that_few_dominate_must_not_be_shown(statistic: str, rules: dict[str, Any], exp: str) -> None:
    key = f"2020/staff/{statistic}"
    shown = {**ROW, "question": "staff", "statistic": statistic, "category": "", "n": 4, "base": 4, "value": 5.0}
    shown |= {"weighted_n": 4, "weighted_base": 4}
    found = {key: Recounted(key, AMOUNTS)}
    made = {**ledger(), "numbers": [], "estimates": {key: shown}}
    (told,) = disagreements(made, found, Estimation(minimum_base=1, **rules))
    assert (told.key, told.expected) == (key, exp)
    assert list(disagreements(made, found, Estimation(minimum_base=1))) == []


def test_an_edited_number_is_held_against_what_its_trace_gives() -> None:
    made = {**ledger(), "numbers": [number(operation("-", constant(1), ESTIMATE), 0.2, id="n-7", display="20%")]}
    (found,) = disagreements(made, FOUND, Estimation(minimum_base=5))
    assert (found.key, found.value, found.expected) == (f"n-7, {KEY}", "20%, of 0.2", "0.142857142857")
    assert found.mend == "recount trace n-7"


@pytest.mark.parametrize(
    ("trace", "exp"),
    [
        (operation("base of", ESTIMATE), 42),
        (operation("base of", operation("ranked", constant(1), ESTIMATE, constant(0.1))), 42),
        (operation("ranked", constant(2), ESTIMATE, constant(0.9)), 36 / 42),
        (operation("*", ESTIMATE, operation("total", constant(2), constant(5))), 6),
        (operation("average", constant(1), constant(2)), 1.5),
        (operation("absolute", operation("negative", constant(3))), 3),
        (operation("largest", constant(3), constant(4)), 4),
        (operation("/", constant(3), constant(4)), 0.75),
        (operation("/", constant(3), constant(0)), None),
        (operation("year of", constant(18261)), 2019),
        (operation("round half up", constant(0.285), constant(2), value=0.29), 0.29),
        (operation("round half even", constant(0.285), constant(2), value=0.28), 0.28),
        (operation("round half up", constant(0.285), constant(2), value=0.3), 0.28),
        (operation("weighed", ESTIMATE, value=1), None),
        (operation("-", ESTIMATE, {"kind": "estimate", "key": "2020/why/kappa", "value": 0.7}), None),
        ({"kind": "declared", "file": "config.yaml", "key": "x", "value": 5.0}, 5),
    ],
)
def test_a_trace_is_calculated_again(trace: dict[str, Any], exp: float | None) -> None:
    assert calculated(trace, FOUND) == (None if exp is None else pytest.approx(exp))


@pytest.mark.parametrize(
    ("trace", "exp"),
    [
        (ESTIMATE, ""),
        (operation("p of a difference", ESTIMATE, value=0.03), "the operation 'p of a difference' is not made again"),
        (operation("negative", {"kind": "estimate", "key": "2020/why/kappa"}, value=-0.7), "they rest on estimates"),
        (operation("weighed", ESTIMATE, value=None), ""),
    ],
)
def test_what_is_not_calculated_again_is_said_with_its_reason(trace: dict[str, Any], exp: str) -> None:
    assert reason_not_calculated(trace, FOUND).startswith(exp)
    assert bool(reason_not_calculated(trace, FOUND)) == bool(exp)


def test_a_clean_table_that_the_log_accounts_for_is_proved() -> None:
    assert replay_findings(tables()) == []


def test_a_cell_that_the_log_does_not_account_for_is_told_with_its_row() -> None:
    spoilt = tables().clean.copy()
    spoilt.loc[spoilt["row"] == 4, "staff"] = 7.0
    (found,) = replay_findings(replace(tables(), clean=spoilt))
    assert (found.file, found.row, found.key) == ("results/2020/clean.parquet", 4, "staff")
    assert (found.value, found.expected) == ("7", "'4'")


def test_a_row_that_excluded_csv_does_not_account_for_is_told() -> None:
    (found,) = replay_findings(replace(tables(), excluded=tables().excluded.head(0)))
    assert (found.value, found.expected) == ("row 6 missing", "6 rows, and there are 5")
    (found,) = replay_findings(replace(tables(), clean=tables().clean.iloc[::-1]))
    assert found.value == "another order"


def as_csv(path: Path, cell: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([["key", "value"], ["a", "1"], ["b, c", cell]])


def as_parquet(path: Path, cell: str) -> None:
    pq.write_table(pa.table({"row": [7, 9], "staff": ["1", cell]}), path)


def as_archive(path: Path, cell: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/styles.xml", "same")
        archive.writestr("word/document.xml", cell)


@pytest.mark.parametrize(
    ("name", "write", "exp"),
    [
        ("estimates.csv", as_csv, "first in row 3, value: '2', built again '3'"),
        ("clean.parquet", as_parquet, "first in row 9, staff: '2', built again '3'"),
        ("paper.docx", as_archive, "these parts differ: word/document.xml"),
        ("numbers.json", lambda path, cell: path.write_text(f"one\n{cell}\n"), "first in line 2: '2', built again '3'"),
        ("paper.pdf", lambda path, cell: path.write_bytes(b"%PDF\xff" + cell.encode()), "first at byte 5"),
        ("broken.csv", lambda path, cell: path.write_bytes(b"\xff\xfe" + cell.encode()), "first at byte 2"),
    ],
)
def test_two_files_differ_in_a_place_that_is_named(
    tmp_path: Path, name: str, write: Callable[[Path, str], None], exp: str
) -> None:
    for folder, cell in (("ours", "2"), ("again", "3"), ("same", "2")):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder / name, cell)
    assert exp in difference(tmp_path / "ours" / name, tmp_path / "again" / name)
    assert difference(tmp_path / "ours" / name, tmp_path / "same" / name) == ""


def test_a_long_line_is_cut_where_it_differs(tmp_path: Path) -> None:
    for name, end in (("a.md", "x"), ("b.md", "y")):
        (tmp_path / name).write_text("word " * 100 + end, encoding="utf-8")
    told_of = difference(tmp_path / "a.md", tmp_path / "b.md")
    assert told_of.endswith("word word word word word x', built again 'word word word word word word y'")


def test_every_file_that_only_one_build_has_is_told(tmp_path: Path) -> None:
    ours, again = tmp_path / "ours", tmp_path / "again"
    for folder, names in (
        (ours, ["kept.csv", "old.csv", "logs/x.log"]),
        (again, ["kept.csv", "new.csv", "logs/y.log"]),
    ):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("a\n1\n")
    (ours / "manifest.json").write_text('{"results": {"results/kept.csv": "0", "results/old.csv": "0"}}')
    (again / "manifest.json").write_text('{"results": {"results/kept.csv": "0", "results/old.csv": "0"}}')
    got = {(found.file, found.problem) for found in rebuild_findings(ours, again)}
    assert got == {
        ("results/new.csv", "this file has not been built here"),
        ("results/old.csv", "the rebuild does not make this file"),
    }
    assert outputs(again) == ["kept.csv", "manifest.json", "new.csv"]


def test_a_study_that_reads_above_its_folder_is_not_copied_over_other_files(tmp_path: Path) -> None:
    declared = {"title": "t", "waves": {WAVE: {"export": "e.csv", "design": "census"}}, "paper": {"wave": WAVE}}
    settings = Settings(**declared, instrument="../../shared/instrument.yaml")
    (tmp_path / "folder").mkdir()
    with pytest.raises(AuditError, match=r"\.\./\.\./shared/instrument\.yaml"):
        rebuild(settings, study=tmp_path / "s", house=tmp_path / "h", folder=tmp_path / "folder")


def test_the_table_has_a_line_a_proof_and_the_worst_decides_the_exit_code() -> None:
    outcomes = [
        Outcome("replay", Proof("75 clean cells")),
        Outcome(
            "recount", Proof("3 estimates", (Finding(problem="SQL counts \x1b[31motherwise"),), ("1 not",), "SELECT 1;")
        ),
        Outcome("rebuild", failure="no workflow here"),
    ]
    console = Console(width=100, file=StringIO())
    console.print(table(outcomes))
    lines = [line.split() for line in console.file.getvalue().splitlines()]
    assert lines[1:] == [
        ["replay", "75", "clean", "cells", "proved"],
        ["recount", "3", "estimates", "1", "against", "it"],
        ["rebuild", "-", "could", "not", "run"],
    ]
    assert [each.code for each in outcomes] == [PROVED, DISAGREES, NOT_RUN]
    text = told(outcomes)
    assert "\x1b" not in text
    assert [part in text for part in ("recount: 1 not", "SELECT 1;", "rebuild could not run:\nno workflow")] == [
        True
    ] * 3


def test_without_its_workflow_recount_says_how_to_leave_the_rebuild_out(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="--no-rebuild"):
        house_of(tmp_path / "recount" / "__init__.py")


def test_what_was_never_built_cannot_be_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["verify"])
    assert (result.exit_code, "the paper has not been built" in result.output) == (2, True)
