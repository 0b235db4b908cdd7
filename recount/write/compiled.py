"""Jinja2 taught to keep traces: operators, comparisons, `and`, `or`, `not` and calls go through our own hooks."""

from collections.abc import Callable
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import UndefinedError
from jinja2.ext import Extension
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from recount.errors import Finding, RecountError, TemplateError, nearest
from recount.write.arithmetic import combined
from recount.write.number import Label, Number, Ranked
from recount.write.page import Page
from recount.write.truth import Comparison, Joined, compared, ranked_as

SYMBOLS = {"eq": "==", "ne": "!=", "gt": ">", "gteq": ">=", "lt": "<", "lteq": "<="}


class Faulty:
    """Stands for what could not be computed, so that one fault does not hide the next; the page is never written."""

    def __getattr__(self, name: str) -> "Faulty":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: object, **__: object) -> "Faulty":
        """Give itself, whatever it is called with."""
        return self

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __getitem__(self, _: object) -> "Faulty":
        raise IndexError


FAULTY = Faulty()


class Tracing(CodeGenerator):
    """Compile conditions into calls of the environment, which keep what Python's own `and` and `<` would forget."""

    _of_block: nodes.Filter | None = None

    def visit_And(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802 - Jinja2's name
        """Join two conditions; the second is wrapped, for Python's `and` may not need it."""
        self._joined("and", node, frame)

    def visit_Or(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802 - Jinja2's name
        """Join two conditions, as with `and`."""
        self._joined("or", node, frame)

    def visit_Not(self, node: nodes.UnaryExpr, frame: Frame) -> None:  # noqa: N802 - Jinja2's name
        """Turn a condition over."""
        self.write("environment.negated(")
        self.visit(node.node, frame)
        self.write(")")

    def visit_Call(  # noqa: N802 - Jinja2's name
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002 - as Jinja2 has it
    ) -> None:
        """Call a function; what `{% call %}` writes is seen like any expression."""
        call = super().visit_Call
        self._finalized(forward_caller, lambda: call(node, frame, forward_caller=forward_caller))

    def visit_FilterBlock(self, node: nodes.FilterBlock, frame: Frame) -> None:  # noqa: N802 - Jinja2's name
        """Filter a block of text; what comes out is seen like any expression."""
        self._of_block = node.filter
        super().visit_FilterBlock(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802 - Jinja2's name
        """Filter a value, or, outermost of a `{% filter %}`, a block of text."""
        filtered = super().visit_Filter
        self._finalized(node is self._of_block, lambda: filtered(node, frame))

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802 - Jinja2's name
        """Compare two values; a chain of three is two comparisons joined by `and`, as in Python."""
        if any(each.op not in SYMBOLS for each in node.ops):
            super().visit_Compare(node, frame)
            return
        first, *others = node.ops
        self.write("environment.joined('and', " if others else "(")
        self.write(f"environment.compared({SYMBOLS[first.op]!r}, ")
        self.visit(node.expr, frame)
        self.write(", ")
        self.visit(first.expr, frame)
        self.write(")")
        if others:
            self.write(", lambda: ")
            self.visit_Compare(nodes.Compare(first.expr, others), frame)
        self.write(")")

    def _finalized(self, block: bool, visit: Callable[[], None]) -> None:  # noqa: FBT001 - of one call or another
        self.write("environment.finalize(context, " if block else "")
        visit()
        self.write(")" if block else "")

    def _joined(self, word: str, node: nodes.BinExpr, frame: Frame) -> None:
        self.write(f"environment.joined({word!r}, ")
        self.visit(node.left, frame)
        self.write(", lambda: ")
        self.visit(node.right, frame)
        self.write(")")


class TracedEnvironment(SandboxedEnvironment):
    """An environment whose operators work on numbers with a trace, and whose faults are gathered on a page."""

    code_generator_class = Tracing
    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])
    intercepted_unops = frozenset(["+", "-"])

    def __init__(self, page: Page, **options: Any) -> None:
        super().__init__(undefined=StrictUndefined, **options)
        self.page = page

    def guarded(self, work: Callable[[], Any]) -> Any:
        """Do something; note its fault on the page, with its place, and go on."""
        try:
            return work()
        except RecountError as error:
            self.page.fault(error)
            return FAULTY

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Combine two values, of which one may be a number with a trace."""
        if left is FAULTY or right is FAULTY:
            return FAULTY
        if not isinstance(left, Number) and not isinstance(right, Number):
            return super().call_binop(context, operator, left, right)
        if operator not in "+-*/":
            return self.guarded(lambda: _refuse(operator))
        return self.guarded(lambda: combined(operator, left, right))

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        """Take the negative of a value."""
        if isinstance(arg, Number):
            return self.guarded(lambda: combined("negative", arg)) if operator == "-" else arg
        return arg if arg is FAULTY else super().call_unop(context, operator, arg)

    def compared(self, symbol: str, left: Any, right: Any) -> Any:
        """Compare two values, of which one may be a number with a trace."""
        if left is FAULTY or right is FAULTY:
            return FAULTY
        if isinstance(left, Number) or isinstance(right, Number):
            return self.guarded(lambda: compared(symbol, left, right))
        if isinstance(right, Ranked):
            left, right = right, left
        if isinstance(left, Ranked) and isinstance(right, str):
            return self.guarded(lambda: ranked_as(symbol, left, right))
        return self.guarded(lambda: _compared_plainly(symbol, left, right))

    def joined(self, word: str, left: Any, right: Callable[[], Any]) -> Any:
        """Join two conditions; both are decided, so that a claim lists all of its numbers."""
        if isinstance(left, Comparison | Joined):
            second = right()
            if isinstance(second, Comparison | Joined):
                return Joined(word, (left, second))
            return second if bool(left) == (word == "and") or second is FAULTY else left
        if left is FAULTY:
            right()
            return FAULTY
        return right() if bool(left) == (word == "and") else left

    def negated(self, value: Any) -> Any:
        """Turn a condition over."""
        if value is FAULTY:
            return FAULTY
        return Joined("not", (value,)) if isinstance(value, Comparison | Joined) else not value

    def call(self, context: Context, function: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a function of the language; one that does not exist is a fault like any other."""
        tag = isinstance(getattr(function, "__self__", None), Extension)  # a tag writes its text all the same
        if not tag and any(each is FAULTY for each in (function, *args, *kwargs.values())):
            return FAULTY
        if isinstance(function, Undefined):
            return self.guarded(lambda: self.undefined_called(function))
        return super().call(context, function, *args, **kwargs)

    def undefined_called(self, function: Undefined) -> Any:
        """Refuse a call of something that nobody defined, and name what comes nearest."""
        try:
            return function()
        except UndefinedError as error:
            known = sorted(name for name in self.globals if not name.startswith("_"))
            name = str(error).split("'")[1] if "'" in str(error) else ""
            raise TemplateError(
                Finding(problem="the paper's language has no such function", value=name, expected=nearest(name, known))
            ) from None


def _refuse(operator: str) -> Any:
    raise TemplateError(Finding(problem=f"the operator {operator} is not defined on numbers of the paper"))


def _compared_plainly(symbol: str, left: Any, right: Any) -> bool:
    if isinstance(left, Label):
        left = left.text
    if isinstance(right, Label):
        right = right.text
    if symbol in ("==", "!="):
        return bool((left == right) == (symbol == "=="))
    try:
        return bool({"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[symbol])
    except TypeError as error:
        raise TemplateError(Finding(problem=f"these cannot be compared: {error}")) from None
