"""Answers quoted in the paper: which are drawn, how they are printed, and when the paper is refused."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from jsonschema import validate

from recount.coding.verbatim.quotable import QUOTABLE
from recount.errors import EstimateError, RecountError, TemplateError
from recount.write.documents.tree import tree
from recount.write.paper import Written
from tests.write.schemas import printed_schema

Write = Callable[..., Written]
HOSTILE = "=1+1 <b>50%</b> \\textbf{x} $y$ `c` [l](http://x) {{ 7 }} *we* | twelve_x_ ]{.number #n-1} 二十个"


def answer(who: str, text: str, codes: str = "funding", language: str = "en") -> tuple[Any, ...]:
    cleared_by = "The team" if text else ""
    row, digest = int(who[1:]), f"{int(who[1:]):064x}"
    return ("obstacles", who, digest, codes, language if text else "", cleared_by, text, 1, row, "Q9")


def quotable(*answers: tuple[Any, ...]) -> dict[str, pd.DataFrame]:
    return {"2020": pd.DataFrame(answers, columns=list(QUOTABLE))}


CLEARED = quotable(
    answer("C11", "No money"),
    answer("C12", "Sin dinero", "funding;staff", "es"),
    answer("C13", "Nobody", "staff"),
    answer("C14", "Pas d'argent", language="fr"),
    answer("C15", ""),
)


def told(write: Write, template: str, **options: Any) -> RecountError:
    with pytest.raises(RecountError) as caught:
        write(template, **{"quotable": CLEARED, **options})
    return caught.value


def test_a_quotation_is_a_block_in_its_language_with_its_marks_and_who_said_it(write: Write) -> None:
    written = write("Before.\n\n{{ quote('obstacles', code='staff', k=2) }}\n\nAfter.", quotable=CLEARED, tree=tree)
    assert "[«Sin dinero»]{#q-" in written.markdown
    assert '.quotation lang="es"} (C12, 2020)' in written.markdown
    assert "\n\n> [" in written.markdown
    assert "[“Nobody”]{#q-" in written.markdown


def test_the_ledger_leads_from_a_quotation_to_the_raw_cell(write: Write) -> None:
    only = quotable(answer("C13", "Nobody", "staff"))
    numbers = write("{{ quote('obstacles', code='staff') }}", quotable=only).numbers
    validate(numbers, printed_schema())
    (found,) = numbers["quotations"]
    assert (found["id"], found["wave"], found["respondent"]) == ("q-1", "2020", "C13")
    assert (found["row"], found["column"]) == (13, "Q9")
    assert (found["text"], found["code"], found["cleared_by"]) == ("Nobody", "staff", "The team")
    assert [each["why"] for each in numbers["allowed"]] == 2 * ["answer of C13 in 2020, cleared by The team"]


def test_the_same_answers_are_drawn_every_time_and_none_twice(write: Write) -> None:
    template = "{{ quote('obstacles', code='funding', k=2) }}\n\n{{ quote('obstacles', code='funding') }}"
    first, second = (write(template, quotable=CLEARED) for _ in range(2))
    assert first.markdown == second.markdown
    drawn = [each["respondent"] for each in first.numbers["quotations"]]
    assert sorted(drawn) == ["C11", "C12", "C14"]
    turned = {"2020": CLEARED["2020"].iloc[::-1]}
    assert write(template, quotable=turned).markdown == first.markdown


def test_lines_of_an_answer_do_not_run_into_each_other(write: Write) -> None:
    listed = quotable(answer("C11", "1) No money\n\n2) No plan"))
    written = write("{{ quote('obstacles', code='funding') }}", quotable=listed, tree=tree)
    assert "“1) No money / 2) No plan”" in written.markdown
    assert written.numbers["quotations"][0]["text"] == "1) No money\n\n2) No plan"


def test_whatever_an_answer_holds_it_is_text_and_accounted_for(write: Write) -> None:
    written = write("{{ quote('obstacles', code='funding') }}", quotable=quotable(answer("C11", HOSTILE)), tree=tree)
    assert written.numbers["numbers"] == []
    text = written.markdown
    for markup in ("<b>", "\\textbf{", "[l](", "{.number #n-1}"):
        assert markup not in text.replace("\\\\textbf\\{", "")


def test_too_few_cleared_answers_are_an_error_that_says_which_could_be_cleared(write: Write) -> None:
    error = told(write, "{{ quote('obstacles', code='funding', k=4) }}")
    assert isinstance(error, EstimateError)
    message = str(error)
    assert "3 answers with this code are cleared for quotation and not quoted yet" in message
    assert f"C15,obstacles,{15:064x},LANGUAGE,WHO CLEARED IT," in message
    assert "data/coding/cleared/2020.csv" in message


def test_where_nobody_began_to_clear_answers_it_is_told_how(write: Write) -> None:
    message = str(told(write, "{{ quote('obstacles', code='funding') }}", quotable={}))
    assert "0 answers with this code" in message
    assert "write data/coding/cleared/2020.csv with this header alone, then snakemake --cores 4" in message


def test_nobody_is_quoted_whose_code_must_not_be_shown(write: Write, estimates: pd.DataFrame) -> None:
    hidden = estimates.copy()
    hidden.loc[hidden["key"] == "2020/obstacles/share/staff", ["value", "hidden"]] = [None, "base under 5"]
    error = told(write, "{{ quote('obstacles', code='staff') }}", estimates=hidden)
    assert "hidden (base under 5), so nobody who gave it may be quoted" in str(error)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("quote('obstacle', code='funding')", "did you mean 'obstacles'?"),
        ("quote('obstacles', code='money')", "money"),
        ("quote('obstacles', code='funding', k=0)", "say how many answers to quote"),
        ("quote('obstacles')", "missing a required argument: 'code'"),
    ],
)
def test_a_mistake_in_asking_is_told_with_its_line(write: Write, call: str, message: str) -> None:
    error = told(write, f"One.\n\n{{{{ {call} }}}}")
    assert message in str(error)
    assert "line 3" in str(error)


def test_an_answer_is_quoted_in_the_text_alone(write: Write) -> None:
    figures = {"figures": {"obstacles": {"kind": "bars", "caption": "{{ quote('obstacles', code='funding') }}"}}}
    error = told(write, "{{ figure('obstacles') }}", figures=figures)
    assert isinstance(error, TemplateError)
    assert "an answer is quoted in the text alone" in str(error)
