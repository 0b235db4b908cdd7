"""Code by what it does: digests of functions, in which comments, docstrings and layout do not count.

Two versions of Python may write the same tree differently; what is compared is compared under one.
"""

import ast
import hashlib
import io
import tokenize
from collections.abc import Iterator, Mapping

# Sixteen hexadecimal digits tell the versions of one function apart.
LENGTH = 16
# What stands outside functions and classes, or outside rules.
OUTSIDE = ""
_DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}

Syntax = dict[str, str]


def syntax_of(file: str, source: str) -> Syntax:
    """Give a digest of each function, class and rule of a file by its name, and of what stands outside them by ''.

    Methods are called `Class.method`. What Python cannot read has the digest of its text: then every edit counts.
    """
    try:
        parts = _functions(source) if file.endswith(".py") else _rules(source)
    except (SyntaxError, tokenize.TokenError, ValueError):
        parts = {OUTSIDE: [source]}
    return {name: hashlib.sha256("\n".join(parts[name]).encode()).hexdigest()[:LENGTH] for name in sorted(parts)}


def is_code(file: str) -> bool:
    """Say whether a file is compared by syntax: Python, or Snakemake's rules."""
    return file.endswith((".py", ".smk")) or file == "Snakefile"


def changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Name what differs between two versions of a file, sorted; `''` is what stands outside functions and rules."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _functions(source: str) -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {OUTSIDE: []}
    _split(ast.parse(source).body, "", parts[OUTSIDE], parts)
    return parts


def _split(body: list[ast.stmt], home: str, outside: list[str], parts: dict[str, list[str]]) -> None:
    """Sort the statements of a module or class: definitions under their names, the rest and their order outside."""
    for statement in _without_docstring(body):
        if not isinstance(statement, _DEFINED):
            outside.append(_written(statement))
            continue
        name = f"{home}{statement.name}"
        outside.append(f"define {name}")
        own = parts.setdefault(name, [])  # a name can be defined twice, under a condition or by overloads
        if isinstance(statement, ast.ClassDef):
            members, statement.body = statement.body, []
            own.append(ast.dump(statement))
            _split(members, f"{name}.", own, parts)
        else:
            own.append(_written(statement))


def _written(statement: ast.stmt) -> str:
    """Write out a tree, without the docstrings in it."""
    for node in ast.walk(statement):
        if isinstance(node, _DEFINED):
            node.body = _without_docstring(node.body)
    return ast.dump(statement)


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0] if body else None
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    return body[1:] if told else body


def _rules(source: str) -> dict[str, list[str]]:
    """Sort the lines of a rule file: those of a rule under `rule NAME`, the rest outside."""
    parts: dict[str, list[str]] = {OUTSIDE: []}
    name = OUTSIDE
    for depth, words in _lines(source):
        if not depth:
            name = " ".join(words[:2]) if words[0] in ("rule", "checkpoint") else OUTSIDE
        parts.setdefault(name, []).append(f"{depth} {' '.join(words)}")
    return parts


def _lines(source: str) -> Iterator[tuple[int, list[str]]]:
    """Give each logical line without comments: how deep it stands, and its words."""
    depth = 0
    words: list[str] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        depth += (token.type == tokenize.INDENT) - (token.type == tokenize.DEDENT)
        if token.type == tokenize.NEWLINE:
            yield depth, words
            words = []
        elif token.type not in _LAYOUT:
            words.append(token.string)
