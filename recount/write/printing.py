"""What an expression printed: a number with a trace, a name, a text without numbers, or an error."""

from typing import Any

from jinja2 import Undefined
from jinja2.exceptions import UndefinedError
from markupsafe import Markup

from recount.display.formatter import Formatter
from recount.errors import Finding, TemplateError
from recount.write import written
from recount.write.associations import Association
from recount.write.compiled import FAULTY
from recount.write.number import Label, Number, Ranked, described
from recount.write.page import Page
from recount.write.sourced import constant_text, sourced, typed_operands
from recount.write.truth import Comparison, Joined
from recount.write.typed import BEHIND_A_LETTER, named_in, typed_in

# The keys of labels that are bound to a source by hand.
LITERAL, CITED = "literal", "@"


def printed(page: Page, formatter: Formatter, value: Any) -> Markup:
    """Write one value as the marker that stands for it; raise for anything without a source."""
    if isinstance(value, Markup):
        return value
    if value is FAULTY:
        return _marked(page.lack())
    if isinstance(value, Number):
        return _number(page, formatter, value)
    if isinstance(value, Association):
        return _association(page, formatter, value)
    if isinstance(value, Label):
        return _name(page, value)
    if isinstance(value, str) and not isinstance(value, Ranked) and not typed_in(value):
        for word in named_in(value):
            page.allow("word", word, BEHIND_A_LETTER)
        return _marked(page.print("text", value, ""))
    raise _unprintable(value)


def _number(page: Page, formatter: Formatter, number: Number) -> Markup:
    """The number and, outside of its span, the noun that follows it."""
    if literal := constant_text(number):
        return _name(page, Label(text=literal, key=LITERAL))
    if not sourced(number):
        raise sourceless(described(number))
    if typed := typed_operands(number):
        raise _typed_in_calculation(number, typed[0])
    marked = _marked(page.print("number", written.text_of(number, formatter), number))
    noun = written.noun_of(number, formatter)
    return Markup("{} {}").format(marked, _marked(page.print("text", noun, ""))) if noun else marked


def _association(page: Page, formatter: Formatter, test: Association) -> Markup:
    """A test whole, *F*(1.8, 360.2) = 17.25, p < 0.001: each number in a span of its own, the symbol outside."""
    p = _number(page, formatter, test.p)
    if test.statistic is None or test.p.hidden:
        return p
    freedom = [_number(page, formatter, each) for each in (test.df, test.df_below) if each is not None]
    of = Markup("({})").format(Markup(", ").join(freedom)) if freedom else Markup()
    statistic = _number(page, formatter, test.statistic)
    return Markup("{}{} = {}, {}").format(_marked(test.symbol), of, statistic, p)


def _name(page: Page, label: Label) -> Markup:
    """A name; one that holds a number is listed, unless `cited` or `literal` did, or it leads to a number."""
    bound = label.key == LITERAL or label.key.startswith(CITED)
    if label.trace is None and not bound and (typed_in(label.text) or named_in(label.text)):
        page.allow("name", label.text, f"name of {label.key}")
    return _marked(page.print("name", label.text, label))


def _unprintable(value: Any) -> TemplateError:
    if isinstance(value, Undefined):
        return TemplateError(Finding(problem=_undefined(value)))
    if isinstance(value, Ranked):
        return TemplateError(Finding(problem="this is an id", value=str(value), expected=".label, the category's name"))
    if isinstance(value, Comparison | Joined | bool):
        return TemplateError(Finding(problem="a condition is not text", expected="{% if %}, {% claim %} or claim(...)"))
    if isinstance(value, str):
        return sourceless(typed_in(value)[0])
    if isinstance(value, int | float):
        return sourceless(str(value))
    return TemplateError(Finding(problem="this is nothing to print", value=type(value).__name__))


def _marked(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - a marker; what it stands for is escaped when the page is put together


def sourceless(text: str) -> TemplateError:
    """Say that a number has no source, and how it gets one."""
    return TemplateError(
        Finding(
            problem="this number has no source",
            value=text,
            expected="a number of the paper, such as share(...) or respondents()",
            mend='or bind it: {{ cited("2030", "un2015") }}, {{ literal("127-142", why="pages of the article") }}',
        )
    )


def _typed_in_calculation(number: Number, value: float) -> TemplateError:
    return TemplateError(
        Finding(
            problem=f"this number is typed in a calculation, and has no source: {described(number)}",
            value=f"{value:g}",
            mend=f'take it from the data or from config.yaml, or say why it may stand: literal("{value:g}", why="...")',
        )
    )


def _undefined(value: Undefined) -> str:
    try:
        return str(value)
    except UndefinedError as error:
        return str(error)
