import csv
from collections.abc import Callable
from io import StringIO

import pytest

from recount.audit.forms.data_editors import HEAD, data_editors
from recount.audit.forms.facts import Facts
from tests.audit.forms.conftest import FUNDING, LEDGER, OFFICE, leaf, number

Make = Callable[..., Facts]
TEMPLATE = ["Figure/Table #", "Program", "Line Number", "Output file", "Note"]


def rows(facts: Facts) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data_editors(facts))))


def row(facts: Facts, identifier: str) -> dict[str, str]:
    (found,) = [each for each in rows(facts) if each["Number"] == identifier]
    return found


def test_the_columns_are_those_of_the_template_in_its_order_with_a_few_more(facts: Make) -> None:
    assert [name for name in HEAD if name in TEMPLATE] == TEMPLATE
    assert list(rows(facts())[0]) == list(HEAD)


def test_every_table_figure_and_number_has_one_row(facts: Make) -> None:
    got = [(each["Figure/Table #"], each["Number"]) for each in rows(facts())]
    exp = [("Table 1", ""), ("Figure 1", "")]
    exp += [("In-text number", f"n-{each}") for each in (1, 2, 3, 4)]
    exp += [("Table 1", "n-5"), ("In-text number", "n-6"), *(("Figure 1", f"n-{each}") for each in (7, 8, 9))]
    assert got == exp


def test_a_number_leads_to_script_function_line_and_row(facts: Make) -> None:
    assert row(facts(), "n-5") == {
        "Figure/Table #": "Table 1",
        "Section": "Results",
        "Sentence": "It is 86%.",
        "Number": "n-5",
        "Printed": "86%",
        "Program": "scripts/estimate_wave.py; recount/estimate/shares.py",
        "Line Number": "14",
        "Output file": "results/estimates.csv row 7",
        "Note": f"{OFFICE}; written at report/tables.yaml, tables.offices",
    }


def test_a_number_of_several_estimates_names_every_row_and_function(facts: Make) -> None:
    got = row(facts(), "n-3")
    assert got["Program"] == "scripts/estimate_wave.py; recount/estimate/shares.py; recount/estimate/flow.py"
    assert got["Line Number"] == "14; 12"
    assert got["Output file"] == "results/estimates.csv rows 7, 3"


def test_of_a_ranking_only_the_estimate_that_was_found_is_named(facts: Make) -> None:
    assert row(facts(), "n-4")["Output file"] == "results/estimates.csv row 9"


def test_a_base_leads_to_the_row_that_it_stands_in(facts: Make) -> None:
    assert row(facts(), "n-9")["Output file"] == "results/estimates.csv row 10"


def test_a_number_that_the_study_declares_is_made_by_the_paper(facts: Make) -> None:
    got = row(facts(), "n-6")
    assert (got["Program"], got["Line Number"]) == ("scripts/write_paper.py", "")
    assert got["Output file"] == "results/paper/paper.md"


def test_tables_and_figures_name_the_line_of_their_declaration(facts: Make) -> None:
    table, figure = rows(facts())[:2]
    assert (table["Program"], table["Line Number"]) == ("scripts/write_paper.py; report/tables.yaml", "3")
    assert (figure["Program"], figure["Line Number"]) == ("scripts/draw_figure.py; report/figures.yaml", "4")
    assert figure["Output file"] == "results/figures/bars.svg"
    assert figure["Note"] == "figures.bars, with 3 numbers"


def test_in_text_numbers_have_their_section_and_sentence(facts: Make) -> None:
    assert row(facts(), "n-1")["Section"] == "Title page"
    assert row(facts(), "n-3")["Section"] == "Methods / The survey"
    assert row(facts(), "n-4")["Section"] == "Results"
    assert row(facts(), "n-4")["Sentence"] == "It is 58%."


@pytest.mark.parametrize(("identifier", "note"), [("n-8", "in the alternative text"), ("n-9", "in the caption")])
def test_the_note_says_what_is_not_in_the_picture_itself(facts: Make, identifier: str, note: str) -> None:
    assert f"; {note};" in row(facts(), identifier)["Note"]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-5", "@x", "＝1", " =1", "\t=1"])
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(facts: Make, text: str) -> None:
    hostile = facts(ledger={"numbers": [number(1, text, leaf(FUNDING), sentence=text)]})
    got = row(hostile, "n-1")
    assert (got["Printed"], got["Sentence"]) == (f"'{text}", f"'{text}")


def test_separators_quotes_and_line_ends_stay_in_their_cell(facts: Make) -> None:
    text = 'a, "b";\nc'
    hostile = facts(ledger={"numbers": [number(1, "1", leaf(FUNDING), sentence=text)]})
    assert row(hostile, "n-1")["Sentence"] == text


def test_simulated_responses_are_told_in_the_first_row_and_at_each_number(facts: Make, simulated: Facts) -> None:
    assert "simulated" not in data_editors(facts())
    first, *others = rows(simulated)
    assert "are simulated" in first["Note"] or "is simulated" in first["Note"]
    assert "no replication package" in first["Note"]
    told = [each["Number"] for each in others if each["Note"].endswith("simulated responses")]
    assert told == [f"n-{each}" for each in (1, 2, 3, 4, 5, 7, 8, 9)]


def test_a_paper_without_tables_figures_or_numbers_has_a_head_only(facts: Make) -> None:
    empty = facts(ledger={"floats": {"figure": [], "table": []}, "numbers": []})
    assert data_editors(empty).splitlines() == [",".join(HEAD)]


def test_the_form_ends_its_lines_with_a_line_feed(facts: Make) -> None:
    got = data_editors(facts())
    assert "\r" not in got
    assert got.endswith("\n")
    assert len(got.splitlines()) == 1 + 2 + len(LEDGER["numbers"])  # type: ignore[arg-type]
