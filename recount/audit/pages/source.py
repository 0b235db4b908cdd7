"""The code behind a number, to be read beside it."""

import ast

MOST_LINES = 80


def function_at(text: str, line: int) -> str:
    """Give the function of a Python file that begins at or spans a line, the innermost one; blank where there is none.

    A function longer than 80 lines is given up to there.
    """
    spanning = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and _first(node) <= line <= (node.end_lineno or node.lineno)
    ]
    if not spanning:
        return ""
    innermost = max(spanning, key=_first)
    lines = text.splitlines()[_first(innermost) - 1 : innermost.end_lineno]
    return "\n".join(lines[:MOST_LINES])


def _first(node: ast.FunctionDef | ast.ClassDef) -> int:
    """The line where it begins, its decorators included."""
    return min([node.lineno, *(each.lineno for each in node.decorator_list)])
