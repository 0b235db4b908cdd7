"""A number of the paper: a value that knows which estimates it comes from, through every sum and quotient."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Self

from recount.errors import Finding, TemplateError


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One row of estimates.csv, and its row number there (the header is row 1).

    `exclusive` says that a respondent is in at most one category of the question, so that shares may be added.
    `decimals` is how fine it is written where the question declares that; None goes by the unit. `drawn_together` says
    that the levels of its group are no independent samples.
    """

    key: str
    wave: str
    question: str
    statistic: str
    category: str = ""
    group: str = ""
    level: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    se: float | None = None
    n: float | None = None
    base: float | None = None
    weighted_n: float | None = None
    weighted_base: float | None = None
    asked: float | None = None
    answered: float | None = None
    df: float | None = None
    unit: str = ""
    method: str = ""
    hidden: str = ""
    row: int = 0
    exclusive: bool = False
    decimals: int | None = None
    drawn_together: bool = False

    @property
    def weighted(self) -> bool:
        """Whether weights made it another value than the count of respondents would."""
        known = self.weighted_n is not None and self.weighted_base is not None
        return known and (self.weighted_n, self.weighted_base) != (self.n, self.base)


@dataclass(frozen=True)
class Constant:
    """A number that stands in the template's own expression, such as the 0.5 of a condition.

    `why` says why it may be part of a number that is printed, where the template declares that.
    """

    value: float
    why: str = ""


@dataclass(frozen=True)
class Declared:
    """A number that the study declares: `key` says where in the file, such as `estimates.minimum_base`."""

    file: str
    key: str


@dataclass(frozen=True)
class Operation:
    """What was done, and to which numbers; of `ranked`: the rank, the number that has it, and all others.

    `says` is what the sentence must say beside the number: that it compares what has changed in between.
    """

    name: str
    of: "tuple[Number, ...]"
    says: str = ""


Trace = Estimate | Constant | Declared | Operation


@dataclass(frozen=True)
class Style:
    """Which method of the formatter writes the number, with how many decimals, and which noun follows it.

    `nouns` are singular and plural; the noun is text beside the number and no part of it. `whole` are the shares that
    are to add up to 100 as they are written, of which it is the one at `place`.
    """

    method: str = "value"
    decimals: int | None = None
    signed: bool = False
    short: bool = False
    chinese: bool = False
    nouns: tuple[str, str] | None = None
    whole: tuple[float, ...] = ()
    place: int = 0


@dataclass(frozen=True, kw_only=True)
class Label:
    """A name that the paper prints because of the data or the instrument, and where it stands.

    `trace` is the number that chose it (the k-th most frequent category), if one did.
    """

    text: str
    key: str
    trace: "Number | None" = None

    def __str__(self) -> str:
        raise _text_too_early(f"the name of {self.key}")


class Ranked(str):
    """The id of the k-th most frequent category: usable wherever a category is asked for, and comparable in claims.

    `order` holds the shares of all categories that were ranked, most frequent first.
    """

    __slots__ = ("k", "order")
    k: int
    order: "tuple[Number, ...]"

    @classmethod
    def of(cls, order: "tuple[Number, ...]", k: int) -> Self:
        """Name the k-th of numbers that are in order."""
        row = order[k - 1].row
        made = cls(row.category if row else "")
        made.k, made.order = k, order
        return made


@dataclass(frozen=True, kw_only=True, eq=False)
class Number:
    """A value with its unit and its trace.

    Units are those of estimates.csv, and `ratio`, `number`, `number of days`, `year`. In a template the operators
    `+ - * /` mean `recount.write.arithmetic.combined` and the comparisons `recount.write.truth.compared`: they keep the
    trace, and raise `TemplateError` where units do not go together. A number becomes text only when the page is put
    together.
    """

    value: float | None
    unit: str
    trace: Trace
    low: float | None = None
    high: float | None = None
    hidden: str = ""
    style: Style = field(default_factory=Style)
    label: Label | None = None
    category: Ranked | None = None

    @property
    def row(self) -> Estimate | None:
        """The estimate that it is, where it is one and not made of several."""
        if isinstance(self.trace, Estimate):
            return self.trace
        if isinstance(self.trace, Operation) and self.trace.name == "ranked":
            return self.trace.of[1].row
        if isinstance(self.trace, Operation) and self.trace.name in ("smallest", "largest"):
            return next((each.row for each in self.trace.of if each.value == self.value and each.row), None)
        return None

    def estimates(self) -> Iterator[Estimate]:
        """Go through the estimates that it is made of, in the order of the expression, each once."""
        seen: set[str] = set()
        for leaf in _leaves(self):
            if isinstance(leaf, Estimate) and leaf.key not in seen:
                seen.add(leaf.key)
                yield leaf

    def styled(self, **changes: object) -> Self:
        """Give the same number, to be written in another way."""
        known = {each.name for each in fields(Style)}
        if unknown := set(changes) - known:
            raise ValueError(f"a style has no {sorted(unknown)}")
        return replace(self, style=replace(self.style, **changes))  # type: ignore[arg-type]  # checked above

    def __str__(self) -> str:
        raise _text_too_early(described(self))

    def __format__(self, spec: str) -> str:
        raise _text_too_early(described(self))


def described(number: Number) -> str:
    """Write a number's trace as a formula of keys, for messages and the appendix."""
    trace = number.trace
    if isinstance(trace, Estimate):
        return trace.key
    if isinstance(trace, Constant):
        return f"{trace.value:g}"
    if isinstance(trace, Declared):
        return f"{trace.key} of {trace.file}"
    if trace.name == "ranked":
        return described(trace.of[1])  # the number is the estimate's own; the rank among the others chose it
    parts = [f"({described(each)})" if _compound(each) else described(each) for each in trace.of]
    if trace.name in "+-*/":
        return f" {trace.name} ".join(parts)
    return f"{trace.name}({', '.join(described(each) for each in trace.of)})"


def _compound(number: Number) -> bool:
    return isinstance(number.trace, Operation) and number.trace.name in "+-*/"


def _leaves(number: Number) -> Iterator[Trace]:
    if isinstance(number.trace, Operation):
        for each in number.trace.of:
            yield from _leaves(each)
    else:
        yield number.trace


def _text_too_early(what: str) -> TemplateError:
    return TemplateError(
        Finding(
            problem=f"{what} is turned into text before it reaches the page, and would lose its trace",
            mend="print it by itself, {{ ... }}, without ~, format or join",
        )
    )
