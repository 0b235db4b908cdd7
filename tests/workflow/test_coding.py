"""Open-ended answers of the built-in study: from coders who disagree to the sentence, the figure and the audit card."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from recount.coding.io import read_agreement, read_codes, read_codings

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("study")]

WAVE, QUESTION = "2020", "obstacles"


@pytest.fixture(scope="module")
def disputed(study: Path) -> pd.DataFrame:
    """The answers on which A and B differ: their codes, and those of the adjudicator with the reason."""
    codings, rulings = read_codings(study / "data/coding", WAVE, [QUESTION, "benefits", "help"])
    by = {coder: lines.set_index("respondent")["codes"] for coder, lines in codings[QUESTION].items()}
    ruled = rulings[QUESTION].set_index("respondent")[["codes", "by", "why"]]
    both = pd.DataFrame({"a": by["A"], "b": by["B"]}).dropna()
    differ = both[both["a"].map(split) != both["b"].map(split)]
    return differ[(differ["a"] != "") & (differ["b"] != "")].join(ruled)


def split(cell: str) -> frozenset[str]:
    return frozenset(cell.split(";"))


@pytest.fixture(scope="module")
def ledger(study: Path) -> dict[str, Any]:
    return json.loads((study / "results/paper/numbers.json").read_text(encoding="utf-8"))


def test_where_two_coders_disagree_the_third_decides_and_codes_say_so(study: Path, disputed: pd.DataFrame) -> None:
    codes = read_codes(study / "results" / WAVE / "codes.csv")
    codes = codes[codes["question"] == QUESTION]
    assert len(disputed) >= 3
    for respondent, line in disputed.iterrows():
        final = codes[codes["respondent"] == respondent]
        assert set(final["decided_by"]) == {"adjudication"}
        assert frozenset(final["code"]) == split(line["codes"])
        assert line["by"] == "C"


def test_the_papers_methods_and_the_ledger_say_how_codes_were_decided(
    study: Path, ledger: dict[str, Any], disputed: pd.DataFrame
) -> None:
    page = BeautifulSoup((study / "results/paper/paper.html").read_text(encoding="utf-8"), "lxml")
    said = " ".join(page.find("body").get_text(" ").split())
    assert "Where they differed, another person decided." in said
    share = ledger["estimates"][f"{WAVE}/{QUESTION}/share/funding"]["provenance"]["coding"]
    assert share["coders"] == ["A", "B"]
    adjudicated = ledger["estimates"][f"{WAVE}/{QUESTION}/adjudicated"]["value"]
    assert share["decided_by"]["adjudication"] == adjudicated >= len(disputed)
    assert sum(share["decided_by"].values()) == ledger["estimates"][f"{WAVE}/{QUESTION}/share/funding"]["base"]


def test_every_code_that_the_paper_quotes_reaches_the_kappa_that_config_asks_for(
    study: Path, ledger: dict[str, Any]
) -> None:
    table = read_agreement(study / "results" / WAVE / "agreement.csv")
    kappa = table[table["statistic"] == "kappa"].set_index(["question", "code"])["value"]
    quoted = {
        (row["question"], row["category"])
        for key, row in ledger["estimates"].items()
        if key.startswith(f"{WAVE}/{QUESTION}/share/")
    }
    assert len(quoted) >= 9
    assert all(kappa[each] >= 0.6 for each in quoted)


def test_the_figure_shows_the_codes_as_they_were_decided(study: Path) -> None:
    codes = read_codes(study / "results" / WAVE / "codes.csv")
    exp = codes[codes["question"] == QUESTION]["code"].value_counts().to_dict()
    drawn = pd.read_csv(study / "results/figures/obstacles.csv", keep_default_na=False)
    drawn = drawn[drawn["wave"].astype(str) == WAVE]
    assert len(drawn) >= 9
    assert {row["category"]: int(row["n"]) for row in drawn.to_dict("records")} == {
        category: exp.get(category, 0) for category in drawn["category"]
    }


def test_the_audit_page_has_what_each_coder_said_who_decided_and_why(study: Path, disputed: pd.DataFrame) -> None:
    page = BeautifulSoup((study / "results/audit/index.html").read_text(encoding="utf-8"), "lxml")
    content = json.loads(page.find(id="audit-data").string)
    texts, coded = content["texts"], content["waves"][WAVE]["rows"]["coded"][QUESTION]

    def column(name: str) -> list[str]:
        return [texts[place] for place in coded["texts"][name]]

    assert set(coded["coders"]) == {"A", "B"}
    told = {*zip(column("codes"), column("decided_by"), column("by"), column("why"), strict=True)}
    for line in disputed.to_dict("records"):
        assert any(
            split(codes) == split(line["codes"]) and (how, by, why) == ("adjudication", line["by"], line["why"])
            for codes, how, by, why in told
        )
