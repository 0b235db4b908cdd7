"""Copies of the built-in study to build, to change and to build again."""

import csv
import hashlib
import re
import shutil
from pathlib import Path

from bench.runs import ROOT
from recount.clean.io import read_clean
from recount.ingest.io import read_raw
from recount.study.instrument import read_instrument

PARTS = ("Snakefile", "config.yaml", "rules", "scripts", "recount", "data", "report", "profiles", "envs")
WAVE = "2020"
# Before a script's first line of code: keep what Snakemake tells it of its job.
KEPT = """
import pickle, time
from pathlib import Path
Path("jobs").mkdir(exist_ok=True)
Path("jobs", f"{time.time():.6f}-SCRIPT.pickle").write_bytes(pickle.dumps(snakemake))
"""


def copied(folder: Path) -> Path:
    """Copy the study, with Recount itself, to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)
    return folder


def keep_jobs(folder: Path) -> None:
    """Change the scripts of a copy so that they keep their jobs in `jobs/`."""
    for script in (folder / "scripts").glob("*.py"):
        text = script.read_text(encoding="utf-8")
        end = text.index('"""', 3) + 3
        script.write_text(text[:end] + KEPT.replace("SCRIPT", script.stem) + text[end:], encoding="utf-8")


def remove_results(folder: Path) -> None:
    """Make the next build a cold one."""
    for part in ("results", ".snakemake"):
        shutil.rmtree(folder / part, ignore_errors=True)


def correct_a_cell(folder: Path, number: int) -> None:
    """Correct one answer of the paper's wave to another category than it had; the next time to yet another."""
    instrument = read_instrument(folder / "data/instrument.yaml")
    raw = read_raw(folder / f"results/{WAVE}/raw.parquet")
    clean = read_clean(folder / f"results/{WAVE}/clean.parquet", instrument, WAVE)
    question = next(each for each in instrument.asked_in(WAVE) if each.type == "scale" and not each.universe_in(WAVE))
    column = raw.named(question.waves[WAVE].column or "")
    row = int(clean.loc[clean[question.id].notna(), "row"].iloc[-1])
    rows = raw.cells["row"].to_pylist()
    before = raw.cells[column.name][rows.index(row)].as_py() if column else ""
    after = question.categories[number % len(question.categories)].label
    path = folder / f"data/corrections/{WAVE}.csv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.endswith(",bench")]
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.write("".join(f"{line}\n" for line in lines))
        entry = [row, "", column.name if column else "", before, after, f"measured, {number}", "bench"]
        csv.writer(stream, lineterminator="\n").writerow(entry)


def edit_a_sentence(folder: Path, number: int) -> None:
    """Add a sentence to the paper's text, in the place of the one that was added before."""
    template = folder / "report/paper.md.j2"
    text = re.sub(r"\n\nThis sentence was added .*\n", "", template.read_text(encoding="utf-8"))
    template.write_text(
        text + "\n\nThis sentence was added for a measurement" + "." * (number + 1) + "\n", encoding="utf-8"
    )


def digests(folder: Path) -> dict[str, str]:
    """Take the SHA-256 of every result; logs and measurements differ from run to run."""
    results = folder / "results"
    found = (path for path in sorted(results.rglob("*")) if path.is_file())
    return {
        str(path.relative_to(results)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
        if path.relative_to(results).parts[0] not in ("logs", "benchmarks")
    }
