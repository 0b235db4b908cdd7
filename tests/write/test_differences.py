"""Two waves, or two levels of a group, held against each other: differences, p-values, and "no change"."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from scipy.stats import fisher_exact, norm, t

from recount.errors import ClaimError, EstimateError, RecountError, StudyError, TemplateError
from recount.estimate.intervals import newcombe, wilson
from recount.study.instrument import Instrument
from recount.study.settings import Settings
from recount.write.number import Estimate, Number
from recount.write.paper import Written
from recount.write.two_samples import independent
from tests.write.conftest import INSTRUMENT, ROWS, SETTINGS, YES_NO, row

Write = Callable[..., Written]
EARLIER, LATER = (15, 27), (28, 42)


def _share(key: str, n: int, base: int, **columns: Any) -> dict[str, Any]:
    low, high = (float(end) for end in wilson(n / base, base))
    p = n / base
    se = (p * (1 - p) / base) ** 0.5
    return row(key, p, **{"low": low, "high": high, "se": se, "n": n, "base": base, "method": "wilson", **columns})


WEIGHTED = {"weighted_n": 20.5, "weighted_base": 42.5, "method": "wilson effective n"}
TRAINING = [
    _share("2018/training/share/yes", *EARLIER),
    _share("2020/training/share/yes", *LATER),
    _share("2018/training/share/no", 12, 27, **WEIGHTED, se=0.1),
    _share("2020/training/share/no", 14, 42, **WEIGHTED, se=0.08),
    _share("2018/training/share/yes/region=asia", 10, 20),
    _share("2020/training/share/yes/region=asia", 15, 20),
    _share("2020/training/share/yes/region=africa", 13, 22),
    row("2020/training/share/no/region=asia", None, hidden="base under 5", base=3),
    _share("2020/training/share/no/region=africa", 9, 22),
]
QUESTION = {
    "id": "training",
    "label": "Training",
    "text": "Is there any?",
    "type": "single",
    "categories": [{"id": name, "label": label} for name, label in YES_NO.items()],
    "waves": {"2018": {"column": "t"}, "2020": {"column": "t"}},
}
WAVES = "waves=('2018', '2020')"
REGIONS = "group='region', levels=('asia', 'africa')"


def _study(design: str = "probability", **estimates: Any) -> dict[str, Any]:
    waves = {
        "2018": {"export": "a.csv", "design": "probability"},
        "2020": {"export": "b.csv", "design": design},
    }
    questions = [*INSTRUMENT["questions"], QUESTION]  # type: ignore[misc]
    return {
        "estimates": pd.DataFrame([*ROWS, *TRAINING]),
        "instrument": Instrument.declared_in("instrument.yaml", {**INSTRUMENT, "questions": questions}),
        "settings": {"waves": waves, "estimates": {"groups": ["region"], **estimates}},
    }


def _number(write: Write, expression: str, **study: Any) -> dict[str, Any]:
    found: dict[str, Any] = write(f"<{{{{ {expression} }}}}>", **(study or _study())).numbers["numbers"][0]
    return found


def _refused(write: Write, template: str, error: type[RecountError] = TemplateError, **study: Any) -> str:
    with pytest.raises(error) as caught:
        write(template, **(study or _study()))
    return str(caught.value)


def test_a_difference_is_of_two_waves_or_two_levels_or_two_waves_within_a_level(write: Write) -> None:
    waves = _number(write, f"difference('training', 'yes', {WAVES})")
    assert waves["value"] == pytest.approx(28 / 42 - 15 / 27)
    assert [waves["low"], waves["high"]] == pytest.approx([float(end) for end in newcombe(28 / 42, 42, 15 / 27, 27)])
    within = _number(write, f"difference('training', 'yes', {WAVES}, group='region', level='asia')")
    assert within["keys"] == ["2020/training/share/yes/region=asia", "2018/training/share/yes/region=asia"]
    levels = _number(write, f"difference('training', 'yes', {REGIONS})")
    assert (levels["display"], levels["value"]) == ("16 percentage points", pytest.approx(15 / 20 - 13 / 22))


@pytest.mark.parametrize(
    "arguments", ["", f"{WAVES}, {REGIONS}", f"{WAVES}, wave='2020'", "waves=('2020',)", "levels=('asia', 'africa')"]
)
def test_what_is_no_pair_is_refused(write: Write, arguments: str) -> None:
    message = _refused(write, f"{{{{ difference('training', 'yes', {arguments}) }}}}", EstimateError)
    assert "difference training: a difference is of two waves, or of two levels of a group" in message


def test_a_p_value_is_fishers_and_knows_both_shares(write: Write) -> None:
    got = _number(write, f"p_value('training', 'yes', {WAVES})")
    exp = fisher_exact([[28, 14], [15, 12]]).pvalue
    assert got["value"] == pytest.approx(exp)
    assert (got["unit"], got["display"]) == ("p-value", f"p = {exp:.2f}")
    assert got["keys"] == ["2020/training/share/yes", "2018/training/share/yes"]
    assert got["formula"] == "p by Fisher's exact test(2020/training/share/yes, 2018/training/share/yes)"
    assert got["trace"]["kind"] == "operation"


def test_a_p_value_of_weighted_shares_is_by_a_z_test(write: Write) -> None:
    got = _number(write, f"p_value('training', 'no', {WAVES})")
    exp = 2 * norm.sf(abs(14 / 42 - 12 / 27) / (0.08**2 + 0.1**2) ** 0.5)
    assert got["value"] == pytest.approx(exp)
    assert got["formula"].startswith("p by z test(")


def test_a_weighted_share_without_standard_error_is_not_tested(write: Write) -> None:
    study = _study()
    study["estimates"].loc[study["estimates"]["key"] == "2020/training/share/no", "se"] = None
    message = _refused(write, f"{{{{ p_value('training', 'no', {WAVES}) }}}}", EstimateError, **study)
    assert "2020/training/share/no: this share has no standard error" in message


def test_a_hidden_share_has_no_p_value(write: Write) -> None:
    message = _refused(write, f"{{{{ p_value('training', 'no', {REGIONS}) }}}}", EstimateError)
    assert "hidden (base under 5)" in message


@pytest.mark.parametrize(
    ("design", "why"), [("nonprobability", "nobody drew these respondents"), ("census", "everyone was asked")]
)
@pytest.mark.parametrize("pair", [WAVES, REGIONS])
def test_where_nobody_was_drawn_there_is_no_p_value(write: Write, design: str, why: str, pair: str) -> None:
    message = _refused(write, f"One.\n\n{{{{ p_value('training', 'yes', {pair}) }}}}", **_study(design))
    assert f"line 3, p_value training: wave 2020 is of design {design}: {why}" in message
    assert "print both shares" in message


def test_a_p_value_can_be_claimed_and_how_many_respondents_it_hangs_on_is_counted(write: Write) -> None:
    claim = _claim(write, f"p_value('training', 'yes', {WAVES}) > 0.05")
    assert (claim["holds"], claim["margin"]["respondents"]) == (True, _turning())
    assert "p-values are compared" in _refused(
        write, f"{{{{ p_value('training', 'yes', {WAVES}) - p_value('training', 'yes', {REGIONS}) }}}}"
    )
    assert "a p-value lies between 0 and 1" in _refused(
        write, f"{{% claim p_value('training', 'yes', {WAVES}) < 5 %}}x{{% endclaim %}}"
    )


def _turning() -> int:
    """How few answers of one wave make the difference significant at 0.05, by trying."""
    for moved in range(1, 27):
        for later, earlier in ((28 + moved, 15), (28 - moved, 15), (28, 15 + moved), (28, 15 - moved)):
            table = [[later, 42 - later], [earlier, 27 - earlier]]
            if min(map(min, table)) >= 0 and fisher_exact(table).pvalue <= 0.05:
                return moved
    raise AssertionError("nothing turns it")


def _claim(write: Write, condition: str, **study: Any) -> dict[str, Any]:
    paper = {"wave": "2020", "claims": "warn"}
    given = study or _study()
    given["settings"] = given["settings"] | {"paper": paper}
    template = f"{{% claim {condition} %}}So it is{{% endclaim %}}."
    found: dict[str, Any] = write(template, **given).claims["claims"][0]
    return found


UNCHANGED = f"unchanged('training', 'yes', {WAVES})"


def test_no_change_that_nobody_declared_is_refused_with_what_to_declare(write: Write) -> None:
    message = _refused(write, f"{{% claim {UNCHANGED} %}}No change{{% endclaim %}}.")
    assert 'unchanged training: the study does not declare what "no change" is' in message
    assert "estimates.no_change in config.yaml, such as {test: margin, points: 5}" in message


@pytest.mark.parametrize(("points", "holds"), [(11, False), (11.2, True), (30, True)])
def test_by_a_margin_the_difference_is_smaller_than_so_many_points(write: Write, points: float, *, holds: bool) -> None:
    claim = _claim(write, UNCHANGED, **_study(no_change={"test": "margin", "points": points}))
    assert (claim["holds"], claim["tests"]) == (holds, [f"no change by a margin of {points:g} percentage points"])
    assert claim["condition"].startswith(
        f"no change by a margin of {points:g} percentage points (2020/training/share/yes - 2018/training/share/yes < "
        "estimates.no_change.points of config.yaml and "
    )
    first = claim["margin"]["comparisons"][0]
    assert first["difference"] == pytest.approx(points / 100 - (28 / 42 - 15 / 27))
    low, high = (float(end) for end in newcombe(28 / 42, 42, 15 / 27, 27))
    assert first["interval_reach"] == pytest.approx(high - points / 100 if holds else points / 100 - low)


@pytest.mark.parametrize(("points", "holds"), [(33, False), (34, True)])
def test_by_equivalence_the_whole_interval_lies_within_the_points(write: Write, points: float, *, holds: bool) -> None:
    claim = _claim(write, UNCHANGED, **_study(no_change={"test": "equivalence", "points": points}))
    low, high = (float(end) for end in newcombe(28 / 42, 42, 15 / 27, 27))
    assert holds == (high < points / 100 and low > -points / 100)
    assert (claim["holds"], claim["tests"]) == (holds, [f"no change by equivalence within {points} percentage points"])
    got = [each["difference"] for each in claim["margin"]["comparisons"]]
    assert got == pytest.approx([points / 100 - high, low + points / 100])
    assert claim["margin"]["respondents"] == 1


def test_by_the_interval_it_covers_zero_and_respondents_are_counted_with_the_interval_that_they_would_have(
    write: Write,
) -> None:
    claim = _claim(write, UNCHANGED, **_study(no_change={"test": "interval"}))
    assert (claim["holds"], claim["tests"]) == (True, ["no change by an interval that covers zero"])
    more = claim["margin"]["respondents"]
    ends = [newcombe((28 + n) / 42, 42, 15 / 27, 27)[0] for n in (more - 1, more)]
    fewer = [newcombe(28 / 42, 42, (15 - n) / 27, 27)[0] for n in (more - 1, more)]
    assert max(ends[0], fewer[0]) <= 0 < max(ends[1], fewer[1])


def test_no_change_is_a_condition_like_others(write: Write) -> None:
    study = _study(no_change={"test": "margin", "points": 30})
    claim = _claim(write, f"not {UNCHANGED} or respondents() > 30", **study)
    assert claim["condition"].startswith("not (no change by a margin of 30 percentage points (")
    assert claim["status"] == "fragile"


def test_the_message_of_a_false_claim_names_the_test_and_its_margin(write: Write) -> None:
    study = _study(no_change={"test": "margin", "points": 5})
    message = _refused(write, f"{{% claim {UNCHANGED} %}}No change{{% endclaim %}}.", ClaimError, **study)
    assert "2020/training/share/yes - 2018/training/share/yes is 11 percentage points" in message
    assert "estimates.no_change.points of config.yaml is 5 percentage points" in message
    assert "it would hold if 2 respondents answered differently" in message
    assert "expected: no change by a margin of 5 percentage points (" in message


def test_waves_that_are_not_comparable_are_neither_tested_nor_called_unchanged(write: Write) -> None:
    study = _study(no_change={"test": "margin", "points": 5})
    for call in ("{{ p_value('office', 'yes', W) }}", "{% claim unchanged('office', 'yes', W) %}x{% endclaim %}"):
        message = _refused(write, call.replace("W", WAVES), **study)
        assert "office: wave 2018 is not comparable: asked of members only" in message


def test_a_test_of_intervals_needs_one(write: Write) -> None:
    study = _study(no_change={"test": "equivalence", "points": 5})
    study["estimates"].loc[study["estimates"]["key"] == "2020/training/share/yes", ["low", "high"]] = None
    message = _refused(write, f"{{% claim {UNCHANGED} %}}x{{% endclaim %}}", EstimateError, **study)
    assert "this difference has no interval" in message
    assert "declare the test margin" in message


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ({"test": "margin"}, "the test margin needs points"),
        ({"test": "equivalence"}, "the test equivalence needs points"),
        ({"test": "interval", "points": 5}, "takes no points"),
        ({"test": "margin", "points": 0}, "greater than 0"),
    ],
)
def test_a_test_is_declared_with_points_where_it_has_any(declared: dict[str, Any], words: str) -> None:
    with pytest.raises(StudyError, match=words):
        Settings.declared_in("config.yaml", SETTINGS | {"estimates": {"no_change": declared}})


# Two waves across a break, and the same respondents twice.

PANEL = [
    row("2020/-/returning/since=2018", 18, "respondents", n=18, base=47),
    row("2020/training/returning/since=2018", 16, "respondents", n=16, base=17),
    row("2020/training/gained/yes/since=2018", 7, "respondents", n=7, base=16),
    row("2020/training/lost/yes/since=2018", 1, "respondents", n=1, base=16),
    row("2020/training/change/yes/since=2018", 6 / 16, "difference of shares", low=0.1, high=0.6, base=16),
    row("2018/training/standardised_share/yes", 0.6, low=0.4, high=0.8, n=15, base=27),
    row("2020/training/standardised_share/yes", 0.7, low=0.5, high=0.9, n=28, base=42),
    row("2018/-/effective_n", 21.5, "respondents", base=27),
]


def _panel(*, design: str = "probability", identified: bool = True, **fielding: Any) -> dict[str, Any]:
    """The study with returning respondents; `fielding` is what the instrument says of training in 2018."""
    study = _study(design)
    waves = {"2018": {"column": "t", **fielding}, "2020": {"column": "t"}}
    questions = [*INSTRUMENT["questions"], QUESTION | {"waves": waves}]  # type: ignore[misc]
    if identified:
        questions[0] = {**questions[0], "waves": {wave: {"column": "i"} for wave in ("2018", "2020")}}
    study["instrument"] = Instrument.declared_in("instrument.yaml", {**INSTRUMENT, "questions": questions})
    return study | {"estimates": pd.DataFrame([*ROWS, *TRAINING, *PANEL])}


BREAKS: list[tuple[dict[str, Any], str]] = [
    ({"text": "Was there any?"}, "worded differently"),
    ({"universe": {"region": ["asia"]}}, "others were asked"),
    ({"offered": ["yes"]}, "other answers were offered"),
    ({"comparable": False, "note": "by telephone"}, "by telephone"),
]


@pytest.mark.parametrize(("fielding", "why"), BREAKS)
@pytest.mark.parametrize(
    "template",
    [
        "{{{{ difference('training', 'yes', {waves}) }}}}",
        "{{{{ difference('training', 'yes', {waves}, returning=true) }}}}",
        "{{{{ share('training', 'yes') - share('training', 'yes', wave='2018') }}}}",
        "{{{{ share('training', 'yes') / share('training', 'yes', wave='2018') }}}}",
        "{{% claim share('training', 'yes') > share('training', 'yes', wave='2018') %}}more{{% endclaim %}}",
    ],
)
def test_no_comparison_goes_across_a_break_and_the_message_says_why(
    write: Write, template: str, fielding: dict[str, Any], why: str
) -> None:
    said = _refused(write, template.format(waves=WAVES), **_panel(**fielding))
    assert why in said


def test_a_sentence_that_tells_of_the_break_may_compare(write: Write) -> None:
    told = f"{{{{ difference('training', 'yes', {WAVES}, though='the question was reworded') | points }}}}"
    study = _panel(text="Was there any?")
    assert write(f"It rose by {told}, but the question was reworded.", **study).numbers["numbers"]
    condition = f"difference('training', 'yes', {WAVES}, though='The question was reworded') > 0"
    claimed = f"{{% claim {condition} %}}It rose{{% endclaim %}}"
    assert write(f"{claimed}, though the question was reworded.", **study).claims["claims"][0]["holds"]


def test_words_that_the_sentence_does_not_say_are_no_excuse(write: Write) -> None:
    told = f"{{{{ difference('training', 'yes', {WAVES}, though='the question was reworded') | points }}}}"
    said = _refused(write, f"It rose by {told}. But the question was reworded.", **_panel(text="Was there any?"))
    assert "its sentence does not say so" in said


def test_both_shares_may_stand_side_by_side(write: Write) -> None:
    template = "{{ share('training', 'yes') }} and {{ share('training', 'yes', wave='2018') }}"
    assert len(write(template, **_panel(text="Was there any?")).numbers["numbers"]) == 2


def test_returning_respondents_are_counted_and_their_change_has_its_own_interval(write: Write) -> None:
    study = _panel()
    assert _number(write, f"returning({WAVES})", **study)["value"] == 18
    assert _number(write, f"returning('training', {WAVES})", **study)["value"] == 16
    assert _number(write, f"gained('training', 'yes', {WAVES})", **study)["value"] == 7
    change = _number(write, f"difference('training', 'yes', {WAVES}, returning=true)", **study)
    assert (change["value"], change["low"], change["high"]) == (0.375, 0.1, 0.6)


def test_the_p_value_of_a_change_is_mcnemars(write: Write) -> None:
    got = _number(write, f"p_value('training', 'yes', {WAVES}, returning=true)", **_panel())
    assert got["value"] == pytest.approx(2 * (1 + 8) / 2**8)  # of 8 who changed, one or fewer the other way
    assert got["formula"].startswith("p by McNemar's exact test(")
    said = _refused(
        write, f"{{{{ p_value('training', 'yes', {WAVES}, returning=true) }}}}", **_panel(design="nonprobability")
    )
    assert "nobody drew these respondents" in said


@pytest.mark.parametrize(
    ("identified", "waves", "why"),
    [
        (False, WAVES, "has no question of type id"),
        (True, "waves=('2020', '2018')", "does not come before"),
    ],
)
def test_where_nobody_was_followed_the_message_says_why(
    write: Write, waves: str, why: str, *, identified: bool
) -> None:
    study = _panel(identified=identified)
    study["estimates"] = pd.DataFrame([*ROWS, *TRAINING])
    assert why in _refused(write, f"{{{{ gained('training', 'yes', {waves}) }}}}", EstimateError, **study)


def test_p_values_are_adjusted_for_how_many_they_are(write: Write) -> None:
    paired, apart = (f"p_value('training', 'yes', {WAVES}{more})" for more in (", returning=true", ""))
    holm = f"{{% set p = adjusted({paired}, {apart}) %}}{{{{ p[0] }}}} {{{{ p[1] }}}}"
    got = [each["value"] for each in write(holm, **_panel()).numbers["numbers"]]
    raw = [_number(write, each, **_panel())["value"] for each in (paired, apart)]
    assert got == pytest.approx([2 * raw[0], max(2 * raw[0], raw[1])])
    other = holm.replace(f"{apart})", f"{apart}, method='benjamini-hochberg')")
    got = [each["value"] for each in write(other, **_panel()).numbers["numbers"]]
    assert got == pytest.approx([min(2 * raw[0], raw[1]), raw[1]])


def test_a_claim_on_adjusted_p_values_knows_how_many_respondents_it_hangs_on(write: Write) -> None:
    paired, apart = (f"p_value('training', 'yes', {WAVES}{more})" for more in (", returning=true", ""))
    claim = f"{{% claim adjusted({paired}, {apart})[1] > 0.05 %}}no evidence{{% endclaim %}}"
    assert write(claim, **_panel()).claims["claims"][0]["margin"]["respondents"] > 0


def test_only_p_values_are_adjusted_in_a_way_that_there_is(write: Write) -> None:
    assert "only p-values" in _refused(write, "{{ adjusted(share('training', 'yes')) | listed }}", **_panel())
    wrong = f"{{{{ adjusted(p_value('training', 'yes', {WAVES}), method='hom') | listed }}}}"
    assert "'holm'" in _refused(write, wrong, **_panel())


def test_standardised_shares_are_asked_for_by_name_and_compared(write: Write) -> None:
    study = _panel()
    assert _number(write, "standardised('training', 'yes', wave='2018')", **study)["value"] == 0.6
    assert _number(write, "effective_n('2018')", **study)["value"] == 21.5
    got = _number(write, f"difference('training', 'yes', {WAVES}, standardised=true)", **study)
    assert got["value"] == pytest.approx(0.1)


ITEMS = [{"question": "training", "category": "yes"}]
DIFFERENCES = {"tables": {"t": {"kind": "differences", "caption": "C", "waves": ["2018", "2020"], "items": ITEMS}}}


def test_a_table_of_differences_has_both_shares_the_difference_and_the_returning(write: Write) -> None:
    numbers = write("{{ table('t') }}", **_panel(), tables=DIFFERENCES).numbers["numbers"]
    shown = [each["display"] for each in numbers if each["part"] == "table"]
    assert shown[:2] == ["56%", "27"]
    assert {"+11", "+38", "16"} <= set(shown)
    assert sum(each["unit"] == "p-value" for each in numbers) == 2


def test_where_nobody_was_drawn_the_table_has_no_p_values_and_says_what_its_intervals_are(write: Write) -> None:
    written = write("{{ table('t') }}", **_panel(design="nonprobability"), tables=DIFFERENCES)
    assert not any(each["unit"] == "p-value" for each in written.numbers["numbers"])
    assert "Nobody drew the respondents" in written.markdown


def test_across_a_break_the_table_subtracts_nothing_and_notes_why(write: Write) -> None:
    written = write("{{ table('t') }}", **_panel(text="Was there any?"), tables=DIFFERENCES)
    assert "not compared" in written.markdown
    assert "worded differently" in written.markdown
    assert not any(each["unit"] == "difference of shares" for each in written.numbers["numbers"])


def test_a_table_of_compositions_shows_before_and_after_and_the_effective_number(write: Write) -> None:
    study = _panel()
    weighted = [
        _share("2020/region/standardised_share/africa", 20, 47),
        _share("2020/region/standardised_share/asia", 27, 47),
        row("2020/-/effective_n", 47.0, "respondents", base=47),
    ]
    study["estimates"] = pd.DataFrame([*ROWS, *TRAINING, *PANEL, *weighted])
    study["settings"] |= {"comparison": {"weight_to": "2020", "by": ["region"]}}
    table = {"tables": {"t": {"kind": "composition", "caption": "C", "waves": ["2020"], "items": ITEMS}}}
    keys = [each["keys"][0] for each in write("{{ table('t') }}", **study, tables=table).numbers["numbers"]]
    assert keys[:2] == ["2020/region/share/africa", "2020/region/standardised_share/africa"]
    assert keys[-3:] == ["2020/training/standardised_share/yes", "2020/-/respondents", "2020/-/effective_n"]


@pytest.mark.parametrize(
    "sampling",
    [{"clusters": "city"}, {"strata": "size"}, {"strata": "region", "raking": {"margins": {"sex": {"f": 1.0}}}}],
)
def test_levels_that_were_drawn_or_weighted_together_have_no_interval_and_no_p_value(
    write: Write, sampling: dict[str, Any]
) -> None:
    study = _study()
    study["settings"]["waves"]["2020"]["sampling"] = sampling
    found = _number(write, f"difference('training', 'yes', {REGIONS})", **study)
    assert found["value"] == pytest.approx(15 / 20 - 13 / 22)
    assert (found["low"], found["high"]) == (None, None)
    said = _refused(write, f"{{{{ difference('training', 'yes', {REGIONS}) | interval }}}}", EstimateError, **study)
    assert "drawn or weighted together" in said
    said = _refused(write, f"{{{{ p_value('training', 'yes', {REGIONS}) }}}}", **study)
    assert "not independent samples" in said
    assert "region among estimates.compared in config.yaml" in said


@pytest.mark.parametrize("levels", ["asia:africa", "africa:asia"])
def test_levels_that_were_drawn_together_have_the_interval_and_the_test_that_were_estimated(
    write: Write, levels: str
) -> None:
    study = _study(compared=["region"])
    study["settings"]["waves"]["2020"]["sampling"] = {"clusters": "city"}
    value = 15 / 20 - 13 / 22
    sign = 1 if levels == "asia:africa" else -1
    ends = sorted((sign * (value - 0.2), sign * (value + 0.2)))
    columns = {"low": ends[0], "high": ends[1], "se": 0.09, "df": 12, "base": 42, "method": "t"}
    made = row(f"2020/training/difference/yes/region={levels}", sign * value, "difference of shares", **columns)
    study["estimates"] = pd.DataFrame([*ROWS, *TRAINING, made])
    got = _number(write, f"difference('training', 'yes', {REGIONS})", **study)
    assert [got[each] for each in ("value", "low", "high")] == pytest.approx([value, value - 0.2, value + 0.2])
    assert got["keys"] == [made["key"]]
    tested = _number(write, f"p_value('training', 'yes', {REGIONS})", **study)
    assert tested["value"] == pytest.approx(2 * t.sf(value / 0.09, 12))
    assert tested["formula"].startswith("p by t test(")


def test_levels_that_are_the_strata_themselves_are_independent_samples(write: Write) -> None:
    study = _study()
    study["settings"]["waves"]["2020"]["sampling"] = {"strata": "region"}
    found = _number(write, f"difference('training', 'yes', {REGIONS})", **study)
    exp = newcombe(15 / 20, 20, 13 / 22, 22)
    assert [found["low"], found["high"]] == pytest.approx([float(end) for end in exp])


# The same respondents twice, and a common composition, within a level of a group.

ASIA = "group='region', level='asia'"
# The 21 children of Fagerland, Lydersen and Laake (2014), table II: 1 gained, 7 lost; exact McNemar's p is 0.0703.
IN_ASIA = [
    row("2020/training/returning/since=2018,region=asia", 21, "respondents", n=21, base=21),
    row("2020/training/gained/yes/since=2018,region=asia", 1, "respondents", n=1, base=21),
    row("2020/training/lost/yes/since=2018,region=asia", 7, "respondents", n=7, base=21),
    row("2020/training/change/yes/since=2018,region=asia", -6 / 21, "difference of shares", low=-0.507, high=-0.026),
    row("2018/training/standardised_share/yes/region=asia", 0.5, low=0.3, high=0.7, n=10, base=20),
    row("2020/training/standardised_share/yes/region=asia", 0.8, low=0.6, high=0.9, n=15, base=20),
]


def _within(**panel: Any) -> dict[str, Any]:
    study = _panel(**panel)
    return study | {"estimates": pd.DataFrame([*ROWS, *TRAINING, *PANEL, *IN_ASIA])}


def test_the_change_of_returning_respondents_within_a_level_has_its_interval_and_mcnemars_p(write: Write) -> None:
    study = _within()
    change = _number(write, f"difference('training', 'yes', {WAVES}, returning=true, {ASIA})", **study)
    assert change["keys"] == ["2020/training/change/yes/since=2018,region=asia"]
    assert [change["value"], change["low"], change["high"]] == pytest.approx([-6 / 21, -0.507, -0.026])
    p = _number(write, f"p_value('training', 'yes', {WAVES}, returning=true, {ASIA})", **study)
    assert p["value"] == pytest.approx(0.0703, abs=5e-5)


def test_returning_gained_and_lost_are_counted_within_a_level(write: Write) -> None:
    study = _within()
    asked = [f"returning('training', {WAVES}, {ASIA})"]
    asked += [f"{name}('training', 'yes', {WAVES}, {ASIA})" for name in ("gained", "lost")]
    assert [_number(write, each, **study)["value"] for each in asked] == [21, 1, 7]
    assert "for a question" in _refused(write, f"{{{{ returning({WAVES}, {ASIA}) }}}}", **study)


def test_standardised_shares_are_compared_within_a_level(write: Write) -> None:
    got = _number(write, f"difference('training', 'yes', {WAVES}, standardised=true, {ASIA})", **_within())
    assert got["keys"] == [f"{wave}/training/standardised_share/yes/region=asia" for wave in ("2020", "2018")]
    assert got["value"] == pytest.approx(0.3)
    share = _number(write, f"standardised('training', 'yes', wave='2018', {ASIA})", **_within())
    assert share["value"] == 0.5


def test_a_change_within_a_level_is_not_independent_of_that_of_all() -> None:
    whole, asia = (
        Estimate(key="", wave="2020", question="training", statistic="change", group="since", level=level)
        for level in ("2018", "2018,region=asia")
    )
    numbers = [Number(value=0.1, unit="difference of shares", trace=each) for each in (whole, asia)]
    assert not independent(*numbers)


COMPARISON = {"weight_to": "2020", "by": ["region"]}


@pytest.mark.parametrize(
    ("comparison", "rules", "why"),
    [
        (COMPARISON, {}, "waves are standardised by 'region' itself"),
        (None, {}, "no common composition is declared"),
        ({**COMPARISON, "by": ["office"]}, {"protect": "respondents"}, "respondents are protected"),
        ({**COMPARISON, "by": ["office"]}, {}, "wave 2018 did not ask 'region'"),
    ],
)
def test_a_level_that_is_not_standardised_is_refused_with_the_reason(
    write: Write, comparison: dict[str, Any] | None, rules: dict[str, Any], why: str
) -> None:
    study = _panel()
    estimates = study["settings"]["estimates"] | rules
    study["settings"] = study["settings"] | {"estimates": estimates, "comparison": comparison}
    template = f"{{{{ difference('training', 'yes', {WAVES}, standardised=true, {ASIA}) }}}}"
    assert why in _refused(write, template, EstimateError, **study)


def test_a_level_in_which_nobody_was_followed_is_refused_with_the_reason(write: Write) -> None:
    template = f"{{{{ difference('training', 'yes', {WAVES}, returning=true, {ASIA}) }}}}"
    assert "wave 2018 did not ask 'region'" in _refused(write, template, EstimateError, **_panel())
