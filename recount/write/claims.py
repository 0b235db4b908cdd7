"""Claims: phrases of the paper that a condition on numbers guards."""

from collections.abc import Callable
from typing import Any, Literal

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from recount.display.formatter import Formatter
from recount.errors import Finding, TemplateError
from recount.write.compiled import FAULTY, TracedEnvironment
from recount.write.margin import margin, respondents_to_turn
from recount.write.markdown import escaped
from recount.write.number import Constant, Number, described
from recount.write.page import Claimed, Page
from recount.write.truth import Comparison, Joined, Truth, comparisons, formula, holds
from recount.write.written import base_of

Status = Literal["holds", "fragile", "fails"]


class ClaimTag(Extension):
    """The tag `{% claim CONDITION %}phrase{% endclaim %}`."""

    tags = {"claim"}  # noqa: RUF012 - Jinja2 declares it so
    environment: TracedEnvironment

    def parse(self, parser: Parser) -> nodes.Node:
        """Read the condition, and the phrase up to `endclaim`."""
        line = next(parser.stream).lineno
        if parser.stream.current.type == "block_end":
            parser.fail("a claim needs a condition: {% claim CONDITION %}phrase{% endclaim %}", line)
        condition = parser.parse_expression()
        body = parser.parse_statements(("name:endclaim",), drop_needle=True)
        call = self.call_method("guard", [condition], lineno=line)
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def guard(self, condition: Any, caller: Callable[[], str]) -> Markup:
        """Write the phrase, and note whether it is true."""
        return guarded_phrase(self.environment, condition, str(caller()))


def guarded_phrase(environment: TracedEnvironment, condition: Any, phrase: str) -> Markup:
    """Note a claim on the page and write its phrase, in Markdown, as a span."""
    if condition is FAULTY:
        return Markup(phrase)  # noqa: S704 - Markdown by the author
    return environment.guarded(lambda: _claimed(environment.page, condition, phrase)) or Markup("")


def _claimed(page: Page, condition: Any, phrase: str) -> Markup:
    if not isinstance(condition, Comparison | Joined):
        raise TemplateError(
            Finding(
                problem="a claim needs a condition on numbers of the paper",
                key="claim",
                value=phrase,
                expected='for example share("office", "yes") > 0.5',
            )
        )
    if "\n\n" in phrase or not phrase.strip():
        raise TemplateError(Finding(problem="a claim guards a phrase, not paragraphs", key="claim", value=phrase))
    claim = Claimed(phrase=phrase, condition=condition, holds=holds(condition), place=page.place(), part=page.part)
    marker = page.print("claim", "", "claim")
    page.claims[len(page.prints) - 1] = claim
    return Markup(f"[{phrase}]{marker}")  # noqa: S704 - Markdown by the author


def claim_function(environment: TracedEnvironment) -> Callable[[Any, str], Markup]:
    """Make the function `claim(CONDITION, "phrase")`."""

    def claim(condition: Any, phrase: str) -> Markup:
        return guarded_phrase(environment, condition, escaped(phrase))

    return claim


def status(truth: Truth) -> Status:
    """Say whether a condition holds, and whether one respondent or the interval could turn it over."""
    if not holds(truth):
        return "fails"
    turning = respondents_to_turn(truth)
    reached = any(margin(each).reaches_over for each in comparisons(truth))
    return "fragile" if reached or (turning is not None and turning <= 1) else "holds"


def false_claim(claim: Claimed, phrase: str, sentence: str, formatter: Formatter) -> Finding:
    """Tell the author which sentence is no longer true, on which numbers, and by how much."""
    turning = respondents_to_turn(claim.condition)
    people = "" if turning is None else f"; it would hold if {formatter.count(turning)} answered differently"
    numbers = ", ".join(
        f"{described(side)} is {shown(side, formatter)}"
        for each in comparisons(claim.condition)
        for side in (each.left, each.right)
        if not isinstance(side.trace, Constant)
    )
    return Finding(
        problem=f"this is not true: {numbers}{people}",
        file=claim.place.file,
        row=claim.place.line,
        key=" ".join(part for part in (claim.place.key, "claim") if part),
        value=phrase,
        expected=formula(claim.condition),
        mend=f"rewrite the sentence: {sentence}",
    )


def shown(number: Number, formatter: Formatter) -> str:
    """Write a number with its base, where it has one, for a message."""
    text = formatter.value(number.value, number.unit or "ratio")
    row = number.row
    if row is None or number.unit != "share":
        return text
    return f"{text} ({base_of(row, formatter)})"
