"""The sums among the estimates of one question: they hold, and there are no others."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from recount.estimate.relations import NO_LEVEL, Cell, based_on, counted, derived, sums
from recount.study.instrument import Question
from tests.estimate.attacker import Attacker, Questionnaire
from tests.estimate.hand_built import WAVE, categories, estimated, make_clean, make_instrument

REGION = {"id": "region", "type": "single", "categories": categories("north", "south", "west")}
QUESTIONS: dict[str, dict[str, Any]] = {
    "one choice": {
        "type": "single",
        "categories": categories("yes", "no", "never", "unsure", missing=("unsure",)),
        "nets": {"not": ["no", "never"]},
    },
    "one choice, of all respondents": {
        "type": "single",
        "base": "respondents",
        "categories": categories("yes", "no", "unsure", missing=("unsure",)),
        "nets": {"known": ["yes", "no"], "doubt": ["no", "unsure"]},
    },
    "a scale": {"type": "scale", "categories": categories("low", "mid", "high"), "net": ["high", "low"]},
    "several choices": {
        "type": "multi",
        "categories": categories("phone", "web"),
        "nets": {"any": ["phone", "web"]},
        "waves": {WAVE: {"columns": {"phone": "p", "web": "w"}}},
    },
    "a number": {"type": "number"},
}
INSTRUMENTS = {name: make_instrument(REGION, {"id": "asked", **each}) for name, each in QUESTIONS.items()}
RESPONDENTS = st.lists(
    st.tuples(st.sampled_from(["north", "south", "west", None]), st.integers(0, 4)), min_size=8, max_size=20
)


def question_of(name: str) -> Question:
    return INSTRUMENTS[name].question("asked")


def rows_of(name: str, respondents: list[tuple[str | None, int]]) -> list[dict[str, Any]]:
    """All estimates of the question, of answers by their number; the last of five is none."""
    question, regions = question_of(name), [region for region, _ in respondents]
    numbers = [number for _, number in respondents]
    if question.type == "multi":
        pairs = [(True, True), (True, False), (False, True), (False, False), (None, None)]
        ticks = [[pairs[number][place] for number in numbers] for place in (0, 1)]
        answers = {
            f"asked__{each}": pd.array(ticks[place], dtype="boolean") for place, each in enumerate(("phone", "web"))
        }
    else:
        given_ = [*[each.id for each in question.categories], *[None] * 5][:5]
        answers = {"asked": [given_[number] for number in numbers]}
    if question.type == "number":
        answers = {"asked": [[-2.0, 1.0, 7.0, 7.0, float("nan")][number] for number in numbers]}
    clean = make_clean(region=regions, **answers)
    got = estimated(clean, INSTRUMENTS[name], groups=("region",))
    return got[got["question"] == "asked"].to_dict("records")


def cells_of(question: Question, row: dict[str, Any]) -> list[tuple[Cell, float]]:
    """What a row counts, and its base, with how many that is."""
    panel = (row["group"], row["level"])
    value, times = counted(row["statistic"], row["category"], *panel), float(row["base"])
    number = 0.0 if pd.isna(row["value"]) else row["value"]
    base = (based_on(question, row["statistic"], *panel), times)
    amount = number if row["unit"] == "respondents" else number * times
    return [base, (value, amount)] if value and row["statistic"] != "sd" else [base]


def equations(name: str, rows: list[dict[str, Any]]) -> list[dict[Cell, Any]]:
    overall = [row for row in rows if not row["group"]]
    cells = [counted(row["statistic"], row["category"]) for row in overall]
    bases = [based_on(question_of(name), row["statistic"]) for row in overall]
    known = [each for each in dict.fromkeys([*cells, *bases]) if each]
    return list(sums(question_of(name), WAVE, known, {"region": ["north", "south", "west", NO_LEVEL]}))


@pytest.mark.parametrize("name", QUESTIONS)
@settings(max_examples=8)
@given(respondents=RESPONDENTS)
def test_every_sum_is_zero(name: str, respondents: list[tuple[str | None, int]]) -> None:
    rows = rows_of(name, respondents)
    amounts = {cell: amount for row in rows for cell, amount in cells_of(question_of(name), row)}
    for cell, amount in list(amounts.items()):
        if not cell.group:
            levels = [amounts[cell._replace(group="region", level=each)] for each in ("north", "south", "west")]
            amounts[cell._replace(group="region", level=NO_LEVEL)] = amount - sum(levels)
    checked = [each for each in equations(name, rows) if each.keys() <= amounts.keys()]
    assert checked
    for each in checked:
        assert sum(float(of) * amounts[cell] for cell, of in each.items()) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("name", QUESTIONS)
@settings(max_examples=8, phases=(Phase.generate,))
@given(random=st.randoms(use_true_random=False))
def test_what_follows_from_some_estimates_is_what_an_attacker_finds(name: str, random: Any) -> None:
    respondents = [(random.choice(["north", "south", "west", None]), random.randrange(5)) for _ in range(20)]
    rows = [
        row
        for row in rows_of(name, respondents)
        if counted(row["statistic"], row["category"]) and pd.notna(row["value"])
    ]
    shown = random.sample(rows, random.randint(1, len(rows) - 1))
    known = {cell: row for row in shown for cell, _ in cells_of(question_of(name), row)}
    known |= {counted(row["statistic"], row["category"], row["group"], row["level"]): row for row in shown}
    found = known.keys() | derived(equations(name, rows), known).keys()
    only_these = pd.DataFrame(shown).assign(asked=None, answered=None)
    attacker = Attacker(only_these, Questionnaire(INSTRUMENTS[name]))
    for row in rows:
        cell = counted(row["statistic"], row["category"], row["group"], row["level"])
        assert (cell in found) == attacker.determines(row), row["key"]


def test_a_cell_is_solved_for_only_where_the_known_ones_determine_it() -> None:
    a, b, c, d = (Cell("count", name) for name in "abcd")
    system = [{a: 1, b: -1, c: -1}, {b: 1, c: 1, d: -2}]
    assert derived(system, {a: None}) == {d: {a: 0.5}}
    assert derived(system, {a: None, b: None}) == {c: {a: 1, b: -1}, d: {a: 0.5}}
    assert derived(system, {}) == {}
