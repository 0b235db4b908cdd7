from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from recount.write.documents import WRITERS, Kind
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
        f"| [{number}]{{#e-{number}}} | {number % 97}% | 2020/question_{number % 23}/share | {label} | {number % 42} "
        f"| 42 | {number % 90}% to {number % 90 + 9}% |\n"
    )


@pytest.fixture(scope="session")
def markdown() -> str:
    entries = "".join(_entry(number) for number in range(1, ENTRIES + 1))
    text = (HERE / "paper.md").read_text(encoding="utf-8")
    return f"{text}{APPENDIX}{entries}\n: Every number, in the order of the paper {{#tbl-numbers}}\n"


@pytest.fixture(scope="session")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    for name, shares in {"capacities": [0.93, 0.86, 0.40, 0.38], "obstacles": [0.62, 0.45, 0.31]}.items():
        figure = Figure(figsize=(6.3, 2.4))
        figure.add_subplot().plot(shares, range(len(shares)), "o", color="#0072B2")
        for kind in ("svg", "pdf", "png"):
            figure.savefig(folder / f"{name}.{kind}")
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


@pytest.fixture(scope="session")
def document(source: Source) -> Callable[[Kind], bytes]:
    """The sample paper in one format; each is written once."""
    return cache(lambda kind: WRITERS[kind](source))


@pytest.fixture
def written(source: Source, tmp_path: Path) -> Callable[[str, Kind], bytes]:
    """Any Markdown in one format."""

    def write(markdown: str, kind: Kind) -> bytes:
        file = tmp_path / "paper.md"
        file.write_text(markdown, encoding="utf-8")
        return WRITERS[kind](replace(source, markdown=file))

    return write
