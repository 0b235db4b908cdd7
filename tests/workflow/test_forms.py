"""The forms that journals ask for, of whole studies: each of their lines leads where it says."""

import csv
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.workflow.studies import ROOT, snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("study")]

OUTPUT = "results/estimates.csv row"


@pytest.fixture(scope="module")
def forms(study: Path) -> Path:
    return study / "results" / "forms"


@pytest.fixture(scope="module")
def ledger(study: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((study / "results" / "paper" / "numbers.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def rows(forms: Path) -> list[dict[str, str]]:
    with (forms / "data-editors.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_number_table_and_figure_has_one_row(
    study: Path, rows: list[dict[str, str]], ledger: dict[str, Any]
) -> None:
    numbers = Counter(row["Number"] for row in rows if row["Number"])
    assert numbers == Counter(each["id"] for each in ledger["numbers"])
    template = (study / "report" / "paper.md.j2").read_text(encoding="utf-8")
    tables, figures = (len(re.findall(rf"{{{{ {kind}\(", template)) for kind in ("table", "figure"))
    assert min(tables, figures) >= 6
    floats = [row["Figure/Table #"] for row in rows if not row["Number"]]
    exp = ["All", *(f"Table {n + 1}" for n in range(tables)), *(f"Figure {n + 1}" for n in range(figures))]
    assert floats == exp


def test_each_row_of_estimates_that_is_named_has_the_key_that_the_note_names(
    study: Path, rows: list[dict[str, str]]
) -> None:
    lines = (study / "results" / "estimates.csv").read_text(encoding="utf-8").splitlines()
    checked = 0
    for row in rows:
        if row["Output file"].startswith(OUTPUT):
            places = row["Output file"].removeprefix(OUTPUT).removeprefix("s").split(", ")
            keys = [lines[int(place) - 1].split(",")[0] for place in places]
            assert [key for key in keys if key not in row["Note"]] == [], row
            checked += 1
    assert checked > 500


def test_each_line_number_is_where_a_function_or_a_declaration_begins(study: Path, rows: list[dict[str, str]]) -> None:
    for row in rows[1:]:
        programs, lines = row["Program"].split("; "), [int(each) for each in row["Line Number"].split("; ") if each]
        assert [name for name in programs if not (study / name).exists()] == []
        for name, line in zip(programs[-len(lines) :] if lines else [], lines, strict=True):
            text = (study / name).read_text(encoding="utf-8").splitlines()[line - 1].strip()
            assert text.startswith(("def ", "@")) or text.endswith(":"), (name, line, text)


def test_in_text_numbers_have_a_section(rows: list[dict[str, str]]) -> None:
    assert [row["Number"] for row in rows if row["Figure/Table #"] == "In-text number" and not row["Section"]] == []


def test_every_file_of_the_codecheck_manifest_was_made(study: Path, forms: Path) -> None:
    manifest = yaml.safe_load((forms / "codecheck.yml").read_text(encoding="utf-8"))["manifest"]
    assert len(manifest) == 5 + 2 * 6 + 3
    assert [each["file"] for each in manifest if not (study / each["file"]).is_file()] == []


@pytest.mark.parametrize("name", ["data-editors.csv", "README-data-editors.md", "codecheck.yml"])
def test_each_form_says_at_its_top_that_the_responses_are_simulated(forms: Path, name: str) -> None:
    top = (forms / name).read_text(encoding="utf-8").splitlines()[:3]
    assert "simulated" in " ".join(top)
    assert "no replication package" in " ".join(top)
    assert str(ROOT) not in (forms / name).read_text(encoding="utf-8")


def test_an_edited_template_of_the_readme_is_filled_in_anew(study: Path) -> None:
    template = study / "report" / "forms" / "README-data-editors.md.j2"
    before = template.read_text(encoding="utf-8")
    try:
        template.write_text(before + "\nSee {{ title }}.\n", encoding="utf-8")
        planned = snakemake(study, "--dry-run", "results/forms/codecheck.yml", snakefile=study / "Snakefile")
        assert "fill in the forms" in planned.stdout + planned.stderr
    finally:
        template.write_text(before, encoding="utf-8")
