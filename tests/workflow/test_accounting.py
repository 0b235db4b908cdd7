"""The account of a paper's numerals, held on small pages: what passes, and what is left over."""

from typing import Any

import pytest
from lxml import html

from recount.display.formatter import Formatter
from recount.study.settings import Display
from tests.workflow import pdf
from tests.workflow.numerals import Account, numerals, works
from tests.workflow.pieces import Page, page_of

SHARE: dict[str, Any] = {
    "wave": "2020", "question": "office", "statistic": "share", "category": "yes", "group": "", "level": "",
    "value": 0.857, "low": 0.72, "high": 0.93, "n": 36.0, "base": 42.0, "weighted_n": 36.0, "weighted_base": 42.0,
    "unit": "share",
}  # fmt: skip
TRACE = {"kind": "estimate", "key": "2020/office/share/yes", "value": 0.857, "unit": "share"}
NUMBERS = '<span id="n-1" class="number" data-base="36 of 42" data-interval="72% to 93%"><a href="#e-1">86%</a></span>'
ENTRIES = (
    '<table id="tbl-numbers"><caption><span class="label"><strong>Table\u00a02.</strong></span> Numbers</caption>'
    "<tbody><tr><td><span>1</span></td><td>86%</td><td>2020/office/share</td><td>Yes</td><td>36</td><td>42</td>"
    "<td>72% to 93%</td></tr></tbody></table>"
)
FIGURE = (
    '<figure id="fig-offices"><div class="scroll" aria-label="Figure 1. Offices">'
    '<img alt="Bars: 86% (36 of 42)."></div>'
    '<figcaption><span class="label"><strong>Figure\u00a01.</strong></span> Offices</figcaption></figure>'
    '<table id="tbl-items"><caption><span class="label"><strong>Table\u00a01.</strong></span> Items</caption>'
    "<tr><th>2018</th></tr></table>"
)
BODY = (
    f"<h2>1 Offices</h2><p>{NUMBERS} have one (<a href='#fig-offices'>Figure 1</a>), more than "
    f'<span id="c-1" class="claim">half</span>; CO2, the <a href="#ref-un2015">UN 2015</a>, p. 4.</p>'
    f"{FIGURE}<h3>1.1 More</h3>"
    '<div class="csl-entry" id="ref-un2015">UN (2015). The 2030 Agenda.</div>'
)


def _number(name: str, figure: str = "", part: str = "prose") -> dict[str, Any]:
    made = {"id": name, "entry": "e-1", "display": "86%", "figure": figure, "part": part, "trace": TRACE}
    return {**made, "formula": "2020/office/share/yes"}


def _account() -> Account:
    allowed = [("half", "threshold"), ("CO2", "word"), ("p. 4", "locator"), ("2018", "name")]
    file = "results/figures/offices.txt"
    ledger = {
        "simulated": [],
        "numbers": [_number("n-1"), _number("n-2", "offices", "alt text")],
        "estimates": {"2020/office/share/yes": SHARE},
        "allowed": [{"text": text, "kind": kind, "file": "paper"} for text, kind in allowed]
        + [{"text": text, "kind": "figure", "file": file} for text in ("36", "42")],
    }
    bibliography = works("@misc{un2015,\n  author = {UN},\n  title = {The 2030 Agenda},\n  year = {2015},\n}\n")
    labels = {"office": {"yes": "Yes"}}
    return Account(ledger=ledger, bibliography=bibliography, formatter=Formatter(Display()), labels=labels)


def _page(body: str = BODY, entries: str = ENTRIES) -> Page:
    figure = entries.replace("tbl-numbers", "tbl-numbers-offices").replace("Table\u00a02.", "Table\u00a03.")
    return page_of(html.fromstring(f"<html><body><main>{body}{entries}{figure}</main></body></html>"))


def test_a_page_of_which_every_numeral_has_its_source_is_settled() -> None:
    assert _account().check(_page()) == []


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("have one", "42 have one", "'42' has no source"),
        ("have one", "forty-two have one", "'forty-two' has no source"),
        ("have one", "四十二个 have one", "'四十二' has no source"),
        ("have one", "C40 have one", "'40' has no source"),
        ("have one", "half have one", "'half' has no source"),  # what is allowed once stands once
        (">86%<", ">87%<", "n-1: got '87%', expected '86%'"),
        (NUMBERS, "86%", "'86' has no source"),
        (NUMBERS, f"{NUMBERS} and {NUMBERS}", "not printed once each"),
        (">half<", ">a third of<", "'a third' has no source"),
        ("1 Offices", "3 Offices", "'3' has no source"),
        ("1.1 More", "1.2 More", "'1.2' has no source"),
        (">Figure 1</a>", ">Figure 2</a>", "'Figure 2' leads to #fig-offices"),
        ("Figure\u00a01.", "Figure\u00a02.", "a label: got 'Figure 2.'"),
        ("> Offices<", "> 42 offices<", "'42' has no source"),
        ("Figure 1. Offices", "Figure 1. 42 offices", "the label 'Figure 1. 42 offices'"),
        ("Bars: 86%", "Bars: 87%", "'87' has no source, in the words for figure offices"),
        (" (36 of 42)", "", "'36' is not in the words for figure offices"),
        ("UN 2015", "UN 2016", "'2016' is in no field of un2015"),
        ("(2015)", "(2016)", "'2016' is in no field of un2015"),
        ("p. 4", "p. 5", "'5' has no source"),
        ('data-base="36 of 42"', 'data-base="37 of 42"', "data-base of n-1: got '37 of 42', expected '36 of 42'"),
        ('data-interval="72%', 'data-interval="71%', "data-interval of n-1"),
        ("<h2>", '<h2 title="42">', "title='42' of h2: nothing in the paper says so"),
        ("<th>2018", "<th>2019", "'2019' has no source"),
    ],
)  # fmt: skip
def test_what_nothing_accounts_for_is_left_over(before: str, after: str, left: str) -> None:
    assert before in BODY
    faults = _account().check(_page(BODY.replace(before, after, 1)))
    assert any(left in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ("<td>86%", "<td>87%", "printed of entry e-1: got '87%', expected '86%'"),
        ("<td>36<", "<td>37<", "n of entry e-1"),
        ("<td>42<", "<td>41<", "base of entry e-1"),
        ("<td>72%", "<td>71%", "interval of entry e-1"),
        ("<td>Yes", "<td>Yes 42", "category of entry e-1"),
        ("2020/office", "2018/office", "source of entry e-1"),
        ("<span>1<", "<span>2<", "the appendix has entry '2' where the ledger has 'e-1'"),
        (ENTRIES[ENTRIES.index("<tr>") : ENTRIES.index("</tbody>")], "", "entry 'e-1' is not in the appendix"),
    ],
)
def test_the_appendix_says_what_the_ledger_says(before: str, after: str, left: str) -> None:
    assert before in ENTRIES
    faults = _account().check(_page(entries=ENTRIES.replace(before, after, 1)))
    assert any(left in fault for fault in faults), faults


SHEETS = [
    "Head page 1 of 2\nOf 47 cities, forty-\ntwo have 2.5 of\n86% there",
    "Head page 2 of 2\nThe end: 四十\n七个.",
]
PRINTED = "<html><body><p>Of 47 cities, forty-two have 2.5 of 86% there</p><p>The end: 四十七个.</p></body></html>"


def test_the_sheets_of_a_pdf_have_the_numerals_of_the_page_whichever_way_lines_break() -> None:
    assert pdf.unaccounted(SHEETS, page_of(html.fromstring(PRINTED)), short_title="Head", notice="") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("47", "48"),
        ("47", "47 47"),
        ("86%", "86"),
        ("forty-\ntwo", "forty"),
        ("2 of 2", "3 of 2"),
        ("四十", "五十"),
    ],
)
def test_a_numeral_that_only_one_of_them_has_is_told(before: str, after: str) -> None:
    spoilt = "\f".join(SHEETS).replace(before, after, 1).split("\f")
    assert pdf.unaccounted(spoilt, page_of(html.fromstring(PRINTED)), short_title="Head", notice="") != []


def test_numerals_are_digits_of_every_script_and_words() -> None:
    assert numerals("４２, ½, ², 1,200.5 and forty-two of C40; 四十七个") == [
        *("４２", "½", "²", "1,200.5", "forty-two", "40", "四十七"),
    ]
