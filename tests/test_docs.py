"""The pages of docs/ say what the models do: every key, every default, every example; and links lead somewhere."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from recount.study.codebook import Code, Codebook
from recount.study.declared import Declared, read_yaml
from recount.study.figures import Figure, Figures, Item
from recount.study.indices import Index
from recount.study.instrument import Category, Fielding, Instrument, Question, read_instrument
from recount.study.sampling import Raking, Replication, Sampling
from recount.study.settings import (
    Cleaning,
    Coding,
    Display,
    DoubleCoding,
    Estimation,
    NoChange,
    Paper,
    Roles,
    Settings,
    Source,
    Suggesting,
    Wave,
    read_settings,
)
from recount.study.settings import Tests as MarksOfTests
from recount.study.tables import Table, Tables

ROOT = Path(__file__).parents[1]
REFERENCE: dict[tuple[str, str], type[Declared]] = {
    ("instrument", "The file"): Instrument,
    ("instrument", "A question"): Question,
    ("instrument", "A category"): Category,
    ("instrument", "A question in a wave"): Fielding,
    ("instrument", "An index"): Index,
    ("settings", "The file"): Settings,
    ("settings", "A wave"): Wave,
    ("settings", "Sampling"): Sampling,
    ("settings", "Replicates"): Replication,
    ("settings", "Raking"): Raking,
    ("settings", "Columns of the platform"): Roles,
    ("settings", "An export from elsewhere"): Source,
    ("settings", "Cleaning"): Cleaning,
    ("settings", "Tests"): MarksOfTests,
    ("settings", "Estimates"): Estimation,
    ("settings", "No change"): NoChange,
    ("settings", "Coding"): Coding,
    ("settings", "Double coding"): DoubleCoding,
    ("settings", "Suggestions"): Suggesting,
    ("settings", "Display"): Display,
    ("settings", "Paper"): Paper,
    ("codebook", "The file"): Codebook,
    ("codebook", "A code"): Code,
    ("displays", "A figure"): Figure,
    ("displays", "An item"): Item,
    ("displays", "A table"): Table,
}
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *ROOT.glob("examples/*/README.md")])
# Parts of a declaration become whole with these.
AROUND: dict[str, tuple[type[Declared], dict[str, Any]]] = {
    "instrument": (Instrument, {"title": "Example", "questions": []}),
    "settings": (
        Settings,
        {
            "title": "Example",
            "waves": {"2026": {"export": "responses.csv", "design": "census"}},
            "paper": {"wave": "2026"},
        },
    ),
}


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def section(text: str, heading: str) -> str:
    found = re.search(rf"^##+ {re.escape(heading)}\n(.*?)(?=^##|\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert found, f"there is no heading {heading!r}"
    return found[1]


def described(text: str, heading: str) -> dict[str, str]:
    """The keys of a section's first table, each with what stands in its column of defaults."""
    rows = re.findall(r"^\| `([a-z0-9_]+)` \|.*\| ([^|]+) \|$", section(text, heading), flags=re.MULTILINE)
    return dict(rows)


def default_of(model: type[Declared], name: str) -> Any:
    field = model.model_fields[name]
    if field.is_required():
        return "required"
    default = field.get_default(call_default_factory=True)
    if isinstance(default, Declared):
        return "its defaults"
    return list(default) if isinstance(default, tuple) else default


def parsed(text: str, model: type[Declared], around: dict[str, Any], folder: Path) -> Declared:
    file = folder / "example.yaml"
    file.write_text(text, encoding="utf-8")
    return model.declared_in("example.yaml", {**around, **read_yaml(file)})


@pytest.mark.parametrize(("place", "model"), REFERENCE.items(), ids=lambda each: getattr(each, "__name__", None))
def test_every_key_of_a_declaration_is_on_its_page_with_its_default(
    place: tuple[str, str], model: type[Declared]
) -> None:
    got = {
        name: yaml.safe_load(default.strip("`")) if default.startswith("`") else default
        for name, default in described(page(place[0]), place[1]).items()
    }
    assert got == {name: default_of(model, name) for name in model.model_fields}


@pytest.mark.parametrize("name", AROUND)
def test_every_example_of_a_reference_page_is_read_by_its_model(name: str, tmp_path: Path) -> None:
    examples = blocks(page(name), "yaml")
    assert len(examples) >= 3
    for example in examples:
        parsed(example, *AROUND[name], tmp_path)


def test_every_example_of_the_codebooks_page_is_read(tmp_path: Path) -> None:
    examples = blocks(page("codebook"), "yaml")
    assert examples
    for example in examples:
        parsed(example, Codebook, {}, tmp_path)


def test_there_is_one_example_that_is_read_for_each_kind_of_figure_and_table(tmp_path: Path) -> None:
    got: dict[str, list[str]] = {"figures": [], "tables": []}
    for example in blocks(page("displays"), "yaml"):
        name = example.partition(":")[0]
        model = Figures if name == "figures" else Tables
        declared = getattr(parsed(example, model, {}, tmp_path), name)
        got[name] += [each.kind for each in declared.values()]
    exp = {"figures": Figure, "tables": Table}
    kinds = {name: sorted(model.model_fields["kind"].annotation.__args__) for name, model in exp.items()}
    assert {name: sorted(found) for name, found in got.items()} == kinds


def test_the_instruments_page_names_every_type_of_question() -> None:
    exp = set(Question.model_fields["type"].annotation.__args__)
    assert set(re.findall(r"^\| `([a-z]+)` \|", section(page("instrument"), "Types"), flags=re.MULTILINE)) == exp


def test_config_yaml_names_every_key_that_an_author_can_set() -> None:
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    keys = {name for (page, _), model in REFERENCE.items() if page == "settings" for name in model.model_fields}
    lacking = {key for key in keys if not re.search(rf"^ *(# +)?(\w+: \{{)?{key}:", text, flags=re.MULTILINE)}
    assert lacking == set()


def test_the_study_to_copy_is_read_and_says_that_it_is_made_up() -> None:
    folder = ROOT / "examples" / "minimal"
    settings = read_settings(folder / "config.yaml")
    assert settings.simulated == tuple(settings.waves)
    kinds = {question.type for question in read_instrument(folder / "data" / "instrument.yaml").questions}
    assert kinds == {"id", "single", "scale", "multi", "number", "text"}


def test_the_readme_has_no_marks_left_to_fill() -> None:
    assert "@@" not in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("file", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_and_picture_leads_to_a_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", text, flags=re.MULTILINE | re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", prose) if not re.match(r"[a-z]+:", link)]
    missing = [link for link in links if not leads(link, file)]
    assert missing == []


def leads(link: str, file: Path) -> bool:
    path, _, heading = link.partition("#")
    target = file.parent / path if path else file
    if not target.exists():
        return False
    if not heading:
        return True
    heads = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return heading in {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}
