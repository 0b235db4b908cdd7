"""A small study of all stages, laid into a folder of its own together with the workflow, to be built and spoilt.

Forty visitors of a town library (examples/minimal), whose wishes two coders have coded, and one of whose answers a
person has corrected.
"""

import csv
import io
import shutil
from pathlib import Path

import yaml

from recount.coding.answers import answer_hash
from recount.study.declared import read_yaml
from tests.workflow.studies import ROOT, copied

HOUSE = ("Snakefile", "rules", "scripts", "recount", "profiles", "envs")
MINIMAL = ROOT / "examples" / "minimal"
RAW = "data/raw/2025/responses.csv"
CORRECTIONS = "data/corrections/2025.csv"
ADA, BO, RULED = (f"data/coding/2025/wishes.{coder}.csv" for coder in ("ada", "bo", "adjudication"))
CODES = {"desks": ("quiet",), "coffee": ("café",), "books": ("books",), "hours": ("hours", "Sundays")}
SENTENCE = '\nOf the wishes, {{ share("wishes", "coffee") }} are for a café.\n'


def lay(folder: Path) -> Path:
    """Write the study and its workflow into a folder."""
    copied(HOUSE, folder)
    shutil.copytree(MINIMAL, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("results", ".snakemake"))
    for styles in (path for path in (ROOT / "report").iterdir() if path.is_dir()):
        shutil.copytree(styles, folder / "report" / styles.name)
    _declare_codes(folder)
    answers = _wishes(folder / RAW)
    _write(folder / ADA, ["respondent", "answer_sha256", "answer", "codes", "note"], _coded(answers))
    _write(folder / BO, ["respondent", "answer_sha256", "answer", "codes", "note"], _coded(answers, but="L015"))
    ruled = [[who, answer_hash(said), said, "coffee", "Cy", "it says so"] for who, said in answers if who == "L015"]
    _write(folder / RULED, ["respondent", "answer_sha256", "answer", "codes", "by", "why"], ruled)
    header = ["row", "respondent", "column", "before", "after", "reason", "by"]
    _write(folder / CORRECTIONS, header, [["35", "L031", "Q5", "60", "16", "misread", "Cy"]])
    template = folder / "report/paper.md.j2"
    template.write_text(template.read_text(encoding="utf-8") + SENTENCE, encoding="utf-8")
    return folder


def _declare_codes(folder: Path) -> None:
    instrument = folder / "data/instrument.yaml"
    text = instrument.read_text(encoding="utf-8").replace("    type: text\n", "    type: text\n    coded: true\n")
    instrument.write_text(text, encoding="utf-8")
    codes = [{"id": code, "label": code.title(), "definition": f"The visitor wants {code}."} for code in CODES]
    codebook = folder / "data/coding/codebook.yaml"
    codebook.parent.mkdir(parents=True)
    codebook.write_text(yaml.safe_dump({"version": "1", "questions": {"wishes": codes}}), encoding="utf-8")


def _wishes(raw: Path) -> list[tuple[str, str]]:
    """Who wishes what, of those whose answers count."""
    missing = {"", *read_yaml(MINIMAL / "data/instrument.yaml")["missing"]}
    with raw.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))[2:]
    return [(row["Q1"], row["Q6"]) for row in rows if row["Q6"] not in missing and row["Status"] == "IP Address"]


def _coded(answers: list[tuple[str, str]], but: str = "") -> list[list[str]]:
    return [[who, answer_hash(said), said, "none" if who == but else _code(said), ""] for who, said in answers]


def _code(said: str) -> str:
    found = [code for code, words in CODES.items() if any(word in said for word in words)]
    return ";".join(found) or "none"


def _write(file: Path, header: list[str], rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([header, *rows])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(written.getvalue(), encoding="utf-8")
