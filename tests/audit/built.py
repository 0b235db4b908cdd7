"""A study of one wave and its workflow, hand-made in a folder, and built by jobs that only copy."""

import hashlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from recount.audit.check.check import check
from recount.audit.check.found import Found
from recount.audit.check.io import read_built, read_present
from recount.audit.described import syntaxes
from recount.audit.manifest import manifest, write_manifest
from recount.audit.record import recorded
from recount.audit.software import pinned

RAW = "respondent,age\n1,40\n"
RULES = {
    "ingest": "admit_export",
    "clean": "clean_wave",
    "estimate": "estimate_wave",
    "draw": "draw_figure",
    "write": "write_paper",
    "audit": "write_manifest",
}
OTHERS = ("code_answers", "paint_figure", "tidy_wave")
FILES = {
    "config.yaml": """title: A survey
waves:
  "2020": {export: data/raw/2020/responses.csv, design: census}
paper: {wave: "2020"}
""",
    "data/raw/2020/responses.csv": RAW,
    "data/raw/SHA256SUMS": f"{hashlib.sha256(RAW.encode()).hexdigest()}  2020/responses.csv\n",
    "data/instrument.yaml": "title: A survey\n",
    "data/corrections/2020.csv": "row,respondent\n",
    "report/figures.yaml": "figures:\n  ages: {kind: bars, caption: Ages., items: [{question: age}]}\n",
    "Snakefile": 'include: "rules/clean.smk"\n',
    **{
        f"rules/{stage}.smk": f"rule {name}:\n    input: 'x'\n    output: 'y'  # a file\n\n\n"
        for stage, name in RULES.items()
    },
    **{f"scripts/{name}.py": '"""Do as the rule says."""\n' for name in (*RULES.values(), *OTHERS)},
    "scripts/clean_wave.py": '"""Clean."""\n\nfrom recount.dates import year\n',
    "scripts/estimate_wave.py": '"""Estimate."""\n\nfrom recount.intervals import wilson\n',
    "recount/intervals.py": "def wilson(n):\n    return n\n\n\ndef exact(n):\n    return n\n",
    "recount/dates.py": "def year(text):\n    return text\n",
    "envs/requirements.txt": "numpy==9.9.9\n",
}
WAVE = {"wave": "2020"}


class Named(dict[str, Any]):
    """Snakemake's lists with names: they are read by name, and give their values one after the other."""

    def __iter__(self) -> Any:
        for value in self.values():
            yield from value if isinstance(value, list) else [value]

    def __getattr__(self, name: str) -> Any:
        return self[name]


def lay(folder: Path) -> None:
    """Write the study's files."""
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in the study's folder, with the software that its lock pins."""
    monkeypatch.chdir(folder)
    installs(monkeypatch, numpy="9.9.9", python="3.11.0")


def installs(monkeypatch: pytest.MonkeyPatch, **versions: str) -> None:
    """Let other software be installed."""
    monkeypatch.setattr("recount.audit.software.installed", lambda: versions)


def job(rule: str, inputs: list[str], outputs: dict[str, str], **known: Any) -> SimpleNamespace:
    """What Snakemake tells a script, with a folder for its log, its outputs and its record."""
    wildcards = known.pop("wildcards", {})
    file = "/".join([f"results/records/{rule}", *wildcards.values()]) + ".json"
    told = SimpleNamespace(
        rule=rule,
        wildcards=Named(wildcards),
        input=Named({"files": inputs}),
        output=Named({**outputs, "record": file}),
        params=Named(known),
        log=[f"results/logs/{rule}.log"],
        scriptdir="scripts",
    )
    for path in map(Path, [*told.output, *told.log]):
        path.parent.mkdir(parents=True, exist_ok=True)
    return told


def run(rule: str, inputs: list[str], output: str, content: str = "", **known: Any) -> None:
    """Run a job that writes a text, or what its first input says."""
    told = job(rule, inputs, {"output": output}, **known)
    with recorded(told):
        Path(output).write_text(content or Path(inputs[0]).read_text(encoding="utf-8"), encoding="utf-8")


def settings(*keys: str) -> dict[str, Any]:
    """Parts of the present settings."""
    declared = read_present().declared["settings"]
    return {key: declared[key] for key in keys or declared}


def build() -> None:
    """Build the study whole."""
    seals = read_present().declared["seals"]
    run("admit_export", ["data/raw/2020/responses.csv"], "results/2020/export", seals=seals, wildcards=WAVE)
    run(
        "clean_wave",
        ["results/2020/export", "data/instrument.yaml", "data/corrections/2020.csv"],
        "results/2020/clean.csv",
        wildcards=WAVE,
        settings=settings("cleaning"),
    )
    estimate()
    figures = read_present().declared["figures"]
    run(
        "draw_figure",
        ["results/2020/estimates.csv"],
        "results/figures/ages.svg",
        wildcards={"figure": "ages"},
        figures={"ages": figures["ages"]},
    )
    run("write_paper", ["results/2020/estimates.csv", "report/figures.yaml"], "results/paper/paper.md", "A paper.")
    list_all()


def estimate() -> None:
    """Estimate the wave, by the settings that there are."""
    run(
        "estimate_wave",
        ["results/2020/clean.csv"],
        "results/2020/estimates.csv",
        "key,value\n",
        wildcards=WAVE,
        settings=settings("estimates"),
    )


def list_all() -> None:
    """Write the manifest of what stands there."""
    present = read_present()
    results = [file for file in present.results if not file.startswith("results/records") and "manifest" not in file]
    records = [file for file in present.results if file.startswith("results/records") and "manifest" not in file]
    inputs = [*results, *records, *present.study]
    told = job("write_manifest", inputs, {"manifest": "results/manifest.json"}, settings=settings())
    with recorded(told, present.code):
        made = manifest(
            study=present.study,
            results=results,
            records=records,
            code=present.code,
            syntax=syntaxes(present.code, Path()),
            settings=settings(),
            software=pinned(Path("envs/requirements.txt").read_text(encoding="utf-8")),
        )
        write_manifest(made, told.output.manifest)


def checked() -> list[Found]:
    """Check the study in the current folder."""
    return check(read_built(), read_present())


def edited(file: str, old: str, new: str) -> None:
    """Replace a text in a file that must hold it."""
    content = Path(file).read_text(encoding="utf-8")
    assert old in content
    Path(file).write_text(content.replace(old, new, 1), encoding="utf-8")
