import json
from pathlib import Path
from typing import Any

import pytest

from recount.audit.described import syntaxes
from recount.audit.manifest import manifest, read_manifest, write_manifest, written
from recount.audit.named import digests, name_of
from recount.audit.syntax import syntax_of
from recount.errors import ExportError

# echo -n abc | sha256sum; FIPS 180-2, appendix B.1.
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study's folder in which we stand, beside the house in which Recount lives."""
    for name, content in {
        "study/config.yaml": "abc",
        "study/results/2020/clean.csv": "",
        "study/results/records/clean_wave/2020.json": "",
        "house/recount/a.py": "abc",
        "house/Snakefile": "",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path / "study")
    return tmp_path


def made_in(folder: Path, **options: Any) -> dict[str, Any]:
    house = folder / "house"
    given = {
        "study": ["config.yaml"],
        "results": ["results/2020/clean.csv"],
        "records": ["results/records/clean_wave/2020.json"],
        "code": [str(house / "recount" / "a.py"), str(house / "Snakefile")],
        "house": house,
        "syntax": {"recount/a.py": {"": "0123456789abcdef"}},
        "settings": {"title": "A survey"},
        "software": {"recount": "1", "numpy": "2"},
    }
    return manifest(**{**given, **options})


def test_every_file_stands_with_its_hash_and_its_name_in_the_study(study: Path) -> None:
    assert made_in(study) == {
        "study": {"config.yaml": ABC},
        "results": {"results/2020/clean.csv": NOTHING},
        "records": {"results/records/clean_wave/2020.json": NOTHING},
        "code": {"Snakefile": NOTHING, "recount/a.py": ABC},
        "syntax": {"recount/a.py": {"": "0123456789abcdef"}},
        "settings": {"title": "A survey"},
        "software": {"numpy": "2", "recount": "1"},
    }


def test_code_is_described_by_its_syntax_under_its_name_in_the_house(study: Path) -> None:
    house = study / "house"
    described = syntaxes([house / "recount" / "a.py", house / "Snakefile"], house)
    assert described == {"Snakefile": syntax_of("Snakefile", ""), "recount/a.py": syntax_of("a.py", "abc")}


def test_the_same_build_elsewhere_gives_the_same_bytes(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = written(made_in(study))
    moved = study.rename(study.with_name("elsewhere"))
    monkeypatch.chdir(moved / "study")
    assert written(made_in(moved)) == first
    assert study.name not in first


def test_the_order_in_which_files_are_given_does_not_matter(study: Path) -> None:
    code = [study / "house" / "Snakefile", study / "house" / "recount" / "a.py"]
    assert written(made_in(study, code=code)) == written(made_in(study))


@pytest.mark.parametrize("name", ["study/config.yaml", "study/results/2020/clean.csv", "house/recount/a.py"])
def test_a_change_of_any_file_changes_the_manifest(study: Path, name: str) -> None:
    before = written(made_in(study))
    (study / name).write_text("changed", encoding="utf-8")
    assert written(made_in(study)) != before


def test_a_change_of_a_setting_or_a_version_changes_the_manifest(study: Path) -> None:
    before = written(made_in(study))
    assert written(made_in(study, settings={"title": "Another"})) != before
    assert written(made_in(study, software={"recount": "1", "numpy": "3"})) != before


def test_a_missing_file_is_told(study: Path) -> None:
    with pytest.raises(ExportError, match=r"gone\.csv"):
        made_in(study, results=["results/gone.csv"])


def test_a_file_from_anywhere_else_is_named_as_it_was_given(study: Path) -> None:
    (study / "other").write_text("", encoding="utf-8")
    assert digests(["results/../../other"], study / "house") == {"../other": NOTHING}


def test_a_file_of_the_study_is_named_the_same_from_its_full_path(study: Path) -> None:
    assert name_of(study / "study" / "config.yaml", study / "house") == "config.yaml"


def test_the_file_has_sorted_keys_line_feeds_and_comes_back(study: Path) -> None:
    made = made_in(study, settings={"title": "调查", "a": 1})
    write_manifest(made, "results/manifest.json")
    content = Path("results/manifest.json").read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"}\n")
    assert "调查".encode() in content
    assert list(json.loads(content)) == ["code", "records", "results", "settings", "software", "study", "syntax"]
    assert read_manifest("results/manifest.json") == made
