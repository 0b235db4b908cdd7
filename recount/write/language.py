"""The paper's language: Jinja2 in which every expression is a number with a trace, a name, or an error."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import FunctionLoader, pass_context
from jinja2.exceptions import UndefinedError
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from markupsafe import Markup

from recount.display.formatter import Formatter
from recount.errors import Finding, RecountError, TemplateError, nearest
from recount.write import written
from recount.write.answers import Answers
from recount.write.associations import Associations
from recount.write.claims import ClaimTag, claim_function
from recount.write.compiled import FAULTY, TracedEnvironment
from recount.write.conditions import Conditions
from recount.write.differences import Differences
from recount.write.fieldwork import Fieldwork
from recount.write.lookup import Lookup
from recount.write.markdown import escaped
from recount.write.number import Label, Number
from recount.write.page import Page
from recount.write.printing import CITED, LITERAL, printed, sourceless
from recount.write.sourced import declared_constant
from recount.write.typed import typed_in

# `{#` is how pandoc starts an identifier.
DELIMITERS = {"comment_start_string": "{##", "comment_end_string": "##}"}
# Jinja2's own filters that cannot turn a number into text, nor give something else on another day.
KEPT = (
    "batch capitalize default first last length list map reject rejectattr reverse select selectattr slice title "
    "trim unique upper"
)
WHERE = {"wave", "group", "level"}


def language(
    page: Page, lookup: Lookup, formatter: Formatter, *, template: str, file: str, bibliography: Iterable[str]
) -> TracedEnvironment:
    """Make the environment of one paper, whose template is loaded by the name `file`.

    Faults of functions, filters and operators are gathered on the page, each with its line.
    """
    environment = TracedEnvironment(
        page,
        loader=FunctionLoader(lambda name: (template, file, lambda: True) if name == file else None),
        extensions=[ClaimTag],
        finalize=_finalizer(page, formatter),
        autoescape=True,  # what is Markup is Markdown already; everything else passes through `finalize`
        keep_trailing_newline=True,
        optimized=False,  # what is computed while the template is compiled has no line
        **DELIMITERS,
    )
    kept = {name: FILTERS[name] for name in KEPT.split()}
    ours = written.filters(formatter) | {"listed": _lister(page, formatter)}
    environment.filters = kept | {name: _guarded(page, name, each) for name, each in ours.items()}
    environment.tests = environment.tests | {"hidden": _is_hidden}
    functions = _public(Answers(lookup)) | _public(Differences(lookup)) | _public(Conditions(lookup))
    functions |= _public(Associations(lookup))
    functions |= _public(Fieldwork(lookup)) | _sources(page, bibliography)
    functions |= {"smallest": written.smallest, "largest": written.largest, "total": written.total}
    functions |= {"average": written.average, "claim": claim_function(environment)}
    environment.globals = {"range": range} | {name: _guarded(page, name, each) for name, each in functions.items()}
    return environment


def guarded(environment: TracedEnvironment, **functions: Callable[..., Any]) -> None:
    """Add functions to the language, with their faults gathered like all others."""
    environment.globals |= {name: _guarded(environment.page, name, each) for name, each in functions.items()}


def _public(owner: object) -> dict[str, Callable[..., Any]]:
    return {name: getattr(owner, name) for name in dir(type(owner)) if not name.startswith("_")}


def _guarded(page: Page, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(function)
    open_ended = any(each.kind is each.VAR_KEYWORD for each in signature.parameters.values())

    def call(*args: Any, **kwargs: Any) -> Any:
        if any(each is FAULTY for each in (*args, *kwargs.values())):
            return FAULTY
        try:
            _check_call(name, signature, args, kwargs, known=WHERE if open_ended else None)
            return function(*args, **kwargs)
        except RecountError as error:
            page.fault(error)
        except UndefinedError as error:
            page.fault(TemplateError(Finding(problem=str(error), key=name)))
        return FAULTY

    return call


def _check_call(
    name: str, signature: inspect.Signature, args: tuple[Any, ...], kwargs: Mapping[str, Any], known: set[str] | None
) -> None:
    try:
        bound = signature.bind(*args, **kwargs)
    except TypeError as error:
        raise TemplateError(Finding(problem=str(error), key=f"{name}({', '.join(signature.parameters)})")) from None
    if known is not None:
        own = {each.name for each in signature.parameters.values()} | known
        wrong = [each for each in bound.kwargs if each not in own | {"statistic"}]
        if wrong:
            raise TemplateError(
                Finding(problem=f"{name} knows no {wrong[0]}=", expected=nearest(wrong[0], sorted(own)))
            )


def _sources(page: Page, bibliography: Iterable[str]) -> dict[str, Callable[..., Any]]:
    keys = sorted(bibliography)

    def cited(value: str, key: str) -> Label:
        """Let a number stand that a work of the bibliography says."""
        _check_text("cited", value)
        if key not in keys:
            raise TemplateError(
                Finding(problem="the bibliography has no such key", key="cited", value=key, expected=nearest(key, keys))
            )
        page.allow("cited", value, key)
        return Label(text=value, key=f"{CITED}{key}")

    def literal(value: str, *, why: str) -> Label | Number:
        """Let a number stand that is not from data, and say why; one in plain digits can be reckoned with."""
        _check_text("literal", value)
        if not str(why).strip():
            raise TemplateError(Finding(problem="say why this may stand", key="literal", value=value))
        page.allow("literal", value, why)
        return declared_constant(value, why) or Label(text=value, key=LITERAL)

    return {"cited": cited, "literal": literal}


def _check_text(name: str, value: Any) -> None:
    """What is bound to a source is typed as text: a value that was computed has its source, and would lose it."""
    if not isinstance(value, str):
        raise TemplateError(
            Finding(problem="this is no text", key=name, value=type(value).__name__, expected=f'{name}("2030", ...)')
        )


def _lister(page: Page, formatter: Formatter) -> Callable[..., Markup]:
    def listed(values: Iterable[Any], word: str = "and") -> Markup:
        """Write several things as "a, b and c"."""
        if found := typed_in(str(word)):
            raise sourceless(found[0])
        parts = [printed(page, formatter, each) for each in values]
        if word == "、":
            return Markup("、").join(parts)
        head, tail = parts[:-1], parts[-1:]
        between = Markup(f" {escaped(str(word))} ")  # noqa: S704 - escaped as Markdown
        return between.join(part for part in (Markup(", ").join(head), *tail) if part)

    return listed


def _is_hidden(value: Any) -> bool:
    return isinstance(value, Number) and value.value is None


def _finalizer(page: Page, formatter: Formatter) -> Callable[[Context, Any], Markup]:
    @pass_context
    def finalize(_: Context, value: Any) -> Markup:
        """See every expression before it reaches the page."""
        try:
            return printed(page, formatter, value)
        except RecountError as error:
            page.fault(error)
            return Markup(page.lack())  # noqa: S704 - a marker

    return finalize
