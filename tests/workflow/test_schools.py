"""A drawn sample as a study: the schools that R's `survey` is documented with, from their file to the audit pages."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from tests.workflow.studies import ROOT, shared_data, snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("schools")]

REFERENCE = shared_data() / "reference"
PAPER = """\
Of the schools, {{ share("target", "Yes") }} met the target (confidence interval
{{ share("target", "Yes") | interval }}), and the mean score is {{ mean("api") | decimals(1) }}
({{ mean("api") | interval }}).

Types of schools differ in it ({{ independence("target", by="stype") }}); elementary schools are
{{ difference("target", "Yes", group="stype", levels=("E", "H")) | points }} ahead of high schools
({{ p_value("target", "Yes", group="stype", levels=("E", "H")) }}).
"""


def question(name: str, kind: str, column: str, **others: Any) -> dict[str, Any]:
    return {"id": name, "label": name, "text": name, "type": kind, "waves": {"2000": {"column": column}}, **others}


QUESTIONS = [
    question("school", "id", "cds"),
    question("stype", "single", "stype", categories=[{"id": each, "label": each} for each in "EHM"]),
    question("target", "single", "sch.wide", categories=[{"id": each, "label": each} for each in ("No", "Yes")]),
    question("api", "number", "api00"),
    question("district", "number", "dnum"),
    question("districts", "number", "fpc"),
    question("weight", "weight", "pw"),
]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clustered sample of schools, declared as such and built."""
    if not REFERENCE.is_dir():
        pytest.skip("the reference data are not here")
    folder = tmp_path_factory.mktemp("schools")
    raw, report = folder / "data" / "raw", folder / "report"
    (raw / "2000").mkdir(parents=True)
    report.mkdir()
    export = raw / "2000" / "responses.csv"
    asked = [each["waves"]["2000"]["column"] for each in QUESTIONS]
    pd.read_csv(REFERENCE / "apiclus1.csv", dtype=str)[asked].to_csv(export, index=False)
    seal = hashlib.sha256(export.read_bytes()).hexdigest()
    (raw / "SHA256SUMS").write_text(f"{seal}  2000/responses.csv\n", encoding="utf-8")
    sampling = {"clusters": "district", "fpc": "districts", "interval": "korn-graubard"}
    wave = {"export": "data/raw/2000/responses.csv", "format": "csv", "design": "probability", "sampling": sampling}
    settings = {
        "title": "Schools",
        "authors": ["A. Tester"],
        "waves": {"2000": wave},
        "estimates": {"groups": ["stype"], "compared": ["stype"]},
        "paper": {"wave": "2000", "formats": ["html"]},
    }
    instrument = {"title": "Schools", "questions": QUESTIONS}
    for name, content in {"config.yaml": settings, "data/instrument.yaml": instrument}.items():
        (folder / name).write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    (report / "paper.md.j2").write_text(PAPER, encoding="utf-8")
    for name in ("figures.yaml", "tables.yaml"):
        (report / name).write_text(f"{name.removesuffix('.yaml')}: {{}}\n", encoding="utf-8")
    (report / "references.bib").touch()
    run = snakemake(folder, snakefile=ROOT / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder


def test_the_paper_prints_the_published_share_and_interval_of_the_design(study: Path) -> None:
    reference = json.loads((REFERENCE / "reference_values.json").read_text(encoding="utf-8"))["survey_api"]
    ledger = json.loads((study / "results/paper/numbers.json").read_text(encoding="utf-8"))
    share, mean = (ledger["estimates"][f"2000/{key}"] for key in ("target/share/Yes", "api/mean"))
    exp = reference["prop_sch.wide_No"]["dclus1"]
    assert share["value"] == pytest.approx(1 - exp["p"], abs=5e-9)
    assert [1 - share["high"], 1 - share["low"]] == pytest.approx(exp["beta_KG"], abs=6e-9)
    assert [mean["low"], mean["high"]] == pytest.approx(reference["dclus1"]["ci95_t14"])


def test_the_estimates_of_a_drawn_sample_are_recounted_in_sql(study: Path) -> None:
    command = [sys.executable, "-m", "recount", "verify", "--no-rebuild"]
    run = subprocess.run(command, cwd=study, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "it is a probability under a distribution that SQL has no functions for" in run.stdout


def test_tests_and_differences_of_levels_are_printed_and_traced(study: Path) -> None:
    reference = json.loads((REFERENCE / "reference_values.json").read_text(encoding="utf-8"))["survey_api"]
    f, above, below, p = reference["svychisq_sch.wide_x_stype_dclus1"]["F_RaoScott"]
    ledger = json.loads((study / "results/paper/numbers.json").read_text(encoding="utf-8"))
    printed = {each["keys"][0]: each["value"] for each in ledger["numbers"]}
    start = "2000/target/independence/rao_scott_second"
    got = [printed[f"{start}.{part}/stype=*"] for part in ("df", "df_below", "statistic", "p")]
    assert got == pytest.approx([above, below, f, p], rel=5e-8)
    row = ledger["estimates"]["2000/target/difference/Yes/stype=E:H"]
    assert row["value"] == pytest.approx(0.130952380952)
    assert row["provenance"]["rows"]["base"]["n"] == row["base"]
    command = [sys.executable, "-m", "recount", "trace", f"{start}.p/stype=*"]
    run = subprocess.run(command, cwd=study, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "rao_scott_second" in run.stdout


def test_no_page_says_wilson_where_the_interval_is_korn_and_graubard(study: Path) -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in sorted((study / "results").rglob("*.html")))
    assert "Korn and Graubard 1998" in pages
    assert "Exact interval on the effective sample size" in pages
    assert "Wilson" not in pages
