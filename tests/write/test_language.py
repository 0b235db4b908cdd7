"""Each rule of the paper's language: a template that breaks it, and the message with file and line."""

from collections.abc import Callable
from typing import Any

import pytest

from recount.errors import ClaimError, EstimateError, RecountError, TemplateError
from recount.write.paper import Written

Write = Callable[..., Written]
FILE = "report/paper.md.j2"


def _fault(write: Write, template: str, error: type[RecountError] = TemplateError, **options: Any) -> str:
    with pytest.raises(error) as caught:
        write(template, **options)
    assert type(caught.value) is error
    return str(caught.value)


@pytest.mark.parametrize(
    ("template", "line", "value"),
    [
        ("Fine.\n\nIn 42 cities.", 3, "42"),
        ("\n\nIn forty-two cities.", 3, "forty-two"),
        ("It rose by 1,200.5 in all.", 1, "1,200.5"),
        ("More than half of them.", 1, "half"),
        ("A third of them.", 1, "A third"),
        ("Two-thirds.", 1, "Two-thirds"),
        ("{# no comment #}\n", 1, None),
        ("| a |\n|:--|\n| 7 |", 3, "7"),
        ("# Seven of 9 cities", 1, "9"),
        ("[^1]: In 12 cities.", 1, "12"),
        ("有47个城市。", 1, "47"),
        ("有四十七个城市。", 1, "四十七"),
        ("约百分之三十的城市。", 1, "百分之三十"),
        ('---\ntitle: "In 47 cities"\n---\nText.', 2, "47"),
        ("---\nabstract: |\n  First.\n\n  Of 12 cities.\n---\nText.", 5, "12"),
        ("{% if true %}\nIn 3 cities.{% endif %}", 2, "3"),
    ],
)
def test_a_number_typed_in_the_prose_is_an_error(write: Write, template: str, line: int, value: str | None) -> None:
    if value is None:
        write(template)
        return
    message = _fault(write, template)
    assert f"{FILE}, line {line}: {value!r}: this number is typed" in message
    assert "next: write it as a number of the paper" in message


@pytest.mark.parametrize(
    "template",
    [
        "# 1 Methods\n\n## 1.1 Sample\n\n# 2. Findings\n\nText.",
        "1. first\n2. second",
        "See [@un2015, pp. 127-142] and @acuto2018 [p. 4].",
        "At https://example.org/2020/47 and doi:10.1080/08111146.2021.1886071.",
        "Code `make test`, CO2 and C40, and [a link](page-2.html#s3){#x width=50%}.",
        "```\nx = y\n```\n",
        "COVID-19 came.",
        "One of them; a third person decided; second, the twenty-first century.",
        "一个城市，十分重要。",
        "---\ndate: 2021-02-17\ntoc-depth: 2\n---\nText.",
        "{## a comment of 42 words ##}Text.",
        "Text[^12].\n\n[^12]: A note.\n\n::: {.box width=50}\nText.\n:::",
        '{{ literal("127-142", why="pages") }} and {{ cited("2030", "un2015") }}.',
    ],
)
def test_what_is_no_number_of_the_prose_is_let_through(write: Write, template: str) -> None:
    assert write(template).markdown


def test_literals_are_listed_in_the_ledger_with_the_reason_and_the_place(write: Write) -> None:
    template = 'COVID-19.\n{{ literal("127-142", why="pages") }}\n{{ cited("2030", "un2015") }}'
    allowed = write(template).numbers["allowed"]
    got = {(each["text"], each["kind"], each["why"], each["file"], each["line"]) for each in allowed}
    assert got == {
        ("COVID-19", "literals file", "a disease", FILE, 1),
        ("127-142", "literal", "pages", FILE, 2),
        ("2030", "cited", "un2015", FILE, 3),
    }


def test_a_literal_declared_for_one_phrase_does_not_free_its_digits_elsewhere(write: Write) -> None:
    assert "'19'" in _fault(write, "COVID-19 and 19 cities; COVID-190.")


DRAWN = {
    "waves": {
        "2018": {"export": "a.csv", "design": "probability"},
        "2020": {"export": "b.csv", "design": "probability"},
    }
}
NONPROBABILITY = {
    "waves": {
        "2018": {"export": "a.csv", "design": "census"},
        "2020": {"export": "b.csv", "design": "nonprobability"},
    }
}


@pytest.mark.parametrize(
    ("template", "line", "phrase"),
    [
        ("Fine.\n\nThe margin of\nerror is small.", 3, "margin of error"),
        ("Sampling errors are small.", 1, "Sampling errors"),
        ("It is *statistically significant*.", 1, "statistically significant"),
        ("A Representative Sample of cities.", 1, "Representative Sample"),
        ("---\nabstract: |\n  First.\n\n  No representative sample.\n---\nText.", 5, "representative sample"),
        ("抽样误差很小。", 1, "抽样误差"),
        ("It does not state a sampling error.\nDo not state a sampling error.", 1, "sampling error"),
    ],
)
def test_words_that_the_design_does_not_bear_are_an_error(write: Write, template: str, line: int, phrase: str) -> None:
    message = _fault(write, template, settings=NONPROBABILITY)
    assert f"{FILE}, line {line}: '{phrase}': the wave is of design nonprobability" in message
    write(template, settings=DRAWN)  # a random sample bears them


def test_of_a_census_nothing_speaks_of_a_chance_of_sampling(write: Write) -> None:
    for phrase in ("margin of error", "confidence interval", "statistically significant"):
        message = _fault(write, f"Fine.\n\nThe {phrase} is small.")
        assert f"{FILE}, line 3: '{phrase}': the wave is of design census" in message
    write("The confidence interval is small.", settings=NONPROBABILITY)


def test_words_that_the_design_does_not_bear_are_found_in_captions(write: Write) -> None:
    figures = {"figures": {"obstacles": {"kind": "bars", "caption": "With the margin of error."}}}
    message = _fault(write, "{{ figure('obstacles') }}", settings=NONPROBABILITY, figures=figures)
    assert "report/figures.yaml, figures.obstacles.caption: 'margin of error'" in message


def test_a_declared_denial_may_stand_and_is_listed_and_frees_nothing_else(write: Write) -> None:
    denial = {"literals": {"do not state a sampling error": "says that there is none"}, "settings": NONPROBABILITY}
    allowed = write("They do not state a\nsampling error.", **denial).numbers["allowed"]
    assert [(each["text"], each["why"]) for each in allowed] == [
        ("do not state a sampling error", "says that there is none")
    ]
    message = _fault(write, "They do not state a sampling error.\n\nThe sampling error is small.", **denial)
    assert "line 3: 'sampling error'" in message
    assert "line 1" not in message
    write("A representative of the city; an error in the sampling.", settings=NONPROBABILITY)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("42", "42"),
        ("0.86", "0.86"),
        ("[1, 2] | length", "2"),
        ("share('office', 'yes').value", "0.857"),
        ("respondents().value", "47"),
        ("'47'", "47"),
        ("'forty-two'", "forty-two"),
        ("loop_index", ""),
        ("'%d' % 47", "47"),
    ],
)
def test_a_number_without_a_source_never_reaches_the_page(write: Write, expression: str, value: str) -> None:
    template = f"Text.\n\n{{% set loop_index = 3 %}}{{{{ {expression} }}}}"
    message = _fault(write, template)
    assert f"{FILE}, line 3" in message
    assert "this number has no source" in message
    assert value in message


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ('{{ "a" ~ respondents() }}', "lose its trace"),
        ("{{ respondents() | string }}", "No filter named 'string'"),
        ("{{ respondents() > 3 }}", "a condition is not text"),
        ("{{ unknown }}", "'unknown' is undefined"),
        ("{{ shre('office', 'yes') }}", "did you mean 'share'"),
        ("{{ share('office') }}", "missing a required argument: 'category'"),
        ("{{ share('office', 'yes', wav='2018') }}", "did you mean 'wave'"),
        ("{{ share('office', 'yes') + mean('staff') }}", "units are mixed"),
        ("{{ share('office', 'yes') ** 2 }}", "the operator ** is not defined"),
        ("{{ share('office', 'yes') * 100 }}", "shares are 0 to 1, and the formatter writes the percent"),
        ("{{ 100 * share('office', 'yes') }}", "leave the 100 out"),
        ("{% claim share('office', 'yes') * 100 > 50 %}x{% endclaim %}", "shares are 0 to 1"),
        ("{{ (share('office', 'yes') - share('travel', 'yes')) * 100 }}", "shares are 0 to 1"),
        ("{{ share('office', 'yes') / 100 }}", "shares are 0 to 1"),
        ("{{ [share('office', 'yes'), mean('staff')] | sort }}", "units are mixed"),
        ("{{ [share('office', 'yes'), respondents()] | max }}", "units are mixed"),
        ("{{ share('office', 'yes') | round(0.5) }}", "a whole number of decimals"),
        ("{{ mean('staff') | percent }}", "is not written with percent"),
        ("{{ (share('office', 'yes') - share('travel', 'yes')) | of_base }}", "made of several estimates"),
        ("{{ 3 | words }}", "this number has no source"),
        ("{{ cited('2030', 'un2051') }}", "did you mean 'un2015'"),
        ("{{ literal('2030', why=' ') }}", "say why"),
        ("As [@un2051] says.", "did you mean 'un2015'"),
        ("{{ figure('obstacle') }}", "did you mean 'obstacles'"),
        ("{{ table('item') }}", "did you mean 'items'"),
        ("{{ ref('items', 'table') }}", "never placed"),
        ("{{ ref('items') }}", "say what it refers to"),
        ("{{ ref('figure:obstacles') }}", 'write ref("obstacles", "figure")'),
        ("{{ ref('obstacles', 'chart') }}", "no kind of thing"),
        ("{% if %}", "Expected an expression"),
        ("{% claim %}x{% endclaim %}", "a claim needs a condition: {% claim CONDITION %}"),
        ("{% claim true %}x{% endclaim %}", "a claim needs a condition on numbers"),
        ("{% claim share('office', 'yes').value > 0.5 %}x{% endclaim %}", "a claim needs a condition on numbers"),
        ("{% claim share('office', 'yes') > 50 %}x{% endclaim %}", "0.5 for 50 per cent"),
        ("{{ setting('estimates.minimum_bas') }}", "did you mean 'minimum_base'"),
        ("{{ ranked('obstacles').category }}", ".label"),
        ("{{ share('networks', 'one') | of_base }}", "this share is weighted, and not 20 of 47"),
        ("`{{ respondents() }}`", "inside code or a formula"),
        ("$n = {{ respondents() }}$", "inside code or a formula"),
    ],
)
def test_what_the_language_forbids_is_told_with_its_line(write: Write, template: str, words: str) -> None:
    message = _fault(write, f"Text.\n\nMore. {template}", TemplateError) if "setting" not in template else _fault(
        write, f"Text.\n\nMore. {template}", EstimateError
    )  # fmt: skip
    assert f"{FILE}, line 3" in message
    assert words in message


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("share('offfice', 'yes')", "did you mean 'office'"),
        ("share('office', 'ye')", "did you mean 'yes'"),
        ("share('office', 'yes', wave='2019')", "did you mean '2018' or '2020'"),
        ("share('travel', 'yes', wave='2018')", "was not asked in this wave"),
        ("share('office', 'unsure')", "share_asked('office', 'unsure')"),
        ("share('office', 'yes', group='size', level='a')", "nothing is estimated by this group"),
        ("share('office', 'yes', group='region', level='asi')", "did you mean 'asia'"),
        ("share('office', 'yes', group='region')", "a group needs a level"),
        (
            "mean('office')",
            '2020/office/mean: this question has no scores\n    expected: share("office", "yes"), of a category',
        ),
        ("median('region')", "give each category a score in the instrument, if they are steps of one scale"),
        ("share('staff', 'yes')", 'this question has no categories\n    expected: median("staff") or mean("staff")'),
        ("mean('obstacles')", 'share("obstacles", CODE) of a code'),
        ("mean('fielded')", 'first_date("fielded")'),
        ("net('agenda')", "this question declares no net"),
        ("chosen_mean('office')", "respondents chose one answer at most"),
        ("combination('networks', 'one')", "set `combinations: true` there in the instrument"),
        ("combinations('networks')", "is not counted"),
        ("agreement('office', statistic='alpha')", "this question is not coded"),
        ("ranked('staff')", "this question has no categories"),
        ("base('staff')", "this question has no categories"),
        ("excluded(wave='2018')", "2018/-/excluded"),
        ("contacted('2018')", "set waves.2018.contacted in config.yaml"),
        ("share('office', 'yes', group='region', level='asia')", "hidden (base under 5)"),
        ("mean('staff') | of_base", ""),
        ("median('staff') | interval", "has no interval"),
        ("ranked('obstacles', 9)", "no number 9 of them"),
        ("ranked('obstacles', 2)", "shared by staff, mandate"),
        ("difference('office', 'yes')", "of two waves"),
        ("response_rate('2018')", "2018/-/response_rate"),
        ("excluded('speeding')", "the nearest are 2020/-/excluded/"),
        ("agreement('obstacles', 'funding', 'kapa')", "did you mean 'kappa'"),
        ("quantile('staff', 0.3)", "this quantile is not estimated"),
    ],
)
def test_a_lookup_that_finds_nothing_says_what_comes_nearest(write: Write, call: str, words: str) -> None:
    template = f"Text.\n\n{{{{ {call} }}}}"
    if not words:
        write(template)
        return
    message = _fault(write, template, EstimateError)
    assert f"{FILE}, line 3" in message
    assert words in message


def test_hidden_estimates_can_be_asked_about_without_being_quoted(write: Write) -> None:
    call = "share('office', 'yes', group='region', level='asia')"
    assert (
        "not shown" in write(f"{{% if {call} is hidden %}}not shown{{% else %}}{{{{ {call} }}}}{{% endif %}}").markdown
    )


def test_waves_that_are_not_comparable_are_not_subtracted(write: Write) -> None:
    message = _fault(write, "{{ difference('office', 'yes', waves=('2018', '2020')) | points }}")
    assert "not comparable: asked of members only" in message


def test_all_faults_are_told_at_once_in_the_order_of_the_text(write: Write) -> None:
    message = _fault(
        write,
        "In 42 cities {{ share('offfice', 'yes') }}.\n{{ 3 }}\n"
        "{% claim share('office', 'yes') < 0.5 %}Few{% endclaim %} of them {{ share('a', 'b') + 1 }}.",
    )
    rows = [line.split(":")[0] for line in message.splitlines() if line.startswith(FILE)]
    assert [row.split(", ")[1] for row in rows] == ["line 1", "line 1", "line 2", "line 3", "line 3"]


def test_a_false_claim_stops_the_build_with_its_sentence_and_its_margin(write: Write) -> None:
    template = (
        "First.\n\n"
        "Of all, {% claim share('travel', 'yes') > 0.5 %}most{% endclaim %} can travel ({{ respondents() }}).\n\n"
        "And {% claim share('office', 'yes') < share('travel', 'yes') %}fewer{% endclaim %} have an office."
    )
    message = _fault(write, template, ClaimError)
    assert f"{FILE}, line 3, claim: 'most': this is not true: 2020/travel/share/yes is 40% (17 of 42)" in message
    assert "it would hold if 5 respondents answered differently" in message
    assert "2020/travel/share/yes > 0.5 misses by 9.5 percentage points; " in message
    assert "the interval of 2020/travel/share/yes reaches 0.5 percentage points beyond 50%" in message
    assert "expected: 2020/travel/share/yes > 0.5" in message
    assert "rewrite the sentence: Of all, most can travel (47)." in message
    assert f"{FILE}, line 5, claim: 'fewer'" in message


def test_false_claims_can_be_marked_instead(write: Write) -> None:
    paper = {"paper": {"wave": "2020", "claims": "warn"}}
    got = write("{{ claim(share('travel', 'yes') > 0.5, 'most') }} can.", settings=paper)
    assert "[most]{#c-1 .false-claim} can." in got.markdown
    assert [(each["holds"], each["status"]) for each in got.claims["claims"]] == [(False, "fails")]


@pytest.mark.parametrize(
    "claim",
    [
        "share('travel', 'yes') < 0.5 %}fewer than half",
        "share('office', 'yes') > 2 / 3 %}more than two thirds",
        "share('office', 'yes') > 0.75 %}more than three quarters",
        "share('office', 'yes') > 0.8 %}more than 80%",
        "share('office', 'yes') > 2 * share('travel', 'yes') %}more than twice as many",
        "respondents() < 100 %}fewer than 100",
        "share('travel', 'yes') < 0.5 %}不到半数",
    ],
)
def test_a_claim_may_say_its_threshold(write: Write, claim: str) -> None:
    assert write(f"Here {{% claim {claim}{{% endclaim %}} of them.").claims["claims"][0]["holds"]


def test_a_claim_may_not_say_another_number(write: Write) -> None:
    assert "'60%'" in _fault(write, "{% claim share('travel', 'yes') < 0.5 %}fewer than 60%{% endclaim %}")


def test_conditions_keep_all_their_numbers(write: Write) -> None:
    template = "{% claim 0.3 < share('travel', 'yes') < 0.5 and not share('office', 'yes') < 0.5 %}Some{% endclaim %}"
    claim = write(template).claims["claims"][0]
    assert claim["condition"] == (
        "0.3 < 2020/travel/share/yes and 2020/travel/share/yes < 0.5 and not (2020/office/share/yes < 0.5)"
    )
    assert len(claim["margin"]["comparisons"]) == 3


def test_a_claim_on_a_rank(write: Write) -> None:
    claim = write("{% claim ranked('obstacles').category == 'funding' %}Money{% endclaim %}").claims["claims"][0]
    assert (claim["holds"], claim["margin"]["respondents"]) == (True, 5)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("respondents()", "47"),
        ("respondents('2018')", "27"),
        ("respondents() | words", "47"),
        ("excluded('no id') | words", "three"),
        ("excluded()", "8"),
        ("changed_cells('spelling')", "1,234"),
        ("changed_cells()", "1,234"),
        ("response_rate()", "39%"),
        ("share('office', 'yes') | percent(1)", "85.7%"),
        ("share('office', 'yes') | decimals(2)", "85.71%"),
        ("share('office', 'yes') | of_base", "36 of 42"),
        ("share('office', 'yes') | interval", "76% to 96%"),
        ("share('office', 'yes') | zh", "86%"),
        ("(share('office', 'yes') - share('travel', 'yes')) | points", "45 percentage points"),
        ("(share('office', 'yes') - share('travel', 'yes')) | points(signed=true, short=true)", "+45"),
        ("(share('office', 'yes') - share('travel', 'yes')) | zh", "45个百分点"),
        ("share('office', 'yes') / share('travel', 'yes')", "2.1"),
        ("share('office', 'yes', group='region', level='africa')", "67%"),
        ("share_asked('office', 'unsure')", "11%"),
        ("count('office', 'yes')", "36"),
        ("base('office')", "42"),
        ("asked('office')", "47"),
        ("nonresponse('office')", "0%"),
        ("mean('staff')", "4.3"),
        ("mean('staff') | interval", "3.1 to 5.4"),
        ("quantile('staff', 0.5)", "4.0"),
        ("first_date()", "3 March 2020"),
        ("first_date() | zh", "2020年3月3日"),
        ("last_date() - first_date()", "30"),
        ("year()", "2020"),
        ("year('2018')", "2018"),
        ("agreement('obstacles', 'funding')", "0.81"),
        ("agreement('obstacles')", "0.77"),
        ("ranked('obstacles', 1)", "71%"),
        ("ranked('obstacles', 1).label", "Too little money"),
        ("ranked('obstacles', 1).label | lower", "too little money"),
        ("share('obstacles', ranked('obstacles', 1).category)", "71%"),
        ("smallest(share('office', 'yes'), share('travel', 'yes')) | of_base", "17 of 42"),
        ("[share('office', 'yes'), share('travel', 'yes')] | sort | first", "40%"),
        ("average(share('office', 'yes'), share('travel', 'yes'))", "63%"),
        ("setting('estimates.confidence')", "95%"),
        ("setting('estimates.minimum_base') | words", "five"),
        ("n_codes('obstacles') | words", "three"),
        ("n_categories('travel') | words", "three"),
        ("n_items(coded=true)", "1"),
        ("n_items()", "7"),
        ("n_items(type='date')", "1"),
        ("n_waves() | ordinal", "second"),
        ("label('office')", "Office"),
        ("label('travel', 'maybe')", "Perhaps"),
        ("wording('travel')", "What of travel?"),
        ("ref('waves', 'section')", "[The waves](#sec-waves)"),
        ("round_me | round(2)", "86%"),
    ],
)
def test_what_the_language_can_say(write: Write, expression: str, text: str) -> None:
    template = f"{{% set round_me = share('office', 'yes') %}}<{{{{ {expression} }}}}>\n\n# The waves {{#sec-waves}}"
    body = write(template).markdown.split("---\n", 2)[2]
    printed = body[body.index("<") + 1 : body.index(">")]
    assert printed in (text, printed if printed.startswith(f"[{text}]{{#n-1 .n") else "")


@pytest.mark.parametrize(
    ("expression", "display", "sentence"),
    [
        ("excluded('no id') | counted('test response', 'test responses')", "three", "Of three test responses."),
        ("excluded('duplicate') | counted('tie', 'ties')", "five", "Of five ties."),
        ("respondents() | counted('city', 'cities')", "47", "Of 47 cities."),
        ("(respondents() - literal('46', why='seats')) | counted('city', 'cities')", "one", "Of one city."),
        ("(respondents() - literal('47', why='seats')) | counted('city', 'cities')", "no", "Of no cities."),
        ("[excluded('no id') | counted('tie', 'ties'), respondents()] | listed", "three", "Of three ties and 47."),
    ],
)
def test_a_number_is_followed_by_the_noun_that_agrees_with_it(
    write: Write, expression: str, display: str, sentence: str
) -> None:
    written = write(f"Of {{{{ {expression} }}}}.")
    first = written.numbers["numbers"][0]
    assert (first["display"], first["sentence"]) == (display, sentence)
    assert first["keys"]
    assert f"Of [{display}]{{#n-1 " in written.markdown


@pytest.mark.parametrize(
    ("expression", "typed"),
    [
        ("respondents() - 5", "5"),
        ("2 * respondents()", "2"),
        ("received() - respondents() - 1", "1"),
        ("(respondents() - received() * 3) | words", "3"),
        ("(1 - share('office', 'yes')) * 2", "2"),
        ("respondents() - 1", "1"),
    ],
)
def test_a_number_typed_in_a_calculation_is_an_error_as_one_typed_in_the_prose(
    write: Write, expression: str, typed: str
) -> None:
    message = _fault(write, f"Of {{{{ {expression} }}}} cities.")
    assert f"report/paper.md.j2, line 1: '{typed}': this number is typed in a calculation, and has no source" in message
    assert f'literal("{typed}", why="...")' in message


@pytest.mark.parametrize("expression", ["1 - share('office', 'yes')", "1 / respondents()", "respondents() | round(2)"])
def test_a_complement_one_of_so_many_and_decimals_bring_no_number_of_their_own(write: Write, expression: str) -> None:
    assert write(f"{{{{ {expression} }}}}").numbers["numbers"]


def test_a_declared_number_can_be_reckoned_with_and_is_listed_with_its_reason(write: Write) -> None:
    got = write('{{ respondents() - literal("5", why="seats") }} and {{ literal("7.5", why="a year") }}.').numbers
    assert [each["display"] for each in got["numbers"]] == ["42"]
    assert [(each["text"], each["why"]) for each in got["allowed"]] == [("5", "seats"), ("7.5", "a year")]


def test_a_noun_is_text_and_no_markup(write: Write) -> None:
    assert r"} \*ties\*." in write("{{ excluded('no id') | counted('*tie*', '*ties*') }}.").markdown


def test_a_noun_brings_no_number_of_its_own(write: Write) -> None:
    message = _fault(write, "{{ respondents() | counted('of 50 cities', 'of 50 cities') }}")
    assert "'50': a number in the noun has no source" in message


def test_a_share_is_not_counted(write: Write) -> None:
    assert "is not written with counted" in _fault(write, "{{ share('office', 'yes') | counted('a', 'b') }}")


def test_several_numbers_are_listed(write: Write) -> None:
    got = write("{{ [share('office', 'yes'), share('travel', 'yes'), respondents()] | listed }}").numbers["numbers"]
    assert [each["display"] for each in got] == ["86%", "40%", "47"]


def test_an_error_of_ours_stays_a_traceback(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("ours")

    monkeypatch.setattr("recount.write.lookup.key_of", broken)
    with pytest.raises(ValueError, match="ours"):
        write("{{ respondents() }}")
