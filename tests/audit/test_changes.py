"""What changed between two waves and between two builds: sentences, causes that add up, and what lies around them."""

from copy import deepcopy
from fractions import Fraction
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.audit.changes.causes import ANSWERS, BASE, CAME, CODING, LEFT
from recount.audit.changes.change import Change
from recount.audit.changes.compared import Compared, compare_builds, compare_waves
from recount.audit.changes.floats import shown
from recount.audit.changes.reasons import CODE, CORRECTION, LEFT_OUT, LET_IN, NEW, RULE
from recount.audit.changes.told import markdown
from recount.coding.verbatim.quotable import QUOTABLE
from tests.audit.hand_built import index
from tests.audit.two_sides import ANSWERS as GIVEN
from tests.audit.two_sides import CODES, QUESTIONS, side


def waves(**change: Any) -> Compared:
    return compare_waves(side("2018", **change), side("2020", **change))


def change_of(found: Compared, formula: str) -> Change:
    return next(each for sentence in found.sentences for each in sentence.numbers if each.formula == formula)


def parts(found: Compared, formula: str) -> dict[str, Fraction]:
    return dict(change_of(found, formula).parts.parts)


def test_the_causes_of_a_share_are_replaced_one_after_the_other() -> None:
    # 2018: A yes, B no, C no, D yes: 1/2. Without A and B: C no, D yes: 1/2. D says nothing in 2020: C no: 0.
    # C says yes now: 1. With E, F, G and H: 4 of 5.
    got = parts(waves(), "2020/office/share/yes")
    assert got == {BASE: Fraction(-1, 2), ANSWERS: Fraction(1), CAME: Fraction(-1, 5)}
    assert sum(got.values()) == Fraction(4, 5) - Fraction(1, 2)


def test_counts_means_medians_and_bases_are_taken_apart_too() -> None:
    found = waves()
    assert parts(found, "2020/-/respondents") == {LEFT: -2, CAME: 4}
    # A 1 and D 3: 2. Without A: 3. D is not asked now, and C is: 4. E, F and H came: 5.
    assert parts(found, "2020/staff/mean") == {LEFT: 1, BASE: 1, CAME: 1}
    assert parts(found, "2020/staff/median") == {LEFT: 1, BASE: 1, CAME: 1}
    base = found.sentences[2].numbers[1]
    assert (base.before, base.now) == ("4", "5")
    assert dict(base.parts.parts) == {LEFT: -2, BASE: -1, CAME: 4}


def test_where_nobody_of_the_base_returned_there_is_nothing_in_between() -> None:
    answers = {"2018": GIVEN["2018"], "2020": {name: GIVEN["2020"][name] for name in "EFG"}}
    why = change_of(waves(answers=answers), "2020/office/share/yes").parts.why_not
    assert "nobody of the base returned" in why


def test_what_is_made_of_several_estimates_is_taken_apart_with_them() -> None:
    between = change_of(waves(), "2020/office/share/yes 2020/office/share/no")
    assert between.parts.whole == 2 * Fraction(3, 10)  # 60 points now, none before
    assert (between.before, between.now) == ("0 percentage points", "60 percentage points")


def test_codes_are_a_cause_of_their_own() -> None:
    got = parts(waves(), "2020/why/share/money")
    # A and C of A, C, D; without A: C of C, D; C says time now: nobody; E came.
    assert got == {LEFT: Fraction(1, 2) - Fraction(2, 3), CODING: Fraction(-1, 2)}


def test_a_number_of_a_wave_that_the_paper_names_itself_stays() -> None:
    earlier = "share('office', 'yes', wave='2018')"
    template = f"{{{{ {earlier} }}}} and {{{{ share('office', 'yes') - {earlier} }}}}"
    found = waves(template=template)
    numbers = found.sentences[0].numbers
    assert [each.changed for each in numbers] == [False, True]
    assert numbers[1].parts.whole == Fraction(3, 10)


SAID = st.sampled_from(["yes", "no", None])
WAVE = st.dictionaries(st.sampled_from("ABCDEFGH"), SAID, min_size=2, max_size=8)


@settings(max_examples=8)
@given(before=WAVE, now=WAVE)
def test_parts_add_up_to_the_whole_exactly(before: dict[str, Any], now: dict[str, Any]) -> None:
    both = {"2018": before, "2020": now}
    answers = {
        wave: {name: {"office": said, "staff": 1.0, "why": "x"} for name, said in of_wave.items()}
        for wave, of_wave in both.items()
    }
    found = waves(answers=answers, template="{{ respondents() }} {{ share('office', 'yes') }}")
    assert change_of(found, "2020/-/respondents").parts.whole == len(now) - len(before)
    said = {wave: [each for each in of_wave.values() if each] for wave, of_wave in both.items()}
    if all(said.values()):
        share = {wave: Fraction(given.count("yes"), len(given)) for wave, given in said.items()}
        got = change_of(found, "2020/office/share/yes").parts
        assert got.why_not or got.whole == share["2020"] - share["2018"]


def test_claims_are_still_true_fragile_no_longer_true_or_true_again() -> None:
    assert waves().statuses == {"no longer true": 1}
    back = compare_waves(side("2020"), side("2018"))
    assert list(back.statuses) in (["true now"], ["true now, but fragile"])
    same = compare_waves(side("2018"), side("2018"))
    assert list(same.statuses) in (["still true"], ["fragile"])
    assert not any(each.changed for each in same.sentences)


def test_respondents_codes_and_questions_are_listed() -> None:
    told = markdown(waves())
    assert "4 before, 6 now: 2 in both, 4 came, 2 left." in told
    assert "Came: E, F, G, H" in told
    assert "Left: A, B" in told
    assert "Why: appeared: mandate" in told
    assert "Why: gone: money" in told


def test_a_break_in_wording_is_told_beside_the_number_and_in_the_list() -> None:
    fielded = {"2018": {"column": "office", "text": "An office?"}, "2020": {"column": "office"}}
    found = waves(questions=tuple({**each, "waves": fielded} if each["id"] == "office" else each for each in QUESTIONS))
    assert "worded differently" in change_of(found, "2020/office/share/yes").breaks[0]
    assert "Office: the question was worded differently" in markdown(found)


def test_a_question_that_one_wave_did_not_ask_leaves_its_sentence_with_a_gap_and_says_why() -> None:
    only = {"2018": {"column": "staff"}}
    found = waves(questions=tuple({**each, "waves": only} if each["id"] == "staff" else each for each in QUESTIONS))
    sentence = next(each for each in found.sentences if "mean city" in each.now)
    assert sentence.now == "The mean city has … people, the median …."
    assert "was not asked in this wave" in sentence.lacking[0]
    assert "Staff: asked in 2018 alone" in markdown(found)


# Between two builds of one wave.


def built(**change: Any) -> Compared:
    return compare_builds(side("2018"), side("2018", **change))


def edited(**answers: Any) -> dict[str, Any]:
    given = deepcopy(GIVEN)
    given["2018"] = {name: given["2018"][name] | answers.get(name, {}) for name in given["2018"]}
    return given


def test_without_an_edit_nothing_reads_otherwise() -> None:
    found = built()
    assert not any(each.changed for each in found.sentences)
    assert found.sections == ()


def test_a_correction_is_named_and_its_part_given() -> None:
    corrected = {"2018": [(6, "B", "office", "office", "No!", "yes", "correction", "asked again")]}
    found = built(answers=edited(B={"office": "yes", "staff": 1.0}), corrections=corrected)
    assert parts(found, "2018/office/share/yes") == {CORRECTION: Fraction(1, 4)}
    assert "2018, now: respondent B, office: 'No!' to 'yes'" in found.sections[0].lines


def test_a_response_left_out_is_named_with_its_reason_and_what_it_moved() -> None:
    given = deepcopy(GIVEN)
    del given["2018"]["A"]
    found = built(answers=given, excluded={"2018": [(5, "A", "speeder", "")]})
    assert parts(found, "2018/office/share/yes") == {LEFT_OUT: Fraction(1, 3) - Fraction(1, 2)}
    assert [each.lines for each in found.sections if each.heading == "Responses left out"] == [
        ("2018, now: row 5, respondent A: speeder",)
    ]
    out = {"2018": [(5, "A", "speeder", "")]}
    back = compare_builds(side("2018", answers=given, excluded=out), side("2018"))
    assert parts(back, "2018/office/share/yes") == {LET_IN: Fraction(1, 2) - Fraction(1, 3)}


def test_a_code_is_named_and_its_part_given() -> None:
    found = built(codes=CODES | {"2018": {"A": "time", "C": "money", "D": "time"}})
    assert parts(found, "2018/why/share/money") == {CODE: Fraction(-1, 3)}
    assert "2018, now: respondent A, why: time" in found.sections[0].lines


def test_an_edit_of_the_questionnaire_or_a_setting_is_named() -> None:
    named = [{**each, "label": "Bureau"} if each["id"] == "office" else each for each in QUESTIONS]
    found = built(answers=edited(B={"office": "yes", "staff": 1.0}), questions=tuple(named), confidence=0.9)
    assert parts(found, "2018/office/share/yes") == {RULE: Fraction(1, 4)}
    lines = {each.heading: each.lines for each in found.sections}
    assert lines["Settings"] == ("estimates/confidence: 0.95 before, 0.9 now",)
    assert lines["Questionnaire"] == ("office/label: 'Office' before, 'Bureau' now",)


def test_all_at_once_each_is_found_and_the_parts_add_up() -> None:
    corrected = {"2018": [(6, "B", "office", "office", "No!", "yes", "correction", "asked again")]}
    given = edited(B={"office": "yes", "staff": 1.0}, C={"office": "yes", "staff": 1.0})
    del given["2018"]["A"]
    given["2018"]["Z"] = {"office": "no", "why": "x"}
    found = built(answers=given, corrections=corrected, excluded={"2018": [(5, "A", "test", "")]})
    got = parts(found, "2018/office/share/yes")
    assert list(got) == [LEFT_OUT, CORRECTION, RULE, NEW]
    assert sum(got.values()) == Fraction(3, 4) - Fraction(1, 2)


# What comes out.


QUOTING = "{{ quote('why', code='time', k=2) }}\n\nAnd:\n\n{{ quote('why', code='mandate') }}\n"


def cleared(*answers: tuple[str, str]) -> dict[str, pd.DataFrame]:
    """What may be quoted of 2020: who has which code; each said what is called after them."""
    rows = [("why", who, who * 64, code, "en", "The team", f"I am {who}", 0, 2, "why") for who, code in answers]
    return {"2020": pd.DataFrame(rows, columns=list(QUOTABLE))}


QUOTED = cleared(("C", "time"), ("D", "time"), ("E", "mandate"))
ONE, TWO = "“I am C” (C, 2020) “I am D” (D, 2020)", "“I am E” (E, 2020)"


def test_a_paper_that_quotes_is_compared_with_a_wave_of_which_nothing_may_be_quoted() -> None:
    before, now = side("2020", template=QUOTING, quotable=QUOTED), side("2018", template=QUOTING, quotable=QUOTED)
    (found,) = compare_waves(before, now).sentences
    assert (sorted(found.before.split(") ")), found.now) == (sorted(f"{ONE} {TWO}".split(") ")), "…")
    assert all("0 answers with this code" in why or "no share" in why for why in found.lacking)
    turned = compare_waves(now, before).sentences
    assert [each.now.endswith(" 2020)") for each in turned] == [True, True]


def test_quotations_that_stay_are_not_told_and_one_whose_clearance_lapsed_is() -> None:
    before = side("2020", template=QUOTING, quotable=QUOTED)
    same = compare_builds(before, side("2020", template=QUOTING, quotable=QUOTED))
    assert [each.changed for each in same.sentences] == [False, False]
    lapsed = side("2020", template=QUOTING, quotable=cleared(("C", "time"), ("D", "time"), ("F", "mandate")))
    told = markdown(compare_builds(before, lapsed))
    assert "- was: “I am E” (E, 2020)" in told
    assert "- now: “I am F” (F, 2020)" in told
    assert "I am C" not in told


def test_the_markdown_is_the_same_each_time_and_says_that_responses_are_simulated() -> None:
    assert markdown(waves()) == markdown(waves())
    assert "**Responses are simulated: 2018, 2020.**" in markdown(waves(simulated=True))
    assert "simulated" not in markdown(waves())


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", "=1+1 | `x`"])
def test_no_label_is_more_than_text_on_the_page(hostile: str) -> None:
    from pathlib import Path

    from bs4 import BeautifulSoup

    from recount.audit.changes.page import page

    folder = Path("report/changes")
    template, style = ((folder / name).read_text(encoding="utf-8") for name in ("changes.html", "changes.css"))
    only = {"2018": {"column": "staff"}}
    named = tuple({**each, "label": hostile, "waves": only} if each["id"] == "staff" else each for each in QUESTIONS)
    made = page(waves(questions=named), template=template, style=style.strip())
    soup = BeautifulSoup(made, "html.parser")
    assert not soup.find_all(["script", "img", "link", "iframe"])
    assert hostile in soup.get_text()
    assert len(soup.find_all("style")) == 1
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_what_has_to_be_rewritten_comes_first() -> None:
    told = markdown(waves())
    assert told.index("## Claims that are not true now") < told.index("## Sentences")
    assert ": “not most”" in told
    assert "## Claims that are not true now" not in markdown(built())


def test_what_an_upset_figure_counts_is_taken_apart_in_respondents_and_other_figures_in_shares() -> None:
    estimate = index().find("2020/office/share/yes")
    counted, share = shown(estimate, "upset"), shown(estimate, "bars")
    assert (counted.value, counted.unit) == (3, "respondents")
    assert (share.value, share.unit) == (0.75, "share")
