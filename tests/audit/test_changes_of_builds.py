"""What an edit between two builds did: each kind is planted as a person would make it, found, named and measured."""

from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest

from recount.audit.changes.causes import BASE, WEIGHTS
from recount.audit.changes.compared import Compared, compare_builds
from recount.audit.changes.listed import listed
from recount.audit.changes.reasons import (
    CODE,
    CODEBOOK,
    CORRECTION,
    DEFINITION,
    EXPORT,
    GONE,
    LEFT_OUT,
    LET_IN,
    NEW,
    RULE,
)
from recount.audit.changes.told import markdown
from tests.audit.two_builds import BOOK, CATEGORIES, CLEANING, CODES, ROWS, build, questions, rows

OFFICE, STAFF, LIKED, VIEW, MONEY = (
    f"2020/{key}" for key in ("office/share/yes", "staff/mean", "view/share/liked", "view/mean", "wish/share/money")
)


KEPT = ("first", "last")


@pytest.fixture(scope="module")
def before() -> Any:
    return build()


def edited(before: Any, **edit: Any) -> Compared:
    return compare_builds(before, build(**edit))


def parts(found: Compared, key: str) -> dict[str, Fraction]:
    change = next(each for sentence in found.sentences for each in sentence.numbers if each.formula == key)
    assert change.parts.why_not == ""
    return dict(change.parts.parts)


def lines(found: Compared, heading: str) -> tuple[str, ...]:
    return next((each.lines for each in found.sections if each.heading == heading), ())


def book(**edits: Any) -> dict[str, Any]:
    """The codebook of the next version, with codes edited."""
    made = deepcopy(BOOK)
    made["version"] = "2"
    for code in made["questions"]["wish"]:
        code.update(edits.get(code["id"], {}))
    return made


def spelled(*values: str) -> dict[str, Any]:
    no, *others = reversed(CATEGORIES["office"][:2])
    return {"categories": [*others, {**no, "values": values}, CATEGORIES["office"][2]]}


def test_nothing_moves_where_nothing_was_edited(before: Any) -> None:
    found = edited(before)
    assert not any(sentence.changed for sentence in found.sentences)
    assert not any(each.moved for each in found.floats)
    assert found.sections == ()


def test_a_correction_moves_what_rests_on_the_cell(before: Any) -> None:
    found = edited(before, corrections=[(3, "B", "office", "No", "Yes", "asked again", "MA")])
    assert parts(found, OFFICE) == {CORRECTION: Fraction(1, 6)}
    assert parts(found, LIKED) == {}


def test_an_edit_of_a_correction_is_told_from_having_none() -> None:
    asked = [(2, "A", "staff", "1", "4", "asked again", "MA")]
    found = compare_builds(build(corrections=[(2, "A", "staff", "1", "10", "a guess", "MA")]), build(corrections=asked))
    assert parts(found, STAFF) == {CORRECTION: Fraction(4 - 10, 3)}
    assert lines(found, "Corrections") == (
        "2020, no longer: respondent A, staff: '1' to '10'",
        "2020, now: respondent A, staff: '1' to '4'",
    )


def test_a_threshold_of_cleaning_leaves_responses_out_and_lets_them_in(before: Any) -> None:
    found = edited(before, cleaning={"minimum_seconds": 120})
    assert parts(found, OFFICE) == {LEFT_OUT: Fraction(3, 5) - Fraction(3, 6)}
    assert lines(found, "Cleaning rules") == ("cleaning/minimum_seconds: 60.0 before, 120.0 now",)
    back = compare_builds(build(cleaning={"minimum_seconds": 120}), before)
    assert parts(back, OFFICE) == {LET_IN: Fraction(3, 6) - Fraction(3, 5)}


def test_another_reading_of_a_text_is_a_rule_of_cleaning() -> None:
    given = rows(B=("Nope", *ROWS["B"][1:]))
    meant = {"categories": [{**CATEGORIES["office"][0], "values": ["Nope"]}, *CATEGORIES["office"][1:]]}
    found = compare_builds(
        build(export=given, asked=questions(office=spelled("Nope"))), build(export=given, asked=questions(office=meant))
    )
    assert parts(found, OFFICE) == {RULE: Fraction(1, 6)}
    assert lines(found, "Questionnaire") == (
        "office/categories/yes/values: [] before, ['Nope'] now",
        "office/categories/no/values: ['Nope'] before, [] now",
    )


def test_another_universe_is_the_base() -> None:
    given = rows(B=("No", "7", *ROWS["B"][2:]))
    wider = questions(staff={"universe": {"office": ["yes", "no"]}})
    found = compare_builds(build(export=given), build(export=given, asked=wider))
    assert parts(found, STAFF) == {BASE: Fraction(1 + 3 + 5 + 7, 4) - 3}
    assert lines(found, "Base")[0].startswith("staff/universe")


def test_an_answer_that_counts_no_longer_is_the_base(before: Any) -> None:
    unsure = {**CATEGORIES["office"][2], "missing": True}
    found = edited(before, asked=questions(office={"categories": [*CATEGORIES["office"][:2], unsure]}))
    assert parts(found, OFFICE) == {BASE: Fraction(3, 5) - Fraction(3, 6)}


@pytest.mark.parametrize(
    ("edit", "key", "exp"),
    [
        ({"nets": {"liked": ["good", "fair"]}}, LIKED, Fraction(1, 6)),
        ({"categories": [*CATEGORIES["view"][:2], {**CATEGORIES["view"][2], "score": 9}]}, VIEW, Fraction(3)),
    ],
)
def test_a_net_or_a_score_is_a_definition(before: Any, edit: Any, key: str, exp: Fraction) -> None:
    found = edited(before, asked=questions(view=edit))
    assert parts(found, key) == {DEFINITION: exp}
    assert parts(found, OFFICE) == {}
    assert lines(found, "Definitions")


def test_another_wording_moves_nothing_and_is_told(before: Any) -> None:
    found = edited(before, asked=questions(office={"text": "Is there an office?"}))
    assert parts(found, OFFICE) == {}
    assert lines(found, "Wording") == ("office/text: 'office' before, 'Is there an office?' now",)


def test_a_code_that_a_coder_gives_otherwise_is_told_from_an_edit_of_the_codebook(before: Any) -> None:
    coded = edited(before, codes=CODES | {"B": "money"})
    assert parts(coded, MONEY) == {CODE: Fraction(1, 6)}
    meaning = edited(before, books=(BOOK, book(money={"definition": "Money from the state alone"})))
    assert parts(meaning, MONEY) == {CODEBOOK: -Fraction(2, 6)}  # nobody of the four left has it
    assert any("wish/money/definition" in each for each in lines(meaning, "Codebook"))


def test_a_new_export_brings_other_answers_new_respondents_and_takes_some_away(before: Any) -> None:
    given = rows(A=("No", *ROWS["A"][1:]), E=None, G=("Yes", "2", "Good", "money", "300", "1"))
    found = edited(before, export=given, codes={name: code for name, code in CODES.items() if name != "E"})
    # 3 of 6; without E 2 of 5; A says no now: 1 of 5; G came: 2 of 6.
    assert parts(found, OFFICE) == {
        GONE: Fraction(2, 5) - Fraction(3, 6),
        EXPORT: -Fraction(1, 5),
        NEW: Fraction(2, 6) - Fraction(1, 5),
    }
    assert lines(found, "Answers in the export") == (
        "2020, no longer: E",
        "2020, now: G",
        "2020, office: 1 respondent: A",
    )


def test_another_response_of_the_same_respondent_counts_by_a_rule_and_not_by_the_export() -> None:
    twice = {**ROWS, "A2": ("No", *ROWS["A"][1:])}  # A answered again, and otherwise
    first, last = (build(export=twice, cleaning={**CLEANING, "keep": each}, names={"A2": "A"}) for each in KEPT)
    found = compare_builds(first, last)
    assert parts(found, OFFICE) == {RULE: -Fraction(1, 6)}
    assert lines(found, "Answers in the export") == ()
    assert len(lines(found, "Responses left out")) == len(KEPT)


def test_weights_are_a_cause_of_their_own(before: Any) -> None:
    found = edited(before, export=rows(A=(*ROWS["A"][:-1], "3")))
    assert parts(found, OFFICE) == {WEIGHTS: Fraction(5, 8) - Fraction(3, 6)}


def test_all_at_once_each_is_found_and_the_parts_add_up() -> None:
    given = rows(B=("Nope", *ROWS["B"][1:]))
    earlier = build(export=given, asked=questions(office=spelled("Nope")))
    later = build(
        export=rows(
            A=(*ROWS["A"][:-1], "3"),
            B=given["B"],
            C=("No", *ROWS["C"][1:]),
            E=None,
            G=("Yes", "2", "Good", "money", "300", "1"),
        ),
        asked=questions(
            office={
                "categories": [
                    {**CATEGORIES["office"][0], "values": ["Nope"]},
                    CATEGORIES["office"][1],
                    {**CATEGORIES["office"][2], "missing": True},
                ]
            },
            view={"nets": {"liked": ["good", "fair"]}},
        ),
        cleaning={"minimum_seconds": 80},
        corrections=[(5, "D", "office", "No", "Yes", "asked again", "MA")],
        codes={**{name: code for name, code in CODES.items() if name != "E"}, "B": "money"},
        books=(BOOK, book(mandate={"definition": "A mandate by law"})),
    )
    found = compare_builds(earlier, later)
    got = parts(found, OFFICE)
    assert list(got) == [WEIGHTS, GONE, EXPORT, CORRECTION, RULE, BASE, NEW]
    assert sum(got.values()) == Fraction(3 + 1 + 1 + 1, 3 + 1 + 1 + 1 + 1) - Fraction(3, 6)
    assert {CODEBOOK, CODE} & set(parts(found, MONEY)) == {CODEBOOK, CODE}
    assert DEFINITION in parts(found, LIKED)


# Tables and figures.


def test_tables_and_figures_are_summed_up_and_listed_number_by_number(before: Any) -> None:
    found = edited(before, corrections=[(3, "B", "office", "No", "Yes", "asked again", "MA")])
    table, figure = found.floats
    assert (table.title, len(table.moved), figure.moved) == ("Table 1, views", 6, ())
    told = markdown(found)
    assert "1 of 2 read otherwise, in 6 numbers." in told
    assert "- Office, Yes: 50% → 67%: corrections +16.7 points" in told
    assert "- because of corrections: 2 numbers, −16.7 to +16.7 points" in told
    frame = listed(found)
    of_figure = frame[frame["where"] == "figure"]
    assert of_figure["name"].tolist()[0].startswith("View, ")
    assert (of_figure["value_before"] == of_figure["value_now"]).all()
    moved = frame[(frame["where"] == "table") & (frame["estimates"] == OFFICE)].iloc[0]
    assert (moved["before"], moved["now"], float(moved[CORRECTION])) == ("50%", "67%", pytest.approx(1 / 6))


def test_however_many_numbers_moved_a_table_has_few_lines(before: Any) -> None:
    found = edited(before, cleaning={"minimum_seconds": 120})
    told = markdown(found).partition("### Table 1, views")[2].partition("###")[0]
    assert len(found.floats[0].moved) > 8
    assert len(told.strip().splitlines()) <= 6


def test_a_number_that_stands_on_one_side_alone_is_told(before: Any) -> None:
    view = questions(view={"categories": [*CATEGORIES["view"], {"id": "best", "label": "Best", "score": 4}]})
    found = edited(before, asked=view)
    alone = [cell for cell in found.floats[0].moved if cell.change.before == "…"]
    assert [cell.name for cell in alone][:1] == ["View, Best"]
    assert "it stands here only now" in markdown(found)
