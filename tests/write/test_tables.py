"""The kinds of tables, as the Markdown of their cells."""

import re
from collections.abc import Callable
from typing import Any

import pypandoc
import pytest

from recount.errors import TemplateError
from recount.write.paper import Written

Write = Callable[..., Written]


def _cells(written: Written, caption: str) -> list[list[str]]:
    """The cells of the table with that caption, without the attributes of numbers."""
    block = written.markdown.split(f"\n\n: {caption} {{#tbl-")[0].rsplit("\n\n", 1)[1]
    lines = [re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", line) for line in block.splitlines()]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [row for row in rows if not row[0].startswith(":-")]


def _table(write: Write, **table: Any) -> list[list[str]]:
    made = {"caption": "The table", **table}
    return _cells(write("{{ table('new') }}", tables={"tables": {"new": made}}), "The table")


ITEMS = [{"question": "office", "category": "yes"}, {"question": "travel", "category": "yes", "label": "A budget"}]


def test_items_have_share_interval_and_base(write: Write) -> None:
    assert _table(write, kind="items", items=ITEMS) == [
        ["", "Share", "Interval", "Respondents"],
        ["Office", "86%", "76–96%", "36 of 42"],
        ["A budget", "40%", "30–50%", "17 of 42"],
    ]


def test_items_are_sorted_where_asked_and_a_question_without_category_is_spread(write: Write) -> None:
    got = _table(write, kind="items", items=[{"question": "travel"}], sort="descending")
    assert [row[0] for row in got[1:]] == ["Travel: No", "Travel: Yes", "Travel: Perhaps"]


def test_an_item_outside_the_base_is_shown_of_those_asked(write: Write) -> None:
    got = _table(write, kind="items", items=[{"question": "office", "category": "unsure"}])
    assert got[1] == ["Office", "11%", "", "5 of 47"]


def test_a_weighted_share_is_not_shown_as_so_many_of_its_base(write: Write) -> None:
    got = _table(write, kind="items", items=[{"question": "networks", "category": "one"}])
    assert got[1] == ["Networks", "31%", "", "47"]
    assert 'base="47 respondents, weighted"' in write("{{ share('networks', 'one') }}").markdown


def test_a_crosstab_has_everyone_and_each_level_with_its_base_and_hides_what_is_hidden(write: Write) -> None:
    assert _table(
        write, kind="crosstab", items=ITEMS[:1], groups=["region"], levels={"region": ["asia", "africa"]}
    ) == [
        ["", "All", r"Region: Asia \| \*the\* \<b\>rest\</b\> \$x\$", "Region: Africa"],
        ["Yes", "86%", "–", "67%"],
        ["*n*", "42", "3", "6"],
    ]


def test_a_crosstab_of_several_questions_names_them(write: Write) -> None:
    got = _table(write, kind="crosstab", items=[{"question": "office"}, {"question": "travel"}])
    assert [row[0] for row in got] == [
        "",
        "**Office**",
        "Yes",
        "No",
        "*n*",
        "**Travel**",
        "Yes",
        "No",
        "Perhaps",
        "*n*",
    ]


def test_a_scale_has_categories_mean_and_base(write: Write) -> None:
    assert _table(write, kind="scale", items=[{"question": "agenda"}]) == [
        ["", "Low", "High", "Mean", "*n*"],
        ["Agenda", "24%", "76%", "1.8", "42"],
    ]


def test_a_scale_of_questions_with_different_categories_is_refused(write: Write) -> None:
    with pytest.raises(TemplateError, match=r"tables\.yaml, tables\.new: .*have different categories"):
        _table(write, kind="scale", items=[{"question": "agenda"}, {"question": "travel"}])


def test_waves_stand_side_by_side_with_a_dagger_where_they_cannot_be_compared(write: Write) -> None:
    made = {"tables": {"new": {"kind": "waves", "caption": "The table", "items": ITEMS, "note": "Own note."}}}
    written = write("{{ table('new') }}", tables=made)
    assert _cells(written, "The table") == [
        ["", "2018", "2020"],
        ["Office", "56% †", "86%"],
        ["A budget", "", "40%"],
    ]
    assert "::: note\nOwn note. † Office, 2018: asked of members only\n:::" in written.markdown


def test_themes_have_share_count_and_agreement_and_no_code_comes_last(write: Write) -> None:
    assert _table(write, kind="themes", items=[{"question": "obstacles"}], sort="descending") == [
        ["", "Share", "Respondents", "Agreement (kappa)"],
        ["Too little money", "71%", "30", "0.81"],
        ["Too few people", "48%", "20", ""],
        ["No mandate", "48%", "20", ""],
        ["None of the codes", "95%", "40", ""],
    ]


def test_a_flow_goes_from_contacted_to_analysed_wave_by_wave(write: Write) -> None:
    assert _table(write, kind="flow", waves=["2018", "2020"]) == [
        ["", "2018", "2020"],
        ["Contacted", "", "120"],
        ["Responses received", "", "55"],
        ["Left out: duplicate", "", "5"],
        ["Left out: no id", "", "3"],
        ["Respondents analysed", "27", "47"],
    ]


def test_every_cell_is_in_the_ledger_and_names_with_numbers_are_allowed(write: Write) -> None:
    made = {"tables": {"new": {"kind": "waves", "caption": "The table", "items": ITEMS}}}
    numbers = write("{{ table('new') }}", tables=made).numbers
    assert [each["display"] for each in numbers["numbers"]] == ["56%", "86%", "40%"]
    assert {each["text"] for each in numbers["allowed"]} == {"2018", "2020"}


@pytest.mark.parametrize(
    ("kind", "mark"), [("html", "<table"), ("latex", "longtable"), ("jats", "<table-wrap"), ("typst", "#table(")]
)
def test_tables_stay_tables_in_every_document(write: Write, kind: str, mark: str) -> None:
    markdown = write("{{ table('items') }}\n\n{{ table('regions') }}").markdown
    got = pypandoc.convert_text(markdown, kind, format="markdown")
    assert got.count(mark) >= 3
    assert "| Yes |" not in got
    assert "<b>rest</b>" not in got
