"""The built-in paper: a cold build, nothing to do, one corrected cell, one edited sentence."""

import sys
from pathlib import Path

from bench.lines import Line, Measured
from bench.profiled import profiled
from bench.runs import Cost, cost, python
from bench.studies import copied, correct_a_cell, digests, edit_a_sentence, keep_jobs, remove_results

CORES = 2
TARGETS = "rule all:\n    input: []\n"


def paper(rows: int, runs: int, folder: Path) -> Measured:
    """Measure each against what it cannot be faster than, after checking that both make the same files."""
    del rows  # it has those that it has
    study = copied(folder / "study")
    build = [sys.executable, "-m", "snakemake", "--cores", str(CORES), "--quiet", "all"]
    stages = _stages(folder, build, runs)
    cold = cost(build, runs=runs, folder=study, before=lambda _: remove_results(study))
    compared = _same(study, folder / "recorded")
    nothing = cost(build, runs=max(runs, 3), folder=study)
    version = cost([sys.executable, "-m", "snakemake", "--version"], runs=max(runs, 3), folder=study)
    empty = cost(build, runs=max(runs, 3), folder=_empty(folder / "empty"))
    (study / "pandoc").mkdir()
    documents = cost(python("pandoc.py", study, study), runs=runs, folder=study)
    cell = cost(build, runs=runs, folder=study, before=lambda number: correct_a_cell(study, number))
    sentence = cost(build, runs=runs, folder=study, before=lambda number: edit_a_sentence(study, number))
    lines = [
        Line("paper, built from nothing", f"Recount, {CORES} cores", 0, cold, compared),
        Line("paper, built from nothing", "the stages' work in one process", 0, stages),
        Line("paper, nothing to do", "Recount", 0, nothing),
        Line("paper, nothing to do", "snakemake on an empty Snakefile", 0, empty),
        Line("paper, nothing to do", "snakemake --version", 0, version),
        Line("paper, one sentence edited", f"Recount, {CORES} cores", 0, sentence),
        Line(
            "paper, one sentence edited",
            "an empty Snakefile, and pandoc's work in one process",
            0,
            _sum(empty, documents),
        ),
        Line("paper, one cell corrected", f"Recount, {CORES} cores", 0, cell),
        Line("paper, one cell corrected", "the stages' work in one process", 0, stages),
    ]
    return Measured(lines, profiled(_in_one_process(folder), folder / "recorded"))


def _stages(folder: Path, build: list[str], runs: int) -> Cost:
    """Build once to learn of the jobs, then run them in one process."""
    recorded = copied(folder / "recorded")
    copied(folder / "scripts")
    keep_jobs(recorded)
    cost(build, runs=1, folder=recorded)
    return cost(_in_one_process(folder), runs=runs, folder=recorded)


def _in_one_process(folder: Path) -> list[str]:
    return python("stages.py", folder / "recorded" / "jobs", folder / "scripts" / "scripts")


def _same(one: Path, other: Path) -> int:
    """Stop where a result of the two differs; records and manifest tell of the scripts, which one of them changed."""
    got, exp = ({name: found for name, found in digests(each).items() if _of_the_data(name)} for each in (one, other))
    if differing := sorted(name for name in got.keys() | exp.keys() if got.get(name) != exp.get(name)):
        sys.exit(f"not the same in both builds: {differing}")
    return len(got)


def _of_the_data(name: str) -> bool:
    told_of_code = ("records/", "manifest.json", "code.json", "audit/", "forms/", "paper/numbers.json")
    return not name.startswith(told_of_code)


def _empty(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "Snakefile").write_text(TARGETS, encoding="utf-8")
    return folder


def _sum(one: Cost, other: Cost) -> Cost:
    return Cost(one.seconds + other.seconds, one.processor + other.processor, max(one.memory, other.memory))
