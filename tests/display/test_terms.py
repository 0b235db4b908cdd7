"""The one set of words, held to the reasons and statistics that docs/tables.md lists."""

import re
from pathlib import Path

from recount.display import terms

PAGE = (Path(__file__).parents[2] / "docs/tables.md").read_text(encoding="utf-8")


def test_every_reason_of_the_contract_has_words_in_its_order() -> None:
    section = PAGE.split("## results/WAVE/excluded.csv")[1].split("\n## ")[0]
    order = re.search(r"in this order: ([a-z, ]+)\.", section)
    assert order is not None
    assert list(terms.REASONS) == order[1].split(", ")


def test_every_step_is_a_statistic_of_the_contract() -> None:
    listed = PAGE.split("- the wave (QUESTION `-`)")[1].split("\n")[0]
    assert [each for each in terms.STEPS if f"`{each}`" not in listed] == []


def test_reasons_stand_in_the_order_in_which_they_are_applied_and_unknown_ones_last() -> None:
    assert terms.in_order(["odd", "duplicate", "test", "absent", "test"]) == ["test", "duplicate", "absent", "odd"]
    assert terms.reason("no id") == "without an identifier"
    assert terms.reason("odd") == "odd"


def test_a_net_is_named_by_its_members() -> None:
    assert terms.net(["Positive", "Very positive"]) == "Positive or Very positive"
