"""Shares of mentions in the paper: their own unit, and what they do not go together with."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from recount.errors import EstimateError, TemplateError
from recount.study.instrument import Instrument
from recount.write.paper import Written
from tests.write.conftest import INSTRUMENT, ROWS, row

Write = Callable[..., Written]
SHARE = {"low": 0.3, "high": 0.5, "base": 95, "asked": 47, "answered": 47}
MENTIONED = [
    row("2020/networks/mentions", 95, "mentions", n=95, base=95),
    row("2020/networks/mention_share/one", 38 / 95, "share of mentions", n=38, **SHARE),
    row("2020/networks/mention_share/two", 57 / 95, "share of mentions", n=57, **SHARE),
]
QUESTIONS = [each | {"mentions": True} if each["id"] == "networks" else each for each in INSTRUMENT["questions"]]
STUDY: dict[str, Any] = {
    "estimates": pd.DataFrame([*ROWS, *MENTIONED]),
    "instrument": Instrument.declared_in("instrument.yaml", {**INSTRUMENT, "questions": QUESTIONS}),
}


@pytest.mark.parametrize(
    ("expression", "exp"),
    {
        "mention_share('networks', 'one')": "40%",
        "mention_share('networks', 'one') | of_base": "38 of 95",
        "mention_share('networks', 'one') | interval": "30% to 50%",
        "mentions('networks')": "95",
        "mention_share('networks', 'two') - mention_share('networks', 'one')": "20 percentage points",
    }.items(),
)
def test_it_is_written_like_a_share_of_a_base_of_mentions(write: Write, expression: str, exp: str) -> None:
    assert write(f"{{{{ {expression} }}}}", **STUDY).numbers["numbers"][0]["display"] == exp


def test_a_claim_holds_it_against_a_line(write: Write) -> None:
    text = "{% claim mention_share('networks', 'two') > 0.5 %}Most mentions{% endclaim %} are of this."
    (claim,) = write(text, **STUDY).claims["claims"]
    assert claim["holds"]


def test_it_goes_together_with_no_share_of_respondents(write: Write) -> None:
    with pytest.raises(TemplateError):
        write("{{ mention_share('networks', 'one') - share('networks', 'one') }}", **STUDY)


def test_a_question_without_mentions_says_what_to_declare(write: Write) -> None:
    with pytest.raises(EstimateError, match="mentions of this question are not counted") as caught:
        write("{{ mention_share('networks', 'one') }}")
    assert "`mentions: true`" in str(caught.value)
