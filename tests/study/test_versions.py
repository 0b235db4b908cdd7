"""Earlier versions of a codebook: what each changed, and which codes mean something else today."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from recount.errors import StudyError
from recount.study.codebook import Codebook
from recount.study.versions import Versions, keep, listed, read_versions

MONEY = {"id": "money", "label": "Money", "definition": "Lacks money."}
STAFF = {"id": "staff", "label": "Staff", "definition": "Lacks people."}


def book(version: str, *codes: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {"version": version, "questions": {"why": list(codes)}, **others}


def versions(*books: dict[str, Any]) -> Versions:
    return Versions(tuple(Codebook.declared_in("codebook.yaml", each) for each in books))


def written(folder: Path, *books: dict[str, Any]) -> Path:
    """The last one is in force, the others are kept."""
    (folder / "codebook").mkdir(exist_ok=True)
    for each in books[:-1]:
        (folder / "codebook" / f"{each['version']}.yaml").write_text(yaml.safe_dump(each), encoding="utf-8")
    (folder / "codebook.yaml").write_text(yaml.safe_dump(books[-1]), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("field", "what"),
    [("definition", "meaning"), ("use_when", "meaning"), ("not_when", "meaning"), ("label", "wording"),
     ("example", "wording")],
)  # fmt: skip
def test_a_change_of_meaning_is_told_from_one_of_wording(field: str, what: str) -> None:
    (change,) = versions(book("1", MONEY), book("2", {**MONEY, field: "new"})).changes()
    assert (change.version, change.question, change.code, change.what) == ("2", "why", "money", what)
    assert (change.field, change.after) == (field, "new")


def test_a_new_parent_is_a_change_of_meaning() -> None:
    (change,) = versions(book("1", MONEY, STAFF), book("2", MONEY, {**STAFF, "parent": "money"})).changes()
    assert (change.code, change.what, change.before, change.after) == ("staff", "meaning", "", "money")


def test_codes_that_came_and_went_are_listed() -> None:
    got = versions(book("1", MONEY), book("2", STAFF)).changes()
    assert [(each.code, each.what) for each in got] == [("staff", "added"), ("money", "removed")]


def test_a_text_that_was_only_put_better_keeps_its_meaning_where_the_codebook_says_so() -> None:
    better = book("2", {**MONEY, "definition": "The city lacks money."}, same_meaning={"why": ["money"]})
    got = versions(book("1", MONEY), better)
    assert [each.what for each in got.changes()] == ["wording"]
    assert got.outdated("why", "1") == set()


def test_a_code_is_outdated_since_every_version_before_the_one_that_changed_it() -> None:
    changed = {**MONEY, "definition": "Lacks money of its own."}
    got = versions(book("1", MONEY, STAFF), book("2", changed, STAFF), book("3", changed))
    assert got.outdated("why", "1") == {"money", "staff"}
    assert got.outdated("why", "2") == {"staff"}
    assert got.outdated("why", "3") == set()


def test_versions_are_read_in_the_order_in_which_people_count(tmp_path: Path) -> None:
    books = [book(version, MONEY) for version in ("2", "10", "1.2", "11")]
    got = read_versions(written(tmp_path, *books))
    assert got is not None
    assert got.known == ("1.2", "2", "10", "11")


def test_a_file_under_another_versions_name_and_a_version_that_was_not_raised_are_told(tmp_path: Path) -> None:
    folder = written(tmp_path, book("1", MONEY), book("1", {**MONEY, "definition": "new"}))
    (folder / "codebook" / "0.yaml").write_text(yaml.safe_dump(book("7", MONEY)), encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        read_versions(folder)
    assert "not the version that its name says" in str(caught.value)
    assert "raise `version`" in str(caught.value)


def test_a_version_is_kept_before_it_is_edited(tmp_path: Path) -> None:
    folder = written(tmp_path, book("1", MONEY))
    assert keep(folder) == tmp_path / "codebook" / "1.yaml"
    assert read_versions(folder) == versions(book("1", MONEY))
    (folder / "codebook.yaml").write_text(yaml.safe_dump(book("2", STAFF)), encoding="utf-8")
    assert read_versions(folder) == versions(book("1", MONEY), book("2", STAFF))


def test_a_study_without_a_codebook_has_no_versions(tmp_path: Path) -> None:
    assert read_versions(tmp_path) is None
    with pytest.raises(StudyError, match="there is no codebook"):
        keep(tmp_path)


def test_changes_are_listed_version_by_version() -> None:
    got = listed(versions(book("1", MONEY), book("2", {**MONEY, "label": "Funds"}, STAFF)).changes())
    assert got.splitlines() == ["version 2", "  wording  why.money  label: Money -> Funds", "  added    why.staff"]
