"""Numbers and claims that hold two waves against each other across a break: refused, unless the sentence says so."""

from collections.abc import Iterator
from itertools import product

from recount.errors import Finding, TemplateError
from recount.study.breaks import break_between
from recount.study.instrument import Instrument
from recount.write.assemble import Assembler
from recount.write.number import Estimate, Number, Operation
from recount.write.truth import Comparison, comparisons

# What counts respondents, or was found by the platform, is the same thing in every wave.
OF_ANSWERS = (
    *("share", "count", "combination", "net", "mean", "sd", "median", "q1", "q3", "minimum", "maximum", "chosen_mean"),
    *("standardised_share", "standardised_mean", "mentions", "mention_share"),
)
MEND = (
    'print both side by side, and say why they are not compared; or write difference(..., though="...") with words of '
    "the sentence that say what changed"
)


def check_breaks(assembler: Assembler, instrument: Instrument) -> None:
    """Note each number and claim that compares two waves across a break of which its sentence does not tell."""
    for entry in assembler.numbers:
        for finding in _unsaid(entry.number, instrument, entry.sentence):
            assembler.page.fault_at(TemplateError(finding), entry.printed.place)
    for claimed in assembler.claims:
        for comparison in comparisons(claimed.claim.condition):
            for finding in _compared(comparison, instrument, claimed.sentence):
                assembler.page.fault_at(TemplateError(finding), claimed.claim.place)


def _compared(comparison: Comparison, instrument: Instrument, sentence: str) -> Iterator[Finding]:
    left, right = comparison.left, comparison.right
    for side in (left, right):
        yield from _unsaid(side, instrument, sentence)
    yield from (_refused(*why) for why in _apart(left, right, instrument))


def _unsaid(number: Number, instrument: Instrument, sentence: str) -> Iterator[Finding]:
    if not isinstance(number.trace, Operation):
        return
    operation = number.trace
    if operation.says:
        if operation.says.casefold() not in " ".join(sentence.split()).casefold():
            yield Finding(
                problem="this difference is across a break, and its sentence does not say so",
                key="though",
                value=operation.says,
                expected="these words in the same sentence as the number",
            )
    elif operation.name in ("-", "/"):
        first, second = operation.of
        yield from (_refused(*why) for why in _apart(first, second, instrument))
    if operation.name != "ranked":
        for each in operation.of:
            yield from _unsaid(each, instrument, sentence)


def _apart(one: Number, other: Number, instrument: Instrument) -> Iterator[tuple[Estimate, Estimate, str]]:
    """The estimates of one question in two waves that stand against each other across a break."""
    for first, second in product(_leaves(one), _leaves(other)):
        if first.wave != second.wave and first.question == second.question and first.question in instrument.by_id:
            question = instrument.by_id[first.question]
            if why := break_between(question, first.wave, second.wave, first.category):
                yield first, second, why


def _leaves(number: Number) -> list[Estimate]:
    """The estimates of answers in a number; those of a difference that speaks for itself are not asked again."""
    if isinstance(number.trace, Operation):
        if number.trace.says:
            return []
        return [leaf for each in number.trace.of for leaf in _leaves(each)]
    return [number.trace] if isinstance(number.trace, Estimate) and number.trace.statistic in OF_ANSWERS else []


def _refused(first: Estimate, second: Estimate, why: str) -> Finding:
    return Finding(problem=why, key=f"{first.key} against {second.key}", mend=MEND)
