from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from recount.write.documents import Kind, write_document
from recount.write.documents.pandoc import Source

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
ENTRIES = 250
APPENDIX = """# Every number in this paper {#numbers .appendix}

| Number | Printed | Question and statistic | Category | *n* | Base | Interval |
|:--|--:|:----|:--|--:|--:|:--|
"""


def _entry(number: int) -> str:
    label = ("是", "yes", "no, and none is planned", "don't know")[number % 4]
    return (
        f"| [{number}]{{#e-{number}}} | {number % 97}% | 2020/question_{number % 23}/share | {label} | {number % 42} | 42 "
        f"| {number % 90}% to {number % 90 + 9}% |\n"
    )


@pytest.fixture(scope="session")
def markdown() -> str:
    entries = "".join(_entry(number) for number in range(1, ENTRIES + 1))
    text = (HERE / "paper.md").read_text(encoding="utf-8")
    return f"{text}{APPENDIX}{entries}\n: Every number, in the order of the paper {{#tbl-numbers}}\n"


@pytest.fixture(scope="session")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    for name, shares in {"capacities": [0.93, 0.86, 0.40, 0.38], "obstacles": [0.62, 0.45, 0.31]}.items():
        figure = Figure(figsize=(6.3, 2.4), layout="constrained")
        axes = figure.add_subplot()
        axes.plot(shares, range(len(shares)), "o", color="#0072B2")
        axes.set_yticks(range(len(shares)), [f"{name} {place + 1}" for place in range(len(shares))])
        axes.set_xlim(0, 1)
        for kind in ("svg", "pdf", "png"):
            figure.savefig(
                folder / f"{name}.{kind}",
                metadata={} if kind == "png" else {"Date" if kind == "svg" else "CreationDate": None},
            )
    return folder


@pytest.fixture(scope="session")
def source(markdown: str, figures: Path, tmp_path_factory: pytest.TempPathFactory) -> Source:
    file = tmp_path_factory.mktemp("paper") / "paper.md"
    file.write_text(markdown, encoding="utf-8")
    return Source(
        markdown=file,
        figures=figures,
        bibliography=ROOT / "report/references.bib",
        style=ROOT / "report/styles/journal.csl",
        styles=ROOT / "report/styles",
    )
