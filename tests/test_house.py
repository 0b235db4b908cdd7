"""The rules of the house that CONTRIBUTING.md states: who may import whom, who may touch files."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from recount.audit.record import DECLARED

ROOT = Path(__file__).parents[1]
BELOW = ("errors", "building")
FLOW = ("study", "ingest", "clean", "coding", "estimate", "display", "draw", "write", "audit")
# simulate makes exports: it knows the study, and nothing of what reads them. draw and write do not know each other.
# page, of which the stages' pages of HTML are made, knows nothing of a survey.
MAY_IMPORT = {stage: {*BELOW, "page", *FLOW[: place + 1]} for place, stage in enumerate(FLOW)} | {
    "page": {*BELOW, "page"},
    "simulate": {*BELOW, "study", "ingest", "simulate"},
    # fieldwork proposes what people go on with, from exports: it knows how cells are read.
    "fieldwork": {*BELOW, "study", "ingest", "clean", "fieldwork"},
    "write": {*BELOW, "page", *FLOW[: FLOW.index("draw")], "write"},
    "cli": {*BELOW, "simulate", "fieldwork", *FLOW, "cli"},
}
MODULES = sorted(path for path in (ROOT / "recount").rglob("*.py") if path.parent != ROOT / "recount")


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_imports_against_the_flow(module: Path) -> None:
    stage = module.relative_to(ROOT / "recount").parts[0]
    parts = {name.split(".")[1] for name in imported(module) if name.startswith("recount.")}
    assert parts <= MAY_IMPORT[stage], f"{stage} may not import {sorted(parts - MAY_IMPORT[stage])}"


def test_the_library_does_not_know_snakemake() -> None:
    knowing = [path for path in MODULES if any(name.split(".")[0] == "snakemake" for name in imported(path))]
    assert knowing == []


def test_the_table_of_contents_stays_short() -> None:
    assert len((ROOT / "Snakefile").read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize("rules", sorted((ROOT / "rules").glob("*.smk")), ids=lambda path: path.name)
def test_every_rule_logs_measures_and_says_what_it_does(rules: Path) -> None:
    for rule in rules.read_text(encoding="utf-8").split("\nrule ")[1:]:
        for part in ("log:", "benchmark:", "message:", "resources:", "code=", "record="):
            assert part in rule, f"{rule.split(':')[0]} has no {part}"


@pytest.mark.parametrize("rules", sorted((ROOT / "rules").glob("*.smk")), ids=lambda path: path.name)
def test_params_are_parts_of_what_people_declared_so_that_a_check_can_compare_them(rules: Path) -> None:
    blocks = re.findall(r"^    params:\n((?: {8}.*\n)+)", rules.read_text(encoding="utf-8"), flags=re.MULTILINE)
    names = {name for block in blocks for name in re.findall(r"^ {8}(\w+)=", block, flags=re.MULTILINE)}
    # The digests are of an input and of the code, there for Snakemake alone: both are on record file by file.
    assert names <= {*DECLARED, "digest", "code"}


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").glob("*.py")), ids=lambda path: path.name)
def test_every_script_runs_on_record_and_knows_no_setting_but_its_params(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert re.search(r"^with recorded\(snakemake(, .+)?\):$", text, flags=re.MULTILINE)
    assert "snakemake.config" not in text
