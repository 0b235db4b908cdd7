from pathlib import Path

import pytest

from recount.audit.forms.facts import declared_lines
from recount.audit.forms.io import read_programs
from recount.audit.forms.places import sections
from recount.audit.forms.programs import programs

ROOT = Path(__file__).parents[3]
TABLES = """\
# Tables.
tables:
  flow: {kind: flow, caption: a}

  "yes":
    kind: items
"""
RULES = """\
# audit

rule one:
    input:
        "results/a.csv",
    output:
        one="results/{wave}/b.csv",
        two=report(
            "results/c.svg",
            category="Figures",
        ),
    log:
        "results/logs/one.log",
    script:
        "../scripts/one.py"


rule two:
    input:
        "results/c.svg",
"""


def test_the_line_of_each_declaration_is_found() -> None:
    assert declared_lines(TABLES, "table") == {("table", "flow"): 3, ("table", "yes"): 5}


@pytest.mark.parametrize("text", ["", "tables:\n", "figures:\n  a: {}\n"])
def test_a_file_that_declares_none_has_no_lines(text: str) -> None:
    assert declared_lines(text, "table") == {}


def test_a_rule_has_its_script_what_that_does_and_what_it_writes() -> None:
    one, two = programs([RULES], {"scripts/one.py": '"""Do one thing.\n\nAnd more.\n"""\nx = 1\n'})
    assert (one.rule, one.script, one.does) == ("one", "scripts/one.py", "Do one thing.")
    assert one.writes == ("results/{wave}/b.csv", "results/c.svg")
    assert (two.rule, two.script, two.does, two.writes) == ("two", "", "", ())


def test_every_rule_of_the_workflow_is_found_with_all_three() -> None:
    got = read_programs(ROOT)
    assert {each.script for each in got} == {f"scripts/{path.name}" for path in (ROOT / "scripts").glob("*.py")}
    assert [each.rule for each in got if not each.does or not each.writes] == []
    assert got[0].rule == "admit_export"


def test_headings_are_followed_down_and_up_again() -> None:
    lines = ["[1]{#n-1 .number}", "# A", "## B [2]{#n-2 .number}", "### C", "## D", "[3]{#n-3}, [4]{#n-4 .x}", "# E"]
    paper = "\n\n".join([*lines, "[5]{#n-5}"])
    assert sections(paper) == {"n-1": "", "n-2": "A / B 2", "n-3": "A / D", "n-4": "A / D", "n-5": "E"}


def test_a_line_of_code_is_no_heading() -> None:
    assert sections("# A\n\n```\n# B\n~~~\n# C\n```\n\n[1]{#n-1}\n") == {"n-1": "A"}
