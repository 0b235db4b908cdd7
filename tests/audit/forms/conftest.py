"""A study of one wave, built by hand: one table, one figure, and numbers of every kind."""

from collections.abc import Callable
from typing import Any

import pytest

from recount.audit.forms.facts import Facts
from recount.audit.forms.programs import Program
from recount.study.settings import Settings

SETTINGS = {
    "title": "Cities abroad",
    "authors": ["A. Author", "B. Writer"],
    "waves": {"2020": {"export": "data/raw/2020/responses.csv", "design": "census"}},
    "paper": {"wave": "2020", "formats": ["html", "pdf"]},
}
PAPER = """\
---
title: 'Cities abroad: [47]{#n-1 .number key="2020/-/respondents" entry="e-1"} of them'
author:
- name: A. Author
  orcid: https://orcid.org/0000-0002-1825-0097
- B. Writer
---

# Methods {#sec-methods}

## The *survey*

We asked [47]{#n-2 .number key="a" entry="e-1"} cities, not [−3]{#n-3 .number key="b" entry="e-2"}.

~~~
# no heading
~~~

# Results

Above all [58%]{#n-4 .number key="c" entry="e-3"}.

| a | [86%]{#n-5 .number key="d" entry="e-4"} |

: Offices {#tbl-offices}
"""
DIGEST = "a" * 64


def estimate(key: str, row: int, function: str = "shares", line: int = 14) -> dict[str, Any]:
    wave, question, statistic, *_ = key.split("/")
    code = {"rule": "estimate_wave", "function": "f", "file": f"recount/estimate/{function}.py", "line": line}
    named = {"wave": wave, "question": question, "statistic": statistic, "row": row}
    return {**named, "provenance": {"code": code}}


def leaf(key: str, value: float = 1.0) -> dict[str, Any]:
    return {"kind": "estimate", "key": key, "value": value, "unit": "share"}


def operation(name: str, *of: dict[str, Any], value: float = 1.0) -> dict[str, Any]:
    return {"kind": "operation", "name": name, "value": value, "unit": "share", "of": list(of)}


def constant(value: float) -> dict[str, Any]:
    return {"kind": "constant", "value": value, "unit": ""}


def declared(file: str, key: str) -> dict[str, Any]:
    return {"kind": "declared", "file": file, "key": key, "value": 5.0, "unit": "number"}


def number(place: int, display: str, trace: dict[str, Any], **others: Any) -> dict[str, Any]:
    made = {"id": f"n-{place}", "display": display, "trace": trace, "part": "prose", "figure": "", "declared_at": ""}
    made |= {"formula": trace.get("key", "a formula"), "sentence": f"It is {display}.", "line": 10 + place}
    return {**made, "file": "report/paper.md.j2", **others}


OFFICE, FUNDING, STAFF = "2020/office/share/yes", "2020/obstacles/share/funding", "2020/obstacles/share/staff"
RESPONDENTS = "2020/-/respondents"
IN_TABLE = {"part": "table", "file": "report/tables.yaml", "line": None, "declared_at": "tables.offices"}
IN_CAPTION = {"part": "caption", "file": "report/figures.yaml", "line": None, "declared_at": "figures.bars.caption"}
NUMBERS = [
    number(1, "47", leaf(RESPONDENTS), part="front matter"),
    number(2, "47", leaf(RESPONDENTS)),
    number(3, "−3", operation("-", leaf(OFFICE), leaf(RESPONDENTS))),
    number(4, "58%", operation("ranked", constant(1), leaf(FUNDING), leaf(STAFF))),
    number(5, "86%", leaf(OFFICE), **IN_TABLE),
    number(6, "5", declared("data/instrument.yaml", "questions")),
    number(7, "58%", leaf(FUNDING), figure="bars", part="figure label", file="results/figures/bars.csv", line=2),
    number(8, "58%", leaf(FUNDING), figure="bars", part="alt text", file="results/figures/bars.txt", line=None),
    number(9, "42", operation("base of", leaf(STAFF)), **IN_CAPTION),
]
LEDGER = {
    "version": 3,
    "title": "Cities abroad",
    "wave": "2020",
    "simulated": [],
    "waves": {
        "2020": {
            "export": "data/raw/2020/responses.csv",
            "sha256": DIGEST,
            "format": "qualtrics",
            "simulated": False,
            "design": "census",
            "received": 1055,
            "kept": 47,
            "corrections": {"file": "data/corrections/2020.csv", "sha256": "b" * 64},
        }
    },
    "codebook": {"file": "data/coding/codebook.yaml", "version": "1", "sha256": "c" * 64},
    "code": {
        rule: {"script": f"scripts/{rule}.py", "modules": []}
        for rule in ("estimate_wave", "write_paper", "draw_figure")
    },
    "floats": {"figure": ["bars"], "table": ["offices"]},
    "numbers": NUMBERS,
    "estimates": {
        RESPONDENTS: estimate(RESPONDENTS, 3, "flow", 12),
        OFFICE: estimate(OFFICE, 7),
        FUNDING: estimate(FUNDING, 9),
        STAFF: estimate(STAFF, 10),
    },
    "allowed": [],
}


@pytest.fixture
def facts() -> Callable[..., Facts]:
    """Make the study's facts; options change its settings, its ledger, or the facts themselves."""

    def made(settings: dict[str, Any] | None = None, ledger: dict[str, Any] | None = None, **others: Any) -> Facts:
        given = {
            "numbers": {**LEDGER, **(ledger or {})},
            "settings": Settings.declared_in("config.yaml", {**SETTINGS, **(settings or {})}),
            "paper": PAPER,
            "software": {"numpy": "2.4.6", "python": "3.11.2", "six": "1.17.0"},
            "direct": ["numpy", "typst"],
            "programs": [
                Program(rule="draw_figure", script="scripts/draw_figure.py", does="Draw | it.", writes=("results/a",))
            ],
            "declared": {("table", "offices"): 3, ("figure", "bars"): 4},
        }
        return Facts(**{**given, **others})

    return made


@pytest.fixture
def simulated(facts: Callable[..., Facts]) -> Facts:
    """The same study on simulated responses."""
    wave = {"export": "data/raw/2020/responses.csv", "design": "census", "simulated": True}
    waves = {"2020": {**LEDGER["waves"]["2020"], "simulated": True}}  # type: ignore[index, dict-item]
    return facts(settings={"waves": {"2020": wave}}, ledger={"simulated": ["2020"], "waves": waves})
