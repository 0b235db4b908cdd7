"""Faults planted in a paper, one each: the message that they bring, with file and line.

What no rule can find by its line, because it becomes a number only on the page, is planted in test_proofread.py.
"""

from collections.abc import Callable
from typing import Any

import pytest

from recount.errors import ClaimError, EstimateError, RecountError, TemplateError
from recount.write.paper import Written

Write = Callable[..., Written]
FILE = "report/paper.md.j2"
TYPED = "this number is typed, and would stay when the data change"
SOURCELESS = "this number has no source"

# What somebody typed, and what of it the message names.
TYPED_NUMBERS = [
    # digits
    ("In 42 cities.", "42"),
    ("In 85.7 % of cities.", "85.7 %"),
    ("In 1,200 cities.", "1,200"),
    ("In *42* and _43_ cities.", "42"),
    ("In 4\\2 cities.", "4"),
    ("In 4&#50; cities.", "42"),
    ("In &#52;&#x32; cities.", "42"),
    ("In 4\u200b2 cities.", "42"),
    ("In 4\u00ad2 cities.", "42"),
    ("In ４２ cities.", "４２"),
    ("In ٤٢ cities.", "٤٢"),
    ("In 𝟒𝟐 cities.", "𝟒𝟐"),
    ("In ①② cities.", "①②"),
    ("In ㊷ cities.", "㊷"),
    ("In Ⅳ cities.", "Ⅳ"),
    ("About ½ of them.", "½"),
    ("About &frac12; of them.", "½"),
    ("About 3/4 of them.", "3"),
    ("In 10² cities.", "10²"),
    ("In x^42^ cities.", "42"),
    ("At +42.", "+42"),
    ("Figure 2 shows it.", "2"),
    ("[Table 1](#tbl-x) shows it.", "1"),
    # words
    ("In forty-two cities.", "forty-two"),
    ("In *for*ty cities.", "forty"),
    ("In _forty_ cities.", "forty"),
    ("In for&shy;ty cities.", "forty"),
    ("In forty\u2011two cities.", "forty-two"),
    ("In forty\\-two cities.", "forty-two"),
    ("In ｆｏｒｔｙ cities.", "forty"),
    ("In 𝐟𝐨𝐫𝐭𝐲 cities.", "forty"),
    ("In f\u043erty cities.", "forty"),
    ("One in ten of them.", "ten"),
    ("Three quarters of them.", "Three quarters"),
    ("It doubled.", "doubled"),
    ("A tenfold rise.", "tenfold"),
    ("The mid-forty.", "forty"),
    # Chinese
    ("在47个城市中。", "47"),
    ("占四十二。", "四十二"),
    ("四十七个城市。", "四十七"),
    ("二〇二〇年。", "二〇二〇"),
    ("百分之三十的城市。", "百分之三十"),
    ("三分之一的城市。", "三分之一"),
    ("图2显示。", "2"),
    # where markup might hide it, but does not
    ("`42` cities", "42"),
    ("`forty` cities", "forty"),
    ("~~~\nx = 42\n~~~", "42"),
    ("    42 cities", "42"),
    ("$42$ cities", "42"),
    ("<b>42</b>", "42"),
    ("<42>", "42"),
    ("<!-- 42 -->", "42"),
    ("{42 cities}", "42"),
    ("x{42 cities}", "42"),
    ('[link](a.html "42 cities")', "42"),
    ("[link](a.html 'forty cities')", "forty"),
    ('[link][to]\n\n[to]: a.html "42 cities"', "42"),
    ('[x]{title="42"}', "42"),
    ('![x](figures/obstacles){alt="42"}', "42"),
    ("::: 42 cities\nText.\n:::", "42"),
    ("# 42 cities", "42"),
    ("# 1 Methods\n\n## 1.3 Sample", "1.3"),
    ("42. cities", "42"),
    ("(42) cities", "42"),
    ("We asked\n1. cities", "1"),
    ("Note[^42].", "42"),
    ("Note^[In forty cities.]", "forty"),
    ("Note[^a].\n\n[^a]: In forty cities.", "forty"),
    ("Term\n: forty", "forty"),
    ("| a |\n|:--|\n| 42 |", "42"),
    ("[in 42 cities, see @un2015]", "42"),
    ("[@un2015, 42 cities]", "42"),
    ("@un2015 [42 cities]", "42"),
    ("At https://42%", "42%"),
    ("{% raw %}42{% endraw %}", "42"),
    ("{% if false %}42{% endif %}", "42"),
    ("{% set x %}42{% endset %}{{ x }}", "42"),
    ("{% macro m() %}42{% endmacro %}{{ m() }}", "42"),
    ("{% filter upper %}forty{% endfilter %}", "forty"),
    ("{% block a %}42{% endblock %}", "42"),
    # beside an expression
    ("{{ respondents() }}0", "0"),
    ("1{{ respondents() }}", "1"),
    ("{{ respondents() }}.5", "5"),
    ("{{ respondents() }}%", "%"),
    ("−{{ respondents() }}", "−"),
    ("{{ respondents() }} thousand", "thousand"),
    ("{{ respondents() }}万", "万"),
    ("{{ respondents() }}.{{ respondents() }}", "."),
    # in a claim
    ("{% claim respondents() > 3 %}more than 42{% endclaim %}", "42"),
    ("{% claim quantile('staff', 0.5) > 3 %}half of them{% endclaim %}", "half"),
    ("{% claim ranked('obstacles', 1) > 0.5 %}more than 1{% endclaim %}", "1"),
    ("{{ claim(respondents() > 3, 'forty-two') }}", "forty-two"),
]


def _told(write: Write, template: str, error: type[RecountError] = TemplateError, **options: Any) -> str:
    with pytest.raises(error) as caught:
        write(template, **options)
    assert type(caught.value) is error
    return str(caught.value)


@pytest.mark.parametrize(("template", "value"), TYPED_NUMBERS)
def test_a_typed_number_is_told_with_its_line(write: Write, template: str, value: str) -> None:
    line = 3 + (0 if "\n" not in template else _line_of(template, value))
    assert f"{FILE}, line {line}: {value!r}: {TYPED}" in _told(write, f"Text.\n\n{template}\n")


def _line_of(template: str, value: str) -> int:
    return template[: template.index(value)].count("\n")


@pytest.mark.parametrize(
    ("head", "row", "value"),
    [
        ('title: "In 47 cities"', 2, "47"),
        ('title: "\\x34\\x37 cities"', 2, "47"),
        ('title: "\\u0034\\u0037 cities"', 2, "47"),
        ('"title": 47', 2, "47"),
        ("title:\n  47 cities", 3, "47"),
        ("title: |\n  A\n\n  47 cities", 5, "47"),
        ("subtitle: forty", 2, "forty"),
        ("short-title: 47 cities", 2, "47"),
        ("author:\n- name: The 47", 3, "47"),
        ("keywords: [a, 2030 Agenda]", 2, "2030"),
        ("abstract-zh: 四十七个城市", 2, "四十七"),
        ("notice: of 47", 2, "47"),
        ("reference-section-title: 47 works", 2, "47"),
    ],
)
def test_a_number_typed_in_the_front_matter_is_told_with_its_line(
    write: Write, head: str, row: int, value: str
) -> None:
    assert f"{FILE}, line {row}: {value!r}: {TYPED}" in _told(write, f"---\n{head}\n---\nText.\n")


@pytest.mark.parametrize(
    ("settings", "key", "value"),
    [
        ({"title": "In 47 cities"}, "title", "47"),
        ({"title": "{{ 47 }} cities"}, "title", "47"),
        ({"short_title": "47 cities"}, "short_title", "47"),
        ({"authors": ["A. Author", "The forty"]}, "authors.1", "forty"),
        ({"keywords": ["2030 Agenda"]}, "keywords.0", "2030"),
        ({"display": {"suppressed": "<5"}}, "display.suppressed", "5"),
        ({"display": {"percent_sign": "0%"}}, "display.percent_sign", "0%"),
    ],
)
def test_a_number_typed_in_the_settings_that_are_printed_is_told_with_its_key(
    write: Write, settings: dict[str, Any], key: str, value: str
) -> None:
    assert f"config.yaml, {key}: {value!r}: {TYPED}" in _told(write, "Text.", settings=settings)


OFFICE = {"question": "office", "category": "yes"}


@pytest.mark.parametrize(
    ("figure", "key", "value"),
    [
        ({"caption": "In 42 cities."}, "caption", "42"),
        ({"caption": "C", "items": [OFFICE | {"label": "42 offices"}]}, "items.0.label", "42"),
    ],
)
def test_a_number_typed_in_figures_yaml_is_told_with_its_key(
    write: Write, figure: dict[str, Any], key: str, value: str
) -> None:
    figures = {"figures": {"obstacles": {"kind": "bars", **figure}}}
    message = _told(write, "{{ figure('obstacles') }}", figures=figures)
    assert f"report/figures.yaml, figures.obstacles.{key}: {value!r}: {TYPED}" in message


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ({"caption": "Of 42 cities"}, "caption", "42"),
        ({"caption": "C", "note": "Fewer than five"}, "note", "five"),
        ({"caption": "C", "items": [OFFICE | {"label": "86% have one"}]}, "items.0.label", "86%"),
    ],
)
def test_a_number_typed_in_tables_yaml_is_told_with_its_key(
    write: Write, table: dict[str, Any], key: str, value: str
) -> None:
    tables = {"tables": {"items": {"kind": "items", "items": [OFFICE], **table}}}
    message = _told(write, "{{ table('items') }}", tables=tables)
    assert f"report/tables.yaml, tables.items.{key}: {value!r}: {TYPED}" in message


@pytest.mark.parametrize(
    ("expression", "value", "problem"),
    [
        ("42", "42", SOURCELESS),
        ("0.86", "0.86", SOURCELESS),
        ("42 * 1.5", "63.0", SOURCELESS),
        ("'42'", "42", SOURCELESS),
        ("'forty' ~ '-two'", "forty-two", SOURCELESS),
        ("'for' ~ 'ty'", "forty", SOURCELESS),
        ("'ytrof' | reverse", "forty", SOURCELESS),
        ("'forty' | title", "Forty", SOURCELESS),
        ("'4' * 2", "44", SOURCELESS),
        ("'%d' % 42", "42", SOURCELESS),
        ("'{}'.format(42)", "42", SOURCELESS),
        ("'abc'.find('c')", "2", SOURCELESS),
        ("[1, 2] | length", "2", SOURCELESS),
        ("range(3) | length", "3", SOURCELESS),
        ("[3, 4] | first", "3", SOURCELESS),
        ("{'a': 42}.a", "42", SOURCELESS),
        ("respondents() and 42", "42", SOURCELESS),
        ("nothing | default('42')", "42", SOURCELESS),
        ("respondents().value", "47.0", SOURCELESS),
        ("respondents().trace.row", "9", SOURCELESS),
        ("respondents().trace.key", "2020", SOURCELESS),
        ("label('office').text ~ ' 42'", "42", SOURCELESS),
        ("[1, 2] | sum", "total(1, 2)", SOURCELESS),
        ("total(42)", "total(42)", SOURCELESS),
        ("respondents() * 0 + 42", "(2020/-/respondents * 0) + 42", SOURCELESS),
        ("respondents() - respondents() + 42", "(2020/-/respondents - 2020/-/respondents) + 42", SOURCELESS),
        ("[respondents(), respondents()] | listed('and 42 or')", "42", SOURCELESS),
        ("respondents() | counted('of 42', 'of 42')", "counted: '42'", "a number in the noun has no source"),
        ("[1, 2]", "list", "this is nothing to print"),
        ("{'a': 1}", "dict", "this is nothing to print"),
        ("literal(respondents(), why='x')", "literal: 'Number'", "this is no text"),
        ("literal(respondents().value, why='x')", "literal: 'float'", "this is no text"),
        ("cited(2030, 'un2015')", "cited: 'int'", "this is no text"),
    ],
)
def test_a_value_without_a_source_is_told_with_its_line(
    write: Write, expression: str, value: str, problem: str
) -> None:
    message = _told(write, f"Text.\n\n{{{{ {expression} }}}}\n")
    assert f"{FILE}, line 3" in message
    assert value in message.splitlines()[0]
    assert problem in message


@pytest.mark.parametrize(
    "template",
    [
        "{% for i in range(3) %}{{ loop.index }}{% endfor %}",
        "{% for i in [4, 2] %}{{ i }}{% endfor %}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(42) }}",
        "{% with x = 42 %}{{ x }}{% endwith %}",
        "{% autoescape false %}{{ '42' }}{% endautoescape %}",
        "{% filter length %}abc{% endfilter %}",
        "{% filter words %}x{% endfilter %}",
        "{% set x = 42 %}{{ x }}",
    ],
)
def test_a_value_of_a_block_without_a_source_is_told_with_its_line(write: Write, template: str) -> None:
    message = _told(write, f"Text.\n\n{template}\n")
    assert f"{FILE}, line 3" in message
    assert SOURCELESS in message


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{{ share('office', 'yes') + mean('staff') }}", "units are mixed"),
        ("{{ share('office', 'yes') + 0.1 }}", "a bare number"),
        ("{{ respondents() ~ ' cities' }}", "would lose its trace"),
        ("{{ '{}'.format(respondents()) }}", "would lose its trace"),
        ("{{ '%s' % respondents() }}", "the operator % is not defined"),
        ("{{ respondents() | string }}", "No filter named 'string'"),
        ("{{ label('office') | replace('O', '4') }}", "No filter named 'replace'"),
        ("{{ '%d' | format(42) }}", "No filter named 'format'"),
        ("{{ year('2018') | words }}", "is not written with words"),
        ("{{ share('office', 'yes') | counted('a', 'b') }}", "is not written with counted"),
        ("{{ respondents() > 3 }}", "a condition is not text"),
        ("{{ ranked('obstacles').category }}", "this is an id"),
        ("`{{ respondents() }}`", "inside code or a formula"),
        ("$n = {{ respondents() }}$", "inside code or a formula"),
        ("{% include 'other.md' %}", "the paper is one template and takes no other in"),
        ("{% import 'other.md' as x %}", "the paper is one template and takes no other in"),
        ("{% call respondents() %}x{% endcall %}", "unexpected keyword argument 'caller'"),
        ("{{ 'a' + 1 }}", "can only concatenate str"),
        ("{{ range(respondents().value) | length }}", "cannot be interpreted as an integer"),
        ("{{ respondents() / 0 }}", "division by zero"),
        ("{{ literal('42', why=' ') }}", "say why this may stand"),
        ("{{ cited('42', 'un2051') }}", "did you mean 'un2015'"),
        ("As [@un2051] says.", "did you mean 'un2015'"),
        ("{{ figure('obstacle') }}", "did you mean 'obstacles'"),
        ("{{ table('item') }}", "did you mean 'items'"),
        ("{% claim true %}x{% endclaim %}", "a claim needs a condition on numbers of the paper"),
        ("{% claim total(1, 2) == 3 %}x{% endclaim %}", "this condition says nothing of the data"),
        ("{% claim share('office', 'yes') > 50 %}x{% endclaim %}", "0.5 for 50 per cent"),
        ("{% claim share('office', 'yes') > respondents() %}x{% endclaim %}", "units are mixed"),
    ],
)
def test_a_rule_of_the_language_that_is_broken_is_told_with_its_line(write: Write, template: str, problem: str) -> None:
    message = _told(write, f"Text.\n\n{template}\n")
    assert f"{FILE}, line 3" in message
    assert problem in message


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ("share('offfice', 'yes')", "did you mean 'office'"),
        ("share('office', 'ye')", "did you mean 'yes'"),
        ("share('office', 'yes', wave='2019')", "the study has no such wave"),
        ("share('travel', 'yes', wave='2018')", "was not asked in this wave"),
        ("share('office', 'yes', group='region', level='asi')", "did you mean 'asia'"),
        ("share('office', 'yes', group='region', level='asia')", "this estimate is hidden (base under 5)"),
        ("ranked('obstacles', 2)", "shared by staff, mandate: neither is more frequent"),
        ("ranked('obstacles', 9)", "no number 9 of them"),
        ("setting('title')", "not a number"),
    ],
)
def test_an_estimate_that_does_not_exist_or_is_hidden_is_told_with_its_line(
    write: Write, call: str, problem: str
) -> None:
    message = _told(write, f"Text.\n\n{{{{ {call} }}}}\n", EstimateError)
    assert f"{FILE}, line 3" in message
    assert problem in message


def test_a_false_claim_is_told_with_its_line(write: Write) -> None:
    claim = "{% claim share('travel', 'yes') > 0.5 %}Most{% endclaim %} can travel."
    message = _told(write, f"Text.\n\n{claim}\n", ClaimError)
    assert f"{FILE}, line 3, claim: 'Most': this is not true: 2020/travel/share/yes is 40% (17 of 42)" in message


def test_a_claim_that_hangs_on_a_bare_comparison_may_not_say_it(write: Write) -> None:
    claim = "{% claim respondents() > 3 or 42 == 42 %}42{% endclaim %}"
    assert f"{FILE}, line 3: '42': {TYPED}" in _told(write, f"Text.\n\n{claim}\n")


@pytest.mark.parametrize(
    "template",
    [
        "Wave II, Article IV and the World War II.",
        "[@un2015, p. 4; @acuto2018, pp. 12-14 and 20] and @un2015 [sec. 2].",
        "1. a\n2. b\n\nBetween.\n\n3. c",
        "The first and the second; one of them.",
        "A quarterly; an eightsome reel; the tenner; often; attend; the weight.",
        "It is 十分重要 and 三角 and 万一.",
        "[x](a-42.html#s3) and [y][z].\n\n[z]: https://example.org/42",
        "::: {.box #b42 width=50}\nText.\n:::",
        "{{ '一个' }} and {{ 'a name' | title }}",
        "Between {{ excluded('no id') }}–{{ excluded('duplicate') }} and {{ respondents() }}-strong.",
        "- {{ respondents() }}\n- (so many)",
        "Since -- as {{ year('2018') }} shows -- then.",
    ],
)
def test_what_is_no_number_is_no_fault(write: Write, template: str) -> None:
    assert write(f"Text.\n\n{template}\n").markdown


@pytest.mark.parametrize(
    ("template", "allowed"),
    [
        ("CO2 and C40.", [("word", "CO2"), ("word", "C40")]),
        ("See [@un2015, pp. 12-14].", [("locator", "pp. 12-14")]),
        ("At https://example.org/2020 and doi:10.1080/0811.", [("address", "https://example.org/2020"),
                                                             ("address", "doi:10.1080/0811")]),
        ("{% claim share('travel', 'yes') < 0.5 %}Fewer than half{% endclaim %}.", [("threshold", "half")]),
        ("{{ claim(respondents() > 40, 'more than 40') }}.", [("threshold", "40")]),
        ("{{ literal('127', why='pages') }}.", [("literal", "127")]),
        ("{{ cited('2030', 'un2015') }}.", [("cited", "2030")]),
        ("After COVID-19.", [("literals file", "COVID-19")]),
        ("`COVID-19`.", [("literals file", "COVID-19")]),
    ],
)  # fmt: skip
def test_every_number_that_may_stand_is_listed_in_the_ledger(
    write: Write, template: str, allowed: list[tuple[str, str]]
) -> None:
    listed = write(f"Text.\n\n{template}\n").numbers["allowed"]
    assert [(each["kind"], each["text"]) for each in listed] == allowed
    assert {(each["file"], each["line"]) for each in listed} == {(FILE, 3)}
    assert all(each["why"] for each in listed)


def test_all_faults_of_all_files_are_told_at_once(write: Write) -> None:
    message = _told(
        write,
        "In 42 cities.\n\n{{ 43 }} {{ share('offfice', 'yes') }}\n\n{{ figure('obstacles') }}\n\n{{ table('items') }}",
        figures={"figures": {"obstacles": {"kind": "bars", "caption": "In 44 cities."}}},
        tables={"tables": {"items": {"kind": "items", "caption": "C", "note": "Of 45.", "items": [OFFICE]}}},
        settings={"keywords": ["46"]},
    )
    for value in ("42", "43", "offfice", "44", "45", "46"):
        assert f"'{value}'" in message
