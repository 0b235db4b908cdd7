"""The formatter is the only place that turns a value into text."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "recount"
FILES = sorted(file for folder in ("draw", "write", "audit") for file in (PACKAGE / folder).rglob("*.py"))


def _formats_a_number(node: ast.AST) -> bool:
    """A format such as `:.1f` or `:,`, `"%.1f" % x`, or `round(x)`; `:g` and `:r` write keys and messages."""
    if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr):
        spec = "".join(str(part.value) for part in node.format_spec.values if isinstance(part, ast.Constant))
        return spec.endswith(("f", "%", "e", ",", "n"))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
        return isinstance(node.left.value, str)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "format"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_other_module_formats_a_number(file: Path) -> None:
    found = [node.lineno for node in ast.walk(ast.parse(file.read_text("utf-8"))) if _formats_a_number(node)]
    assert found == [], f"{file.name}: lines {found} format a value; the formatter does that"


@pytest.mark.parametrize("code", ['f"{x:.1f}"', 'f"{x:,}"', 'f"{x:.0%}"', '"%.1f" % x', 'format(x, ".1f")'])
def test_the_search_finds_what_it_is_for(code: str) -> None:
    assert any(_formats_a_number(node) for node in ast.walk(ast.parse(code)))
