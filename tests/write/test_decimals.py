"""A median of whole numbers is whole, in prose, tables, cards and messages alike."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from recount.study.instrument import Instrument
from recount.write.paper import Written
from tests.write.conftest import INSTRUMENT, ROWS, row

Write = Callable[..., Written]
STAFF = [
    row("2020/staff/median", 20.0, "mean", low=12.0, high=31.0, n=47, base=47),
    row("2020/staff/q1", 8.5, "mean", n=47, base=47),
]


def _study(decimals: int | None) -> dict[str, Any]:
    questions = [
        each | {"decimals": decimals} if each["id"] == "staff" else each
        for each in INSTRUMENT["questions"]  # type: ignore[attr-defined]
    ]
    rows = [each for each in ROWS if each["key"] != "2020/staff/median"]
    return {
        "estimates": pd.DataFrame([*rows, *STAFF]),
        "instrument": Instrument.declared_in("instrument.yaml", {**INSTRUMENT, "questions": questions}),
    }


@pytest.mark.parametrize(
    ("expression", "decimals", "text"),
    [
        ("median('staff')", 0, "20"),
        ("median('staff')", 2, "20.00"),
        ("median('staff')", None, "20.0"),
        ("median('staff') | interval", 0, "12 to 31"),
        ("median('staff') | range", 0, "12–31"),
        ("median('staff') | zh", 0, "20"),
        ("median('staff') | decimals(1)", 0, "20.0"),
        ("quantile('staff', 0.25)", 0, "9"),
        ("quantile('staff', 0.25)", 1, "8.5"),
        ("mean('staff')", 0, "4.3"),
        ("mean('staff')", 2, "4.25"),
        ("smallest(median('staff'), quantile('staff', 0.25))", 0, "9"),
    ],
)
def test_a_number_question_is_written_as_fine_as_its_answers(
    write: Write, expression: str, decimals: int | None, text: str
) -> None:
    got = write(f"{{{{ {expression} }}}}", **_study(decimals)).numbers["numbers"][0]
    assert got["display"] == text


def test_cards_appendix_and_claims_write_it_the_same_way(write: Write) -> None:
    template = "{{ median('staff') }}. {% claim median('staff') > 10 %}Many{% endclaim %}."
    written = write(template, **_study(0))
    assert 'interval="12 to 31"' in written.markdown
    assert "| 12 to 31 |" in " ".join(written.markdown.split())
    comparison = written.claims["claims"][0]["margin"]["comparisons"][0]
    assert comparison["left_display"] == "20"
