"""Faults that no record can tell, since every job did what its code says: `recount verify` must find them."""

import json
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from recount.audit.io import Results
from recount.audit.verify import prove_recount, prove_replay
from recount.ingest.seal import digest
from recount.study.settings import read_settings
from tests.corruption.test_check import spoil
from tests.workflow.studies import snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("library"), pytest.mark.usefixtures("study")]

CLEAN, RAW, NUMBERS = "results/2025/clean.parquet", "results/2025/raw.parquet", "results/paper/numbers.json"
CONTENT = "2025/hours/share/content"


def results() -> Results:
    return Results(read_settings())


def test_what_was_built_is_proved() -> None:
    assert prove_replay(results()).findings == ()
    assert prove_recount(results()).findings == ()


def test_an_estimate_altered_in_the_ledger_is_told_with_both_values_its_sentence_and_its_sql() -> None:
    ledger = json.loads(Path(NUMBERS).read_text(encoding="utf-8"))
    ledger["estimates"][CONTENT] |= {"n": 23.0, "weighted_n": 23.0, "value": 23 / 36}
    Path(NUMBERS).write_text(json.dumps(ledger), encoding="utf-8")
    proof = prove_recount(results())
    found = proof.findings[0]
    assert (found.file, found.key) == ("report/paper.md.j2", CONTENT)
    assert (found.value, found.expected) == (
        "n 23, weighted_n 23, value 0.638888888889",
        "n 22, weighted_n 22, value 0.611111111111",
    )
    assert found.mend == f"recount verify --sql {CONTENT}"
    assert proof.sql.startswith(f"-- {CONTENT}\n")


def test_an_estimator_that_counts_one_too_many_stops_the_build_before_the_ledger_is_written(study: Path) -> None:
    _one_too_many()
    run = snakemake(study, NUMBERS, snakefile=study / "Snakefile")
    assert run.returncode == 1
    assert "Traceback" not in run.stderr


def _one_too_many() -> None:
    """Let the script of the estimates add one visitor to those who are content."""
    line = "    write_estimates(estimates, snakemake.output.estimates)"
    altered = (
        '    estimates.loc[estimates["category"] == "content", "n"] += 1\n'
        f'    estimates["value"] = estimates["value"].mask(estimates["category"] == "content", 23 / 36)\n{line}'
    )
    spoil("scripts/estimate_wave.py", line, altered)
    Path("scripts/estimate_wave.py").touch()


def test_a_cleaning_rule_that_changes_a_cell_without_a_log_entry_is_found_by_the_replay(study: Path) -> None:
    line = "    write_cleaned(cleaned, snakemake.output)"
    spoil("scripts/clean_wave.py", line, f'    cleaned.clean.loc[0, "way"] = 5.0\n{line}')
    Path("scripts/clean_wave.py").touch()
    run = snakemake(study, CLEAN, snakefile=study / "Snakefile")
    assert run.returncode == 0, run.stderr[-4000:]
    (found,) = prove_replay(results()).findings
    assert (found.file, found.row, found.key, found.value, found.expected) == (CLEAN, 5, "way", "5", "'40'")
    assert found.problem == "the raw cell, or its entry in changes.csv, gives something else in 1 cell"
    assert found.mend.startswith("snakemake --cores 4 --forcerun clean_wave")


def test_a_raw_cell_altered_where_the_build_reads_it_is_found_by_reading_the_export_again() -> None:
    raw = pq.read_table(RAW)
    name = raw.column_names[-1]
    cells = raw[name].to_pylist()
    altered = raw.set_column(raw.num_columns - 1, raw.field(name), [["altered", *cells[1:]]])
    pq.write_table(altered.replace_schema_metadata(raw.schema.metadata), RAW)
    found = prove_replay(results()).findings[0]
    row = raw["row"][0].as_py()
    assert (found.file, found.row, found.key, found.value) == (RAW, row, name, "altered")
    assert (found.problem, found.expected) == ("the export holds something else in 1 cell", repr(str(cells[0])))


def test_an_export_that_is_not_the_one_the_paper_rests_on_is_found_though_the_results_agree_with_each_other() -> None:
    export = Path(read_settings().waves["2025"].export)
    export.write_bytes(export.read_bytes().replace(b"\n", b"\r\n"))
    (found,) = prove_replay(results()).findings
    assert (found.file, found.value) == (export.as_posix(), digest(export))
    assert found.problem == "this is not the export that the paper rests on"


def test_a_respondent_who_was_left_out_without_an_entry_is_found_by_the_replay() -> None:
    table = pq.read_table(CLEAN)
    pq.write_table(table.slice(1), CLEAN)
    (found,) = prove_replay(results()).findings
    assert (found.file, found.value) == (CLEAN, "row 5 missing")
    assert found.problem == "these are not the rows of the export that excluded.csv leaves"


def test_a_code_that_nobody_gave_is_found_by_the_recount() -> None:
    codes = pd.read_csv("results/2025/codes.csv", dtype="str")
    codes.loc[codes["code"] == "coffee", "code"] = "books"
    codes.to_csv("results/2025/codes.csv", index=False)
    keys = {found.key for found in prove_recount(results()).findings}
    assert "2025/wishes/share/coffee" in keys
