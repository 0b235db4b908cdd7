"""The audit cards, of the small wave that test_trace.py follows."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from recount.audit.cards import cards
from recount.display.formatter import Formatter
from recount.study.settings import Display
from tests.audit.hand_built import tables
from tests.audit.test_trace import Built
from tests.test_house import ROOT

STYLE = "p { margin: 0 }"
HOSTILE = '</h1><script>alert(1)</script><img src="x" onerror="alert(2)">\x1b[31m'


def page(**changes: Any) -> BeautifulSoup:
    ledger = {**Built().ledger, "title": "T", "simulated": [], **changes}
    template = (ROOT / "report/audit/cards.html.j2").read_text(encoding="utf-8")
    made = cards(ledger, instrument=tables().instrument, formatter=Formatter(Display()), template=template, style=STYLE)
    return BeautifulSoup(made, "html.parser")


def test_a_card_an_entry_says_what_is_printed_and_where_it_comes_from() -> None:
    card = page().find(id="e-1")
    assert card.h2.get_text(" ", strip=True) == "e-1 75%"
    said = dict(zip(*([each.get_text() for each in card.find_all(name)] for name in ("dt", "dd")), strict=True))
    assert said["value"].startswith("75% (0.75): 3 of 4")
    assert said["columns"] == "office"
    assert said["raw file"].startswith("data/raw/a.csv, SHA-256 abab")


def test_every_number_has_its_place_in_the_card_of_its_entry() -> None:
    found = page()
    assert [each["id"] for each in found.find(id="e-1").find_all("li")] == ["n-1", "n-3"]
    assert found.find(id="n-1").a["href"] == "../paper/paper.html#n-1"


def test_text_of_strangers_is_text_and_the_page_runs_nothing() -> None:
    ledger = Built().ledger
    numbers = [{**each, "display": HOSTILE, "sentence": HOSTILE} for each in ledger["numbers"]]
    found = page(title=HOSTILE, numbers=numbers)
    assert found.find_all(["script", "img"]) == []
    assert "\x1b" not in str(found)
    policy = found.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy


@pytest.mark.parametrize(("simulated", "exp"), [([], False), (["2020"], True)])
def test_simulated_responses_are_told_at_the_head(simulated: list[str], exp: bool) -> None:  # noqa: FBT001 - expected
    assert ("The responses of 2020 are simulated" in page(simulated=simulated).get_text()) is exp
