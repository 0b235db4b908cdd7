"""Open-ended answers that nobody has coded yet: the paper is written, and says where it waits."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from recount.errors import ClaimError, EstimateError, TemplateError
from recount.write.paper import Written
from tests.write.conftest import ROWS, SETTINGS, row

Write = Callable[..., Written]
UNCODED = [
    *(each for each in ROWS if not each["key"].startswith("2020/obstacles/")),
    *(
        row(f"2020/obstacles/share/{each}", None, hidden="base under 5", base=0)
        for each in ("funding", "staff", "none")
    ),
    row("2020/obstacles/chosen_mean", None, "mean", base=0),
    row("2020/obstacles/uncoded", 41, "respondents", n=41, base=41),
    row("2020/obstacles/answered", 41, "respondents", n=41, base=47),
]
SENTENCE = 'Funding is named by {{ share("obstacles", "funding") }} of {{ answered("obstacles") }} cities.'


def waiting(write: Write, template: str, **options: Any) -> Written:
    return write(template, estimates=pd.DataFrame(UNCODED), **options)


def test_a_number_that_waits_is_marked_and_others_are_printed(write: Write) -> None:
    written = waiting(write, SENTENCE)
    assert r"named by [\[waits for codes\]]{.waiting} of [41]" in written.markdown
    assert [each["display"] for each in written.numbers["numbers"]] == ["41"]


@pytest.mark.parametrize(
    "expression",
    [
        "ranked('obstacles', 1)",
        "ranked('obstacles', 1).label",
        "share('obstacles', 'funding') - share('obstacles', 'staff')",
        "agreement('obstacles')",
        "base('obstacles', 'funding') | words",
    ],
)
def test_whatever_rests_on_codes_waits(write: Write, expression: str) -> None:
    assert "waits for codes" in waiting(write, f"So it is: {{{{ {expression} }}}}.").markdown


def test_a_claim_that_waits_is_neither_true_nor_false_and_says_so(write: Write) -> None:
    claim = '{% claim most_named("obstacles", "funding") %}Money is named most{% endclaim %}.'
    written = waiting(write, claim)
    assert written.claims["claims"] == []
    assert r"Money is named most [\[waits for codes\]]{.waiting}." in written.markdown


def test_each_question_is_told_once_with_the_desk_to_open(write: Write) -> None:
    (told,) = waiting(write, f"{SENTENCE}\n\n{SENTENCE}").warnings
    assert told.problem == "41 answers of wave 2020 wait for codes; the paper says so at 2 places"
    assert told.mend == "open results/coding/2020/obstacles.html, the coding desk"


def test_the_ledger_lists_each_place_that_waits(write: Write) -> None:
    allowed = waiting(write, SENTENCE).numbers["allowed"]
    assert [(each["kind"], each["line"]) for each in allowed if each["kind"] == "waiting"] == [("waiting", 1)]
    assert "2020/obstacles: 41 answers" in next(each["why"] for each in allowed if each["kind"] == "waiting")


def test_other_mistakes_are_mistakes_as_before(write: Write) -> None:
    with pytest.raises(EstimateError, match="has no such category"):
        waiting(write, f"{SENTENCE} {{{{ share('office', 'perhaps') }}}}")


def test_once_some_answers_are_coded_nothing_waits(write: Write) -> None:
    coded = pd.DataFrame(
        [
            *ROWS,
            row("2020/obstacles/uncoded", 3, "respondents"),
            row("2020/obstacles/chosen_mean", 1.5, "mean", base=42),
        ]
    )
    written = write('{{ share("obstacles", "funding") }}', estimates=coded)
    assert (written.warnings, written.numbers["numbers"][0]["display"]) == ((), "71%")


# The paper switched to another wave.


def switched(write: Write, template: str, **options: Any) -> str:
    with pytest.raises((TemplateError, EstimateError)) as caught:
        write(template, settings={"paper": {**SETTINGS["paper"], "wave": "2018"}}, **options)
    return str(caught.value)


TWO_CLAIMS = (
    '{% claim share("office", "yes") > 0.7 %}Most{% endclaim %} have one ({{ share("office", "yes") }}), '
    'and {% claim respondents() > 40 %}many{% endclaim %} can travel ({{ share("travel", "yes") }}).'
)


def test_a_switch_of_waves_tells_all_at_once_how_much_there_is_and_each_with_its_sentence(write: Write) -> None:
    told = switched(write, TWO_CLAIMS, figures={"figures": {}})
    assert told.startswith(
        "2 claims of the paper are not true of wave 2018, and at 1 place it asks for what is not there"
    )
    assert "recount changes OTHER 2018" in told
    assert "the question 'travel' was not asked in this wave" in told
    assert told.count("rewrite the sentence: Most have one (56%), and many can travel (…).") == 3


def test_a_figure_of_what_the_wave_did_not_ask_is_told_with_the_others(write: Write) -> None:
    items = [{"question": "travel", "category": "yes"}]
    figures = {"figures": {"budgets": {"kind": "dots", "caption": "Budgets", "items": items}}}
    told = switched(write, "Nothing.", figures=figures)
    assert "figures.budgets.items: 'travel': wave 2018 did not ask this question" in told


def test_one_false_claim_speaks_for_itself(write: Write) -> None:
    with pytest.raises(ClaimError) as caught:
        write('{% claim share("office", "yes") < 0.5 %}Few{% endclaim %} have one.')
    assert str(caught.value).startswith("report/paper.md.j2, line 1, claim")
