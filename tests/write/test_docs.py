"""docs/template.md names what the language has, and all of it."""

import re
from pathlib import Path

import pytest

from recount.display.formatter import Formatter
from recount.study.settings import Display
from recount.write.language import KEPT, language
from recount.write.lookup import Lookup
from recount.write.page import Page

PAGE = (Path(__file__).parents[2] / "docs/template.md").read_text(encoding="utf-8")
ADDED = {"figure", "table", "ref", "quote", "weak_code"}


@pytest.fixture
def names(lookup: Lookup) -> tuple[set[str], set[str]]:
    made = language(Page(), lookup, Formatter(Display()), template="", file="a", bibliography=[])
    return set(made.globals) | ADDED, set(made.filters) - set(KEPT.split())


def test_every_function_and_filter_is_on_the_page(names: tuple[set[str], set[str]]) -> None:
    functions, filters = names
    assert [name for name in sorted(functions - {"range"}) if not re.search(rf"\b{name}\b", PAGE)] == []
    assert [name for name in sorted(filters) if not re.search(rf"\b{name}\b", PAGE)] == []


def test_the_page_names_no_function_that_does_not_exist(names: tuple[set[str], set[str]]) -> None:
    functions, filters = names
    used = set(re.findall(r"`([a-z_]+)\([^`]*\)`", PAGE)) | set(re.findall(r"\{\{ ([a-z_]+)\(", PAGE))
    assert used - functions - filters == set()
