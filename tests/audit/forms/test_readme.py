import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from recount.audit.forms.data_editors import HEAD
from recount.audit.forms.facts import Facts
from recount.audit.forms.readme import _values, readme
from recount.audit.modules import modules_of
from recount.errors import TemplateError
from tests.audit.forms.conftest import FUNDING, leaf, number

Make = Callable[..., Facts]
ROOT = Path(__file__).parents[3]
FILE = "report/forms/README-data-editors.md.j2"
TEMPLATE = (ROOT / FILE).read_text(encoding="utf-8")
# The headings of https://social-science-data-editors.github.io/template_README/, in its order.
SECTIONS = [
    "Overview",
    "Data Availability and Provenance Statements",
    "Statement about Rights",
    "License for Data",
    "Summary of Availability",
    "Details on each Data Source",
    "Dataset list",
    "Computational requirements",
    "Software Requirements",
    "Controlled Randomness",
    "Memory, Runtime, Storage Requirements",
    "Description of programs/code",
    "License for Code",
    "Instructions to Replicators",
    "List of tables and programs",
    "References",
]
RANDOM = re.compile(
    r"\bdefault_rng\b|\bnp\.random\b|^\s*(?:import|from) (?:random|numpy\.random|secrets)\b", re.MULTILINE
)


def written(facts: Facts, template: str = TEMPLATE) -> str:
    return readme(facts, template, file=FILE)


def table(text: str, heading: str) -> list[list[str]]:
    """The rows of the table below a heading, without its head."""
    body = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in body.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def test_it_has_the_sections_of_the_template_readme_in_order(facts: Make) -> None:
    assert re.findall(r"^#{2,} (.*)$", written(facts()), flags=re.MULTILINE) == SECTIONS


def test_every_file_of_data_is_listed_with_its_hash(facts: Make) -> None:
    rows = table(written(facts()), "Dataset list")
    got = {cells[0]: (re.findall(r"[abc]{64}", cells[2]), cells[3]) for cells in rows}
    assert got == {
        "`data/raw/2020/responses.csv`": (["a" * 64], "Yes"),
        "`data/corrections/2020.csv`": (["b" * 64], "Yes"),
        "`data/coding/codebook.yaml`": (["c" * 64], "Yes"),
        "`data/coding/*/*.csv`": ([], "Yes"),
        "`data/instrument.yaml`": ([], "Yes"),
    }


def test_an_export_that_is_fetched_is_not_provided_and_its_address_is_told(facts: Make) -> None:
    source = {"url": "https://example.org/a.csv", "sha256": "a" * 64}
    wave = {"export": "data/raw/2020/responses.csv", "design": "census", "source": source}
    got = written(facts(settings={"waves": {"2020": wave}}))
    assert table(got, "Dataset list")[0][-1] == "No"
    assert "fetches it from `https://example.org/a.csv`" in got


def test_a_study_without_coding_and_corrections_lists_none(facts: Make) -> None:
    known = facts().numbers["waves"]["2020"] | {"corrections": None}
    got = written(facts(ledger={"codebook": None, "waves": {"2020": known}}))
    assert len(table(got, "Dataset list")) == 2


def test_counts_are_written_as_the_paper_writes_them(facts: Make) -> None:
    got = written(facts())
    assert "1 table, 1 figure and\n5 in-text numbers" in got
    assert "1,055 responses were received, 47 are analysed" in got


def test_software_is_listed_with_versions_what_is_asked_for_before_what_that_needs(facts: Make) -> None:
    got = written(facts())
    assert "- Python 3.11.2\n  - `numpy` 2.4.6\n\n" in got
    assert "These need in turn: `six` 1.17.0." in got


def test_random_numbers_are_drawn_for_the_coders_agreement_and_for_replicates_alone() -> None:
    """The README says so; `recount simulate`, which no rule runs, draws too."""
    used = {path for script in (ROOT / "scripts").glob("*.py") for path in modules_of(script, ROOT)}
    assert len(used) > 100
    drawing = {path.relative_to(ROOT).as_posix() for path in used if RANDOM.search(path.read_text(encoding="utf-8"))}
    coders = {"recount/coding/measure.py", "recount/coding/patterns.py"}
    assert drawing == {*coders, "recount/estimate/design/replicates.py"}
    assert any(RANDOM.search(path.read_text("utf-8")) for path in (ROOT / "recount" / "simulate").glob("*.py"))


def test_the_seed_is_told_where_answers_are_coded_and_else_that_nothing_is_drawn(facts: Make) -> None:
    settings = {"coding": {"seed": 4321}}
    assert "Random seed is set at `coding.seed` of `config.yaml`: 4321." in written(facts(settings=settings))
    assert "No random numbers are drawn" in written(facts(settings=settings, ledger={"codebook": None}))


def test_tables_figures_and_in_text_numbers_are_listed_and_no_cell_of_a_table(facts: Make) -> None:
    rows = table(written(facts()), "List of tables and programs")
    assert [cells[0].partition(":")[0] for cells in rows] == [
        *("Table 1", "Figure 1"),
        *(f"In-text number n-{each}" for each in (1, 2, 3, 4, 6)),
    ]
    assert rows[3][1:] == [
        "`scripts/estimate_wave.py`, `recount/estimate/flow.py`",
        "12",
        "`results/estimates.csv row 3`",
        "Methods / The survey: `2020/-/respondents`",
    ]


def test_pipes_and_markup_stay_in_their_cells(facts: Make) -> None:
    hostile = facts(
        ledger={"numbers": [number(1, "a|b\n| c <img src=x> `d`", leaf(FUNDING), formula="x`|`y")]}, paper="# A | `b\n"
    )
    rows = table(written(hostile), "List of tables and programs")
    assert [len(cells) for cells in rows] == [5] * 3
    assert r"a\|b \| c \<img src=x\> \`d\`" in rows[-1][0]
    assert len(table(written(facts()), "Description of programs/code")[0]) == 4


def test_what_stands_in_the_text_but_not_in_the_data_is_excepted(facts: Make) -> None:
    assert "- [x] all numbers in the text of the paper\n" in written(facts())
    cited = facts(ledger={"allowed": [{"kind": "cited", "text": "2030"}]})
    assert "- [x] all numbers in the text of the paper, but for those that it cites" in written(cited)


def test_simulated_responses_are_told_below_the_title_and_at_the_source(facts: Make, simulated: Facts) -> None:
    assert "simulated" not in written(facts())
    got = written(simulated)
    assert got.splitlines()[2].startswith("> **The responses of wave 2020")
    assert "no replication package" in got.splitlines()[2]
    assert "(**simulated responses**)" in got


def test_a_study_may_have_a_template_of_its_own(facts: Make) -> None:
    assert written(facts(), "{{ title | prose }}: {{ sources[0].sha256 | code }}\n").endswith(
        f"47 of them: `{'a' * 64}`\n"
    )


@pytest.mark.parametrize(
    ("template", "told"),
    [("\n{% for %}", "line 2"), ("{{ nothing }}", "'nothing' is undefined"), ("{{ ''.__class__.mro() }}", "unsafe")],
)
def test_a_mistake_in_the_template_is_told_with_its_file(facts: Make, template: str, told: str) -> None:
    with pytest.raises(TemplateError) as error:
        written(facts(), template)
    assert FILE in str(error.value)
    assert told in str(error.value)


def test_the_page_names_all_that_a_template_may_print(facts: Make) -> None:
    page = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| (`[a-z_`, ]+) \| (.*) \|$", page, flags=re.MULTILINE)
    names = {
        name: re.findall(r"`([a-z_0-9]+)`", what) for first, what in lines for name in re.findall(r"`(\w+)`", first)
    }
    values = _values(facts())
    assert sorted(names) == sorted(values)
    for name in ("sources", "datasets", "programs", "listed"):
        assert names[name] == [each.name for each in fields(values[name][0])]


def test_the_page_of_the_tables_has_the_columns_of_the_list() -> None:
    assert ", ".join(HEAD) in (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
