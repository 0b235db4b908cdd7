"""Claims: phrases of the paper that a condition on numbers guards."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from recount.display.formatter import Formatter
from recount.errors import Finding, TemplateError
from recount.write.arithmetic import POINTS, RATIO, SHARE
from recount.write.compiled import FAULTY, TracedEnvironment
from recount.write.margin import Margin, margin
from recount.write.markdown import escaped
from recount.write.number import Declared, Number, described
from recount.write.page import Claimed, Page
from recount.write.respondents import respondents_to_turn
from recount.write.truth import Comparison, Joined, Truth, comparisons, formula, holds
from recount.write.written import base_of, decimals_of

Status = Literal["holds", "fragile", "fails"]
# Decimals of distances in units whose values are not written as numbers.
OF_DISTANCES = {"days": 0, "year": 0, "p-value": 3}


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
        marker = environment.page.lack() if environment.page.waiting else ""
        return Markup(f"{phrase} {marker}" if marker else phrase)  # noqa: S704 - Markdown by the author
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
    margins = [margin(each) for each in comparisons(claim.condition)]
    parts = [
        f"this is not true: {_numbers(claim, formatter)}",
        *(f"{formula(each)} misses by {_missed(each, formatter)}" for each in _missing(claim.condition)),
        _would_hold(respondents_to_turn(claim.condition), formatter),
        *(reach_of(each, formatter) for each in margins),
    ]
    return Finding(
        problem="; ".join(dict.fromkeys(part for part in parts if part)),
        file=claim.place.file,
        row=claim.place.line,
        key=" ".join(part for part in (claim.place.key, "claim") if part),
        value=phrase,
        expected=formula(claim.condition),
        mend=f"rewrite the sentence: {sentence}",
    )


def _numbers(claim: Claimed, formatter: Formatter) -> str:
    sides = [side for each in comparisons(claim.condition) for side in (each.left, each.right)]
    told = [side for side in sides if isinstance(side.trace, Declared) or next(side.estimates(), None)]
    return ", ".join(dict.fromkeys(f"{described(side)} is {shown(side, formatter)}" for side in told))


def _missing(truth: Truth) -> Iterator[Comparison]:
    """The comparisons that would have to turn; under a `not` it is not those that fail."""
    if isinstance(truth, Comparison):
        yield from [] if holds(truth) else [truth]
    elif truth.word != "not":
        for each in truth.of:
            yield from _missing(each)


def _missed(comparison: Comparison, formatter: Formatter) -> str:
    unit = comparison.left.unit or comparison.right.unit
    return amount(abs(margin(comparison).difference), unit, formatter)


def _would_hold(turning: int | None, formatter: Formatter) -> str:
    if turning is None:
        return ""
    noun = formatter.noun(turning, "respondent", "respondents")
    return f"it would hold if {formatter.count(turning)} {noun} answered differently"


def shown(number: Number, formatter: Formatter) -> str:
    """Write a number with its base, where it has one, for a message."""
    text = formatter.value(number.value, number.unit or "ratio", decimals=decimals_of(number))
    row = number.row
    if row is None or number.unit != "share":
        return text
    return f"{text} ({base_of(row, formatter)})"


def reach_of(found: Margin, formatter: Formatter) -> str:
    """Say how far an interval reaches over the line, or how far from it it ends; nothing where there is none."""
    if found.reach is None:
        return ""
    left, right = found.comparison.left, found.comparison.right
    sides = [each for each in (left, right) if next(each.estimates(), None)]
    name = " - ".join(described(each) for each in sides)
    line = "zero" if len(sides) > 1 else shown(in_unit_of(left if sides == [right] else right, sides[0]), formatter)
    distance = amount(abs(found.reach), left.unit or right.unit, formatter)
    how = f"reaches {distance} beyond {line}" if found.reaches_over else f"ends {distance} before {line}"
    return f"the interval of {name} {how}"


def amount(distance: float, unit: str, formatter: Formatter) -> str:
    """Write a distance between two values of a unit, of shares in points, one digit finer than they are written."""
    if unit in (SHARE, POINTS):
        return formatter.points(distance, decimals=formatter.display.percent_decimals + 1)
    if unit in OF_DISTANCES:
        return formatter.number(distance, decimals=OF_DISTANCES[unit])
    return formatter.value(distance, unit or RATIO)


def in_unit_of(number: Number, other: Number) -> Number:
    """A threshold takes the unit of what it is held against."""
    return number if number.unit else Number(value=number.value, unit=other.unit, trace=number.trace)
