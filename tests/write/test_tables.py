"""The kinds of tables, as the Markdown of their cells."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pypandoc
import pytest

from recount.errors import TemplateError
from recount.study.instrument import Fielding, Instrument
from recount.write.paper import Written
from tests.write.conftest import ROWS, share

Write = Callable[..., Written]


def _cells(written: Written, caption: str) -> list[list[str]]:
    """The cells of the table with that caption, without the attributes of numbers."""
    block = written.markdown.split(f"\n\n: {caption} {{#tbl-")[0].rsplit("\n\n", 1)[1]
    lines = [re.sub(r"\[([^\]]*)\]\{[^}]*\}", r"\1", line) for line in block.splitlines()]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [row for row in rows if not row[0].startswith(":-")]


def _table(write: Write, **table: Any) -> list[list[str]]:
    study = {name: table.pop(name) for name in ("instrument", "estimates") if name in table}
    made = {"caption": "The table", **table}
    return _cells(write("{{ table('new') }}", tables={"tables": {"new": made}}, **study), "The table")


def _changed(instrument: Instrument, question: str, **changes: Any) -> Instrument:
    """The instrument with one question changed."""
    questions = [each.model_copy(update=changes) if each.id == question else each for each in instrument.questions]
    return Instrument(title=instrument.title, questions=tuple(questions))


ITEMS = [{"question": "office", "category": "yes"}, {"question": "travel", "category": "yes", "label": "A budget"}]


def test_items_have_share_interval_and_base(write: Write) -> None:
    assert _table(write, kind="items", items=ITEMS) == [
        ["", "Share", "Interval", "Respondents"],
        ["Office", "86%", "76–96%", "36 of 42"],
        ["A budget", "40%", "30–50%", "17 of 42"],
    ]


def test_items_are_sorted_where_asked_and_a_question_without_category_is_spread(write: Write) -> None:
    got = _table(write, kind="items", items=[{"question": "travel"}], sort="descending")
    assert [row[0] for row in got[1:]] == ["No", "Yes", "Perhaps"]


def test_lines_of_several_questions_name_theirs(write: Write) -> None:
    got = _table(write, kind="items", items=[{"question": "travel"}, {"question": "office", "category": "yes"}])
    assert [row[0] for row in got[1:]] == ["Travel: Yes", "Travel: No", "Travel: Perhaps", "Office"]


def test_an_item_outside_the_base_is_shown_of_those_asked(write: Write) -> None:
    got = _table(write, kind="items", items=[{"question": "office", "category": "unsure"}])
    assert got[1] == ["Office: Don't know", "11%", "", "5 of 47"]


def test_a_weighted_share_is_not_shown_as_so_many_of_its_base(write: Write) -> None:
    got = _table(write, kind="items", items=[{"question": "networks", "category": "one"}])
    assert got[1] == ["Networks: One", "31%", "", "47"]
    assert 'base="47 respondents, weighted"' in write("{{ share('networks', 'one') }}").markdown


def test_a_crosstab_has_everyone_and_each_level_with_its_base_and_hides_what_is_hidden(write: Write) -> None:
    assert _table(
        write, kind="crosstab", items=ITEMS[:1], groups=["region"], levels={"region": ["asia", "africa"]}
    ) == [
        ["", "All", r"Asia \| \*the\* \<b\>rest\</b\> \$x\$", "Africa"],
        ["Yes", "86%", "–", "67%"],
        ["*n*", "42", "3", "6"],
    ]


def test_the_only_group_of_a_crosstab_is_named_once_in_its_note(write: Write) -> None:
    made = {"kind": "crosstab", "caption": "The table", "items": ITEMS[:1]}
    alone = write("{{ table('new') }}", tables={"tables": {"new": made | {"groups": ["region"]}}}).markdown
    assert "::: note\nColumns: all respondents, then by “Region”.\n:::" in alone
    assert "Region:" not in alone
    both = write("{{ table('new') }}", tables={"tables": {"new": made | {"groups": ["region", "travel"]}}}).markdown
    assert "| Region: Africa |" in both
    assert "| Travel: Yes |" in both
    assert "Columns:" not in both


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
        ["Office", "56% (27) †", "86% (42)"],
        ["A budget", "not asked", "40% (42)"],
    ]
    generated = "In brackets: the base of each share.\n\n† Office, 2018: asked of members only."
    assert f"::: note\nOwn note.\n\n{generated}\n:::" in written.markdown


def test_several_notes_have_a_mark_each_and_stand_in_paragraphs_of_their_own(
    write: Write, instrument: Instrument
) -> None:
    once = Fielding(column="t", comparable=False, note="put to capitals only.")
    study = _changed(instrument, "travel", waves={"2018": once, "2020": Fielding(column="travel")})
    made = {"tables": {"new": {"kind": "waves", "caption": "The table", "items": ITEMS}}}
    written = write("{{ table('new') }}", tables=made, instrument=study)
    assert [row[1] for row in _cells(written, "The table")] == ["2018", "56% (27) †", "‡"]
    assert "members only.\n\n‡ A budget, 2018: put to capitals only.\n:::" in written.markdown


def test_a_category_that_a_wave_did_not_offer_is_told(write: Write, instrument: Instrument) -> None:
    study = _changed(instrument, "travel", waves={"2020": Fielding(column="t", offered=("yes", "no"))})
    estimates = pd.DataFrame([row for row in ROWS if "travel" not in row["key"] or "maybe" not in row["key"]])
    items = [{"question": "travel", "category": "maybe"}]
    got = _table(write, kind="items", items=items, instrument=study, estimates=estimates)
    assert got[1] == ["Travel: Perhaps", "not offered", "", ""]


def test_a_net_is_called_by_its_members_where_the_table_has_no_label(write: Write, instrument: Instrument) -> None:
    estimates = pd.DataFrame([*ROWS, *share("2020/travel/share/able", 17, 42)])
    changed = _changed(instrument, "travel", nets={"able": ("yes", "maybe")})
    study = {"instrument": changed, "estimates": estimates}
    got = _table(write, kind="items", items=[{"question": "travel", "category": "able"}], **study)
    assert got[1] == ["Travel: Yes or Perhaps", "40%", "30–50%", "17 of 42"]
    written = write("{{ label('travel', 'able') }}: {{ share('travel', 'able') }}", **study)
    assert written.markdown.count("Yes or Perhaps") == 2  # in the text and in the appendix
    assert "able" not in re.sub(r"\{[^}]*\}", "", written.markdown)


def test_themes_have_share_count_and_agreement_and_no_code_comes_last(write: Write) -> None:
    assert _table(write, kind="themes", items=[{"question": "obstacles"}], sort="descending") == [
        ["", "Share", "Respondents", "Agreement (kappa)"],
        ["Too little money", "71%", "30 of 42", "0.81"],
        ["Too few people", "48%", "20 of 42", ""],
        ["No mandate", "48%", "20 of 42", ""],
        ["No code applies", "95%", "40 of 42", ""],
    ]


def test_a_flow_goes_from_contacted_to_analysed_wave_by_wave(write: Write) -> None:
    assert _table(write, kind="flow", waves=["2018", "2020"]) == [
        ["", "2018", "2020"],
        ["Contacted", "", "120"],
        ["Responses received", "", "55"],
        ["Left out: without an identifier", "", "3"],
        ["Left out: duplicates", "", "5"],
        ["Respondents", "27", "47"],
    ]


def test_every_cell_is_in_the_ledger_and_names_with_numbers_are_allowed(write: Write) -> None:
    made = {"tables": {"new": {"kind": "waves", "caption": "The table", "items": ITEMS}}}
    numbers = write("{{ table('new') }}", tables=made).numbers
    assert [each["display"] for each in numbers["numbers"]] == ["56%", "27", "86%", "42", "40%", "42"]
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
