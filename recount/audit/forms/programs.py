"""The programs of the workflow: what each rule runs, what that does, and what it writes."""

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_RULE = re.compile(r"^rule (\w+):\n((?:[ \t]+.*\n|\n)*)", re.MULTILINE)
_SCRIPT = re.compile(r"^ {4}script:\s+\"\.\./(scripts/\w+\.py)\"", re.MULTILINE)
_OUTPUT = re.compile(r"^ {4}output:\n((?: {8}.*\n)*)", re.MULTILINE)
_FILE = re.compile(r'"(results/[^"]+)"')
INCLUDED = re.compile(r'^include: "(rules/\w+\.smk)"', re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Program:
    """One rule: the script that it runs, what that does, and the files that it writes."""

    rule: str
    script: str
    does: str
    writes: tuple[str, ...]


def programs(rules: Iterable[str], scripts: Mapping[str, str]) -> tuple[Program, ...]:
    """List the rules in their order, from the texts of the rule files and of the scripts by their name."""
    return tuple(_program(found[1], found[2], scripts) for text in rules for found in _RULE.finditer(text))


def _program(rule: str, body: str, scripts: Mapping[str, str]) -> Program:
    script, output = _SCRIPT.search(body), _OUTPUT.search(body)
    name = script[1] if script else ""
    does = ast.get_docstring(ast.parse(scripts.get(name, ""))) or ""
    writes = _FILE.findall(output[1]) if output else []
    return Program(rule=rule, script=name, does=does.partition("\n")[0], writes=tuple(writes))
