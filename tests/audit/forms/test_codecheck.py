"""The rules are those of https://codecheck.org.uk/spec/config/1.0/, and of the register's checks of it."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import pytest
import yaml

from recount.audit.forms.codecheck import codecheck
from recount.audit.forms.facts import Facts

Make = Callable[..., Facts]
PLACEHOLDER = re.compile(r"FIXME|TODO|XXXX", re.IGNORECASE)
ORCID = re.compile(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")


def read(facts: Facts) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(codecheck(facts))
    return content


def test_the_document_is_explicit_and_names_the_versions_of_yaml_and_of_the_specification(facts: Make) -> None:
    assert codecheck(facts()).startswith("%YAML 1.1\n---\n")
    assert read(facts())["version"] == "https://codecheck.org.uk/spec/config/1.0/"


def test_all_that_the_specification_requires_or_knows_is_there(facts: Make) -> None:
    got = read(facts())
    assert list(got) == [
        *("version", "manifest", "paper", "codechecker"),
        *("report", "summary", "repository", "check_time", "certificate"),
    ]
    assert list(got["paper"]) == ["title", "authors", "reference"]
    assert len(got["codechecker"]) == 1
    assert list(got["codechecker"][0]) == ["name", "ORCID"]


def test_every_item_of_the_manifest_is_a_relative_file_with_a_comment(facts: Make) -> None:
    manifest = read(facts())["manifest"]
    assert [list(each) for each in manifest] == [["file", "comment"]] * len(manifest)
    paths = [PurePosixPath(each["file"]) for each in manifest]
    assert not [path for path in paths if path.is_absolute() or ".." in path.parts]
    assert len(set(paths)) == len(paths)
    assert all(each["comment"] for each in manifest)


def test_the_manifest_holds_documents_figures_and_ledger(facts: Make) -> None:
    got = {each["file"]: each["comment"] for each in read(facts())["manifest"]}
    assert got["results/paper/paper.pdf"] == "the paper as pdf, with Table 1"
    assert got["results/figures/bars.pdf"] == "Figure 1"
    assert {"results/paper/paper.html", "results/figures/bars.csv", "results/paper/numbers.json"} <= set(got)
    assert "results/paper/paper.docx" not in got  # the settings do not ask for it


def test_what_only_the_codechecker_knows_is_left_empty_not_filled_with_placeholders(facts: Make) -> None:
    got = read(facts())
    assert {got[name] for name in ("report", "summary", "repository", "check_time", "certificate")} == {""}
    assert got["codechecker"] == [{"name": "", "ORCID": ""}]
    assert not PLACEHOLDER.search(codecheck(facts()))


def test_title_and_authors_are_those_of_the_paper_with_plain_orcids(facts: Make) -> None:
    paper = read(facts())["paper"]
    assert paper["title"] == "Cities abroad: 47 of them"
    assert paper["authors"] == [
        {"name": "A. Author", "ORCID": "0000-0002-1825-0097"},
        {"name": "B. Writer", "ORCID": ""},
    ]
    assert ORCID.match(paper["authors"][0]["ORCID"])


def test_without_authors_in_the_front_matter_the_settings_name_them(facts: Make) -> None:
    paper = read(facts(paper="---\nsubtitle: x\n---\n"))["paper"]
    assert (paper["title"], [each["name"] for each in paper["authors"]]) == (
        "Cities abroad",
        ["A. Author", "B. Writer"],
    )


@pytest.mark.parametrize("title", ["a: b # c", "? x", "'\"", "no", "%x\n---\nreport: fake", "{a: 1}", "中文"])
def test_a_title_stays_a_title_whatever_it_holds(facts: Make, title: str) -> None:
    got = read(facts(settings={"title": title}, paper=""))
    assert got["paper"]["title"] == " ".join(title.split())
    assert got["report"] == ""


def test_simulated_responses_are_told_at_the_top_and_as_data(facts: Make, simulated: Facts) -> None:
    assert "simulated" not in codecheck(facts())
    third = codecheck(simulated).splitlines()[2]
    assert third.startswith("# The responses of wave 2020")
    assert "no replication package" in third
    assert third.removeprefix("# ") == read(simulated)["recount_simulated"]
