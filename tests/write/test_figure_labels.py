"""The numbers that figures print, in the ledger and the appendix."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

from recount.errors import EstimateError, TemplateError
from recount.write.io import as_json, read_sources
from recount.write.paper import Written
from tests.write.conftest import ROWS, share
from tests.write.schemas import printed_schema

Write = Callable[..., Written]
TEMPLATE = "{{ respondents() }} and {{ share('obstacles', 'funding') }}.\n\n{{ figure('obstacles') }}\n"
DRAWN = [
    ("Too little money", "71%", "2020/obstacles/share/funding"),
    ("Too few people", "48%", "2020/obstacles/share/staff"),
    ("No mandate", "48%", "2020/obstacles/share/mandate"),
]
ALTERNATIVE = "Bars: Too little money: 71% (30 of 42); Too few people: 48%; No mandate: 48%; and 71% again."


def _source(*drawn: tuple[str, str, str], **changed: Any) -> pd.DataFrame:
    values = {row["key"]: row["value"] for row in ROWS}
    rows = [
        {"label": label, "series": "", "panel": "", "display": display, "key": key, "value": values.get(key)}
        for label, display, key in drawn
    ]
    return pd.DataFrame(rows).astype({"value": float}).assign(**changed)


def _written(write: Write, source: pd.DataFrame, template: str = TEMPLATE) -> Written:
    return write(template, figure_sources={"obstacles": source}, alt_texts={"obstacles": ALTERNATIVE})


def _of(written: Written, part: str) -> list[tuple[Any, ...]]:
    found = [each for each in written.numbers["numbers"] if each["part"] == part]
    return [(each["display"], each["keys"], each["figure"], each["line"], each["sentence"]) for each in found]


def test_every_row_of_a_figure_is_in_the_ledger_with_its_place_in_the_source(write: Write) -> None:
    written = _written(write, _source(*DRAWN))
    assert _of(written, "figure label") == [
        (display, [key], "obstacles", line, "") for line, (_, display, key) in enumerate(DRAWN, start=2)
    ]
    last = written.numbers["numbers"][-1]
    assert last["file"] == "results/figures/obstacles.txt"
    assert {each["figure"] for each in written.numbers["numbers"] if each["part"] == "prose"} == {""}
    jsonschema.validate(json.loads(as_json(written.numbers)), printed_schema())


def test_a_row_without_a_display_is_not_printed_and_not_entered(write: Write) -> None:
    written = _written(write, _source(DRAWN[0], ("Too few people", "", DRAWN[1][2])))
    assert [each[0] for each in _of(written, "figure label")] == ["71%"]


def test_numbers_of_the_alternative_text_are_those_of_the_row_that_they_stand_beside(write: Write) -> None:
    written = _written(write, _source(*DRAWN))
    assert _of(written, "alt text") == [
        ("71%", [DRAWN[0][2]], "obstacles", None, "Bars: Too little money: 71% (30 of 42);"),
        ("48%", [DRAWN[1][2]], "obstacles", None, "Too few people: 48%;"),
        ("48%", [DRAWN[2][2]], "obstacles", None, "No mandate: 48%;"),
    ]
    allowed = [each["text"] for each in written.numbers["allowed"] if each["kind"] == "figure"]
    assert allowed == ["30", "42", "71%"]


def test_rows_of_one_line_follow_each_other_in_the_alternative_text(write: Write) -> None:
    drawn = [
        ("Office", "56%", "2018/office/share/yes"),
        ("Office", "86%", "2020/office/share/yes"),
        ("Travel", "40%", "2020/travel/share/yes"),
    ]
    text = "Office: 56% (15 of 27) in 2018, 86% (36 of 42) in 2020; Budget: 40%."
    written = write(TEMPLATE, figure_sources={"obstacles": _source(*drawn)}, alt_texts={"obstacles": text})
    assert [(each[0], *each[1]) for each in _of(written, "alt text")] == [
        ("56%", "2018/office/share/yes"),
        ("86%", "2020/office/share/yes"),
    ]
    assert "40%" in {each["text"] for each in written.numbers["allowed"]}  # its row is called otherwise


def test_figures_have_their_own_table_in_the_appendix_and_lead_to_lines_that_are_there_already(write: Write) -> None:
    markdown = _written(write, _source(*DRAWN)).markdown
    title = ": Every number in this paper: [Figure 1](#fig-obstacles) {#tbl-numbers-obstacles}"
    text, figure = markdown.split(": Every number in this paper {#tbl-numbers}")
    assert title in figure
    assert re.findall(r"\{#(e-\d+)\}", text) == ["e-1", "e-2"]
    lines = [line.split("|")[1:4] for line in figure.split(title)[0].splitlines() if "/obstacles/" in line]
    assert [[cell.strip() for cell in line] for line in lines] == [
        ["[2](#e-2)", "71%", "2020/obstacles/share"],
        ["[3]{#e-3}", "48%", "2020/obstacles/share"],
        ["[4]{#e-4}", "48%", "2020/obstacles/share"],
    ]


def test_a_figure_that_was_drawn_from_other_estimates_stops_the_build(write: Write) -> None:
    with pytest.raises(EstimateError) as caught:
        _written(write, _source(*DRAWN, value=[30 / 42, 0.5, 20 / 42]))
    place = "results/figures/obstacles.csv, row 3, 2020/obstacles/share/staff"
    assert f"{place}: the figure obstacles was not drawn" in str(caught.value)
    assert "row 2" not in str(caught.value)
    with pytest.raises(EstimateError, match="2020/obstacles/share/lost: the figure obstacles was not drawn"):
        _written(write, _source(("Lost", "5%", "2020/obstacles/share/lost"), value=[0.05]))


def test_a_figure_without_source_data_stops_the_build_where_sources_are_given(write: Write) -> None:
    with pytest.raises(TemplateError, match=r"obstacles\.csv: this figure has no source data"):
        write(TEMPLATE, figure_sources={})
    assert _of(write(TEMPLATE), "figure label") == []


def test_a_figure_that_the_text_does_not_place_is_not_entered(write: Write) -> None:
    written = write("{{ respondents() }}", figure_sources={"obstacles": _source(*DRAWN)})
    assert _of(written, "figure label") == []


def test_source_data_are_read_as_they_were_written(tmp_path: Path) -> None:
    value = 0.1 + 0.2
    text = f"label,series,panel,display,key,value\nNA,,sets,30%,a/b/c,{value!r}\nNone,,,hidden: base under 5,a/b/d,\n"
    (tmp_path / "flow.csv").write_text(text, encoding="utf-8")
    got = read_sources([tmp_path / "flow.csv"])["flow"]
    assert got["label"].tolist() == ["NA", "None"]
    assert got["value"][0] == value
    assert pd.isna(got["value"][1])


def test_a_label_that_is_not_from_the_formatter_stops_the_build_with_its_file_and_row(write: Write) -> None:
    with pytest.raises(EstimateError) as caught:
        _written(write, _source(*DRAWN[:2], ("No mandate", "47%", DRAWN[2][2])))
    assert str(caught.value) == (
        "results/figures/obstacles.csv, row 4, 2020/obstacles/share/mandate: '47%': "
        "the figure prints another text than the formatter writes for this estimate\n"
        "    expected: 48%\n"
        "    next: delete results/figures/obstacles.csv, then snakemake --cores 4: it draws the figure again"
    )


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [
        ("upset", ("Too little money", "30", "2020/obstacles/share/funding")),
        ("bars", ("Too little money", "71%", "2020/obstacles/share/funding")),
        ("bars", ("Office", "hidden: base under 5", "2020/office/share/yes/region=asia")),
        ("flow", ("Spelling", "1,234", "2020/-/changed_cells/spelling")),
    ],
)
def test_each_kind_of_figure_has_its_way_of_writing(write: Write, kind: str, drawn: tuple[str, str, str]) -> None:
    figures = {"figures": {"obstacles": {"kind": kind, "caption": "C"}}}
    given = {"figures": figures, "figure_sources": {"obstacles": _source(drawn)}, "alt_texts": {"obstacles": "A."}}
    assert _of(write(TEMPLATE, **given), "figure label")[0][0] == drawn[1]
    other = {**given, "figure_sources": {"obstacles": _source((drawn[0], "99%", drawn[2]))}}
    with pytest.raises(EstimateError, match=r"obstacles\.csv, row 2.*: '99%'"):
        write(TEMPLATE, **other)


def test_shares_that_add_up_to_100_are_checked_together(write: Write) -> None:
    rows = [*ROWS, *(row for name in "abc" for row in share(f"2020/agenda/share/{name}", 1, 3))]
    drawn = [
        ("Agenda", text, f"2020/agenda/share/{name}") for name, text in zip("abc", ("34%", "33%", "33%"), strict=True)
    ]
    source = _source(*drawn, value=[1 / 3] * 3)
    figures = {"figures": {"obstacles": {"kind": "diverging", "caption": "C", "sum_to_100": True}}}
    given = {"figure_sources": {"obstacles": source}, "alt_texts": {"obstacles": "A."}, "estimates": pd.DataFrame(rows)}
    assert len(_of(write(TEMPLATE, figures=figures, **given), "figure label")) == 3
    with pytest.raises(EstimateError, match=r"row 2.*: '34%'(.|\n)*expected: 33%"):
        write(TEMPLATE, figures={"figures": {"obstacles": {"kind": "diverging", "caption": "C"}}}, **given)


@pytest.mark.parametrize("text", ["72%", "31 of 42", "in 2021", "and 99 more", "forty"])
def test_a_number_of_the_alternative_text_that_the_figure_does_not_have_stops_the_build(
    write: Write, text: str
) -> None:
    words = {"obstacles": f"{ALTERNATIVE} Also {text}."}
    with pytest.raises(EstimateError) as caught:
        write(TEMPLATE, figure_sources={"obstacles": _source(*DRAWN)}, alt_texts=words)
    assert "results/figures/obstacles.txt: " in str(caught.value)
    assert "no estimate and no name of this figure says this number" in str(caught.value)


def test_what_the_alternative_text_says_besides_is_listed_with_the_reason(write: Write) -> None:
    words = {"obstacles": f"{ALTERNATIVE[:-1]}, 2020, interval 61% to 81%; and 2 more."}
    written = write(TEMPLATE, figure_sources={"obstacles": _source(*DRAWN)}, alt_texts=words)
    assert [(each["text"], each["why"].split(": ")[1]) for each in written.numbers["allowed"]] == [
        ("30", "base of 2020/obstacles/share/funding"),
        ("42", "base of 2020/obstacles/share/funding"),
        ("71%", "says 2020/obstacles/share/funding"),
        ("2020", "name of wave 2020"),
        ("61%", "interval of 2020/obstacles/share/funding"),
        ("81%", "interval of 2020/obstacles/share/funding"),
        ("2", "how many there are"),
    ]
