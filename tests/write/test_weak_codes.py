"""Codes on which coders agree too little, and keywords that coded: what the paper may say of them, and must."""

from collections.abc import Callable

import pandas as pd
import pytest

from recount.errors import EstimateError, TemplateError
from recount.write.paper import Written
from tests.write.conftest import ROWS, row

Write = Callable[..., Written]
MINIMUM = {"coding": {"minimum_kappa": 0.6}}
WEAK = [
    *ROWS,
    row("2020/obstacles/kappa/staff", 0.41, "coefficient", n=42),
    row("2020/obstacles/percent/staff", 0.9, n=42),
    row("2020/obstacles/percent/funding", 0.9, n=42),
    row("2020/obstacles/kappa/mandate", None, "coefficient", n=0),
    row("2020/obstacles/percent/mandate", None, n=0),
]
STAFF = 'So say {{ share("obstacles", "staff") }}.'


def printed(written: Written) -> list[str]:
    """The keys of all numbers that stand in the paper."""
    return [key for each in written.numbers["numbers"] for key in each["keys"]]


def test_a_code_below_the_minimum_is_refused_with_file_line_kappa_and_minimum(write: Write) -> None:
    with pytest.raises(EstimateError) as caught:
        write(f"One line.\n\n{STAFF}", settings=MINIMUM, estimates=pd.DataFrame(WEAK))
    (finding,) = caught.value.findings
    assert (finding.file, finding.row, finding.key) == ("report/paper.md.j2", 3, "2020/obstacles/share/staff")
    assert finding.value == "kappa 0.41, of 42 answers"
    assert finding.expected == "0.6, as coding.minimum_kappa in config.yaml says"
    assert 'weak_code("obstacles", "staff", why="...")' in finding.mend


def test_a_code_that_reaches_it_is_quoted(write: Write) -> None:
    got = write('So say {{ share("obstacles", "funding") }}.', settings=MINIMUM, estimates=pd.DataFrame(WEAK))
    assert printed(got) == ["2020/obstacles/share/funding"]


def test_without_a_minimum_nothing_is_refused(write: Write) -> None:
    assert printed(write(STAFF, estimates=pd.DataFrame(WEAK))) == ["2020/obstacles/share/staff"]


def test_an_exception_prints_the_kappa_and_is_listed_with_its_reason(write: Write) -> None:
    said = '{{ weak_code("obstacles", "staff", why="all were adjudicated") }}'
    got = write(f"{STAFF} Coders agreed less on it (kappa {said}).", settings=MINIMUM, estimates=pd.DataFrame(WEAK))
    assert "0.41" in [each["display"] for each in got.numbers["numbers"]]
    assert [(each["kind"], each["text"], each["why"]) for each in got.numbers["allowed"]] == [
        ("weak code", "obstacles/staff", "all were adjudicated")
    ]


def test_an_exception_needs_a_reason(write: Write) -> None:
    with pytest.raises(TemplateError, match="say why this may be quoted"):
        write('{{ weak_code("obstacles", "staff", why=" ") }}', settings=MINIMUM, estimates=pd.DataFrame(WEAK))


def test_a_code_that_nobody_coded_twice_is_refused(write: Write) -> None:
    with pytest.raises(EstimateError, match="nobody coded twice"):
        write('{{ count("obstacles", "mandate") }}', settings=MINIMUM, estimates=pd.DataFrame(WEAK))


def test_a_code_on_which_nothing_varies_is_in_nobodys_doubt(write: Write) -> None:
    never = [
        *ROWS,
        row("2020/obstacles/kappa/mandate", None, "coefficient", n=42),
        row("2020/obstacles/percent/mandate", 1.0, n=42),
    ]
    got = write('{{ count("obstacles", "mandate") }}', settings=MINIMUM, estimates=pd.DataFrame(never))
    assert printed(got) == ["2020/obstacles/count/mandate"]


def test_a_rank_quotes_the_code_that_has_it_and_no_other(write: Write) -> None:
    got = write('{{ ranked("obstacles", 1) }}', settings=MINIMUM, estimates=pd.DataFrame(WEAK))
    assert printed(got)[0] == "2020/obstacles/share/funding"


@pytest.mark.parametrize(
    "claim",
    [
        '{% claim share("obstacles", "staff") > 0.4 %}Many{% endclaim %} say so.',
        '{{ (share("obstacles", "funding") - share("obstacles", "staff")) | points }}',
        '{{ table("obstacles") }}',
    ],
)
def test_claims_arithmetic_and_tables_quote_as_well(write: Write, claim: str) -> None:
    with pytest.raises(EstimateError, match="agree too little"):
        write(claim, settings=MINIMUM, estimates=pd.DataFrame(WEAK))


BY_RULE = {"coding": {"by_rule": ["obstacles"], "minimum_kappa": 0.6}}


def test_a_question_that_keywords_coded_is_quoted_only_where_the_paper_says_so(write: Write) -> None:
    rules = pd.DataFrame([*WEAK, row("2020/obstacles/by_rule", 42, "respondents", n=42, base=42)])
    with pytest.raises(TemplateError, match="keywords coded these answers, and the paper does not say so"):
        write(STAFF, settings=BY_RULE, estimates=rules)
    write(STAFF + ' Keywords coded {{ by_rule("obstacles") }} answers.', settings=BY_RULE, estimates=rules)
