import subprocess
import sys
from pathlib import Path

import pytest

from recount.audit.syntax import OUTSIDE, changed, syntax_of

ROOT = Path(__file__).parents[2]
MODULE = '''"""Shares."""

import math

LEVEL = 0.95


@cache
def share(n: int, base: int) -> float:
    """Give a share."""
    return n / base  # at least 1


class Interval:
    """Low and high."""

    low: float

    def width(self) -> float:
        """Give the width."""
        return self.high - self.low
'''


def differing(old: str, new: str) -> list[str]:
    assert old in MODULE
    return changed(syntax_of("a.py", MODULE), syntax_of("a.py", MODULE.replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# at least 1", "# never 0"),
        ('"""Shares."""', '"""Shares and means."""'),
        ('    """Give a share."""\n', ""),
        ('        """Give the width."""\n', ""),
        ('    """Low and high."""\n\n', ""),
        ("n / base", "(n / base)"),
        ("n: int, base: int", "n: int,\n    base: int,\n"),
        ("\n\n\nclass", "\n\nclass"),
        ("LEVEL = 0.95", "LEVEL = 0.950"),
    ],
)
def test_comments_docstrings_and_layout_are_no_change(old: str, new: str) -> None:
    assert differing(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "exp"),
    [
        ("n / base", "n // base", ["share"]),
        ("@cache\n", "", ["share"]),
        ("base: int", "base: float", ["share"]),
        ("self.high - self.low", "self.low - self.high", ["Interval.width"]),
        ("low: float", "low: int", ["Interval"]),
        ("class Interval:", "class Interval(Base):", ["Interval"]),
        ("0.95", "0.9", [OUTSIDE]),
        ("import math", "import cmath as math", [OUTSIDE]),
        ("def share", "def part", [OUTSIDE, "part", "share"]),
    ],
)
def test_each_change_is_found_under_the_name_where_it_stands(old: str, new: str, exp: list[str]) -> None:
    assert differing(old, new) == exp


def test_the_order_of_definitions_counts() -> None:
    one, two = "def a():\n    pass\n", "def b():\n    pass\n"
    assert changed(syntax_of("x.py", one + two), syntax_of("x.py", two + one)) == [OUTSIDE]


def test_every_definition_of_a_name_counts() -> None:
    source = "if OLD:\n    def a(): return 1\n\n@overload\ndef b(): ...\n\ndef b(): return 2\n"
    assert changed(syntax_of("x.py", source), syntax_of("x.py", source.replace("return 2", "return 3"))) == ["b"]
    assert changed(syntax_of("x.py", source), syntax_of("x.py", source.replace("@overload\ndef b(): ...", ""))) != []


RULES = """# ingest
include: "a.smk"


rule admit:
    input:
        "a",  # the export
    output:
        "b",


rule read:
    input:
        "b",
"""


@pytest.mark.parametrize(
    ("old", "new", "exp"),
    [
        ("# ingest", "# in", []),
        ("  # the export", "", []),
        ("\n\n\nrule read", "\nrule read", []),
        ('"a",', '"c",', ["rule admit"]),
        ("output", "params", ["rule admit"]),
        ("a.smk", "c.smk", [OUTSIDE]),
        ("rule read", "rule see", ["rule read", "rule see"]),
        ('    input:\n        "b",', '    input:\n        "b",\n    log:\n        "l",', ["rule read"]),
    ],
)
def test_rules_are_compared_each_by_itself_and_without_comments(old: str, new: str, exp: list[str]) -> None:
    assert old in RULES
    assert changed(syntax_of("r.smk", RULES), syntax_of("r.smk", RULES.replace(old, new, 1))) == exp


def test_what_cannot_be_read_changes_with_every_edit() -> None:
    assert changed(syntax_of("x.py", "def a(:\n"), syntax_of("x.py", "def a(: # a\n")) == [OUTSIDE]


def test_all_code_of_this_checkout_can_be_read() -> None:
    files = [*(ROOT / "recount").rglob("*.py"), *(ROOT / "rules").glob("*.smk"), ROOT / "Snakefile"]
    found = {file: syntax_of(str(file), file.read_text(encoding="utf-8")) for file in files}
    assert "rule clean_wave" in found[ROOT / "rules" / "clean.smk"]
    assert "wilson" in found[ROOT / "recount" / "estimate" / "intervals.py"]


def test_the_digests_are_the_same_under_another_hash_seed() -> None:
    code = f"from recount.audit.syntax import syntax_of; print(syntax_of('a.py', {MODULE!r}))"
    told = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1] != b""
