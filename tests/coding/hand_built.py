"""A small study with two open-ended questions, and coders' files made by hand."""

import os
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from recount.coding.answers import answer_hash
from recount.coding.code import Coded, code_wave
from recount.coding.measure import Bootstrap
from recount.study.codebook import Codebook
from recount.study.instrument import Instrument
from recount.study.versions import Versions

ROOT = Path(__file__).parents[2]
WAVE = "2020"
BOOTSTRAP = Bootstrap(replicates=100)

INSTRUMENT = Instrument.declared_in(
    "data/instrument.yaml",
    {
        "title": "A survey",
        "questions": [
            {"id": name, "label": name, "text": name, "type": "text", "coded": coded, "waves": {WAVE: {"column": name}}}
            for name, coded in (("obstacles", True), ("remarks", False), ("wishes", True))
        ],
    },
)
CODEBOOK = Codebook.declared_in(
    "codebook.yaml",
    {
        "version": "1.2",
        "questions": {
            question: [{"id": code, "label": code, "definition": code} for code in codes]
            for question, codes in (("obstacles", ("funding", "staff", "law")), ("wishes", ("training", "money")))
        },
    },
)
FUNDING, *OTHERS = CODEBOOK.questions["obstacles"]
EARLIER = {"obstacles": (FUNDING.model_copy(update={"definition": "another one"}), *OTHERS)}
# Before the codebook of today there was one in which funding meant something else.
VERSIONS = Versions(
    (CODEBOOK.model_copy(update={"version": "1.1", "questions": {**CODEBOOK.questions, **EARLIER}}), CODEBOOK)
)


def clean_of(**answers: list[str | None]) -> pd.DataFrame:
    """Make a clean table of respondents R0, R1, ...; questions that are not given have no answers."""
    size = len(next(iter(answers.values())))
    texts = {name: answers.get(name, [None] * size) for name in ("obstacles", "remarks", "wishes")}
    frame = pd.DataFrame({"respondent": [f"R{n}" for n in range(size)], "row": range(2, size + 2), **texts})
    return frame.astype(dict.fromkeys(("respondent", *texts), "str"))


def lines(given: dict[str, tuple[str, str]], **more: str) -> pd.DataFrame:
    """Make a coder's file: for each respondent the answer that was read, and the codes."""
    return pd.DataFrame(
        {
            "respondent": list(given),
            "answer_sha256": [answer_hash(answer) for answer, _ in given.values()],
            "answer": [answer for answer, _ in given.values()],
            "codes": [codes for _, codes in given.values()],
            **more,
        },
        dtype="str",
    )


def ruling(given: dict[str, tuple[str, str]], by: str = "chair") -> pd.DataFrame:
    """Make an adjudicator's file."""
    return lines(given, by=by, why="the codebook says so")


def coded(clean: pd.DataFrame, **options: Any) -> Coded:
    """Code the wave with the study's instrument and codebook, unless the test says otherwise."""
    given = {"codings": {}, "adjudications": {}, "codebook": CODEBOOK, "bootstrap": BOOTSTRAP, **options}
    return code_wave(clean, instrument=INSTRUMENT, wave=WAVE, **given)


def decisions(of: Coded) -> list[tuple[str, str, str]]:
    """Give respondent, code and who decided, of every row."""
    return list(of.codes[["respondent", "code", "decided_by"]].itertuples(index=False, name=None))


def problems(of: Coded) -> dict[str, str]:
    """Give the problem of each answer that has no codes."""
    return dict(zip(of.uncoded["respondent"], of.uncoded["problem"], strict=True))


def shared_data() -> Path:
    """Find the folder of real surveys and published values, or skip the test."""
    folder = Path(os.environ.get("RECOUNT_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("no published values to test against: set RECOUNT_DATA to the folder that holds reference/")
    return folder
