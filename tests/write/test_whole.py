"""Shares that are written so that they add up to 100, in prose and in tables."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.display.formatter import Formatter
from recount.errors import EstimateError, StudyError
from recount.study.figures import Figures
from recount.study.settings import Display
from recount.study.tables import Tables
from recount.write.number import Estimate, Number
from recount.write.paper import Written
from recount.write.whole import summed
from recount.write.written import text_of
from tests.write.conftest import ROWS, share

Write = Callable[..., Written]
OTHERS = [each for each in ROWS if each["question"] != "travel"]
EQUAL = [row for name in ("yes", "no", "maybe") for row in share(f"2020/travel/share/{name}", 14, 42)]
THIRDS = pd.DataFrame([*OTHERS, *EQUAL])


def _number(n: int, base: int, place: int, *, exclusive: bool = True) -> Number:
    row = Estimate(
        key=f"w/q/share/{place}", wave="w", question="q", statistic="share", value=n / base, exclusive=exclusive
    )
    return Number(value=n / base, unit="share", trace=row)


COUNTS = st.lists(st.integers(0, 2000), min_size=1, max_size=12).filter(any)


@given(COUNTS, st.integers(0, 2))
def test_what_is_written_adds_up_to_100_and_is_within_one_unit_of_the_exact_share(
    counts: list[int], decimals: int
) -> None:
    base = sum(counts)
    numbers = summed([_number(n, base, place) for place, n in enumerate(counts)], "q")
    formatter = Formatter(Display(percent_decimals=decimals))
    written = [Decimal(text_of(each, formatter).rstrip("%")) for each in numbers]
    assert sum(written) == 100
    unit = Decimal(1).scaleb(-decimals)
    assert all(abs(each - Decimal(n) * 100 / base) < unit for each, n in zip(written, counts, strict=True))
    assert all(each.value == n / base for each, n in zip(numbers, counts, strict=True))


def test_the_shares_of_a_question_are_a_list_with_names(write: Write) -> None:
    loop = "{% for each in shares('travel') %}{{ each.label }}: {{ each }}; {% endfor %}"
    written = write(loop, estimates=THIRDS)
    numbers = [each for each in written.numbers["numbers"] if each["kind"] == "number"]
    assert [each["display"] for each in numbers] == ["34%", "33%", "33%"]
    assert {each["written_as"] for each in numbers} == {"of_whole"}
    assert numbers[0]["keys"] == ["2020/travel/share/yes"]
    names = [each["display"] for each in written.numbers["numbers"] if each["kind"] == "name"]
    assert names == ["Yes", "No", "Perhaps"]


def test_they_add_up_with_other_decimals_and_in_chinese_too(write: Write) -> None:
    for way, exp in (("decimals(1)", ["33.4%", "33.3%", "33.3%"]), ("zh", ["34%", "33%", "33%"])):
        loop = f"{{% for each in shares('travel') %}}{{{{ each | {way} }}}} {{% endfor %}}"
        got = write(loop, estimates=THIRDS)
        assert [each["display"] for each in got.numbers["numbers"]] == exp


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("networks", "respondents may give several answers"),
        ("agenda", "these shares are no whole"),
        ("staff", "this question has no categories"),
    ],
)
def test_what_is_no_whole_is_not_made_one(write: Write, question: str, words: str) -> None:
    short = pd.DataFrame([each for each in ROWS if each["key"] != "2020/agenda/share/low"])
    with pytest.raises(EstimateError, match=words):
        write(f"{{% for each in shares('{question}') %}}{{{{ each }}}}{{% endfor %}}", estimates=short)


def _table(write: Write, estimates: pd.DataFrame, *, sum_to_100: bool = True, **table: Any) -> Written:
    declared = {"tables": {"new": {"caption": "C", "sum_to_100": sum_to_100, **table}}}
    return write("{{ table('new') }}", tables=declared, estimates=estimates)


def _cells(written: Written) -> list[list[str]]:
    lines = written.markdown.split("\n\n: C")[0].rsplit("\n\n", 1)[1].splitlines()
    texts = [re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", line) for line in lines]
    return [[cell.strip() for cell in text.strip("|").split("|")] for text in texts if ":-" not in text]


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ({"kind": "items", "items": [{"question": "travel"}, {"question": "region"}]}, 1),
        ({"kind": "crosstab", "items": [{"question": "travel"}]}, 1),
    ],
)
def test_a_table_adds_up_where_it_asks_for_it(write: Write, table: dict[str, Any], column: int) -> None:
    got = {}
    for asked in (False, True):
        rows = _cells(_table(write, THIRDS, sum_to_100=asked, **table))
        got[asked] = [row[column] for row in rows[1:4]]
    assert got == {False: ["33%", "33%", "33%"], True: ["34%", "33%", "33%"]}


def test_a_scale_adds_up_line_by_line(write: Write) -> None:
    scale = [*ROWS, *share("2020/agenda/share/middle", 21, 126)]
    rows = [row for row in scale if row["question"] != "agenda"]
    rows += [row for name, n in (("low", 21), ("high", 105)) for row in share(f"2020/agenda/share/{name}", n, 126)]
    got = _cells(_table(write, pd.DataFrame(rows), kind="scale", items=[{"question": "agenda"}]))
    assert got[1][1:3] == ["17%", "83%"]


def test_hidden_cells_stay_hidden_in_a_table_that_adds_up(write: Write) -> None:
    hidden = [row for row in ROWS if not row["key"].startswith("2020/office/share/yes/region=africa")]
    crossed = {"kind": "crosstab", "groups": ["region"], "items": [{"question": "office"}]}
    got = _cells(_table(write, pd.DataFrame(hidden), **crossed))
    assert got[1] == ["Yes", "86%", "", "–"]


def test_a_table_of_one_category_does_not_add_up(write: Write) -> None:
    items = [{"question": "office", "category": "yes"}]
    with pytest.raises(EstimateError, match=r"tables\.new office: these shares are no whole"):
        _table(write, pd.DataFrame(ROWS), kind="items", items=items)


def test_only_kinds_that_show_a_whole_can_be_asked_to_add_up() -> None:
    for kind in ("waves", "themes", "flow"):
        with pytest.raises(StudyError, match="items, crosstab or scale"):
            Tables.declared_in("t", {"tables": {"new": {"kind": kind, "caption": "C", "sum_to_100": True}}})
    with pytest.raises(StudyError, match="of kind diverging"):
        Figures.declared_in("f", {"figures": {"new": {"kind": "bars", "caption": "C", "sum_to_100": True}}})
