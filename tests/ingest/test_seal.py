import subprocess
from pathlib import Path

import pytest

from recount.errors import ExportError
from recount.ingest.seal import check_seal, digest, read_seals, seal_of, sealed, write_seal, written
from recount.study.settings import Settings

# SHA-256 of the empty text and of "abc" (FIPS 180-2, appendix B.1).
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_the_digest_of_abc_is_the_published_one(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert digest(tmp_path / "abc") == ABC


def test_seals_are_read_as_sha256sum_writes_them(tmp_path: Path) -> None:
    (tmp_path / "2020").mkdir()
    (tmp_path / "2020/a export.csv").write_bytes(b"abc")
    text = subprocess.run(
        ["sha256sum", "2020/a export.csv"],  # noqa: S607 - the tool itself is what is tested
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert read_seals(text) == {"2020/a export.csv": ABC}
    assert written(read_seals(text)) == text


def test_binary_marks_comments_and_upper_case_are_read() -> None:
    assert read_seals(f"# sealed by hand\n\n{ABC.upper()} *./a.csv\n") == {"a.csv": ABC}


def test_every_line_that_is_no_seal_is_told() -> None:
    with pytest.raises(ExportError) as error:
        read_seals(f"abc  a.csv\n{ABC}  b.csv\n{EMPTY}  b.csv\n{ABC}\n")
    assert [finding.row for finding in error.value.findings] == [1, 3, 4]


@pytest.mark.parametrize("name", ["2020/a.csv", "data/raw/2020/a.csv"])
def test_a_seal_is_found_from_either_folder(name: str) -> None:
    assert sealed("data/raw/2020/a.csv", {name: ABC}) == ABC


def test_an_unsealed_export_is_told_with_the_command() -> None:
    with pytest.raises(ExportError, match="recount seal 2020"):
        sealed("data/raw/2020/a.csv", {"2018/a.csv": ABC}, wave="2020")


def test_another_file_than_the_sealed_one_is_told_with_both_hashes(tmp_path: Path) -> None:
    path = tmp_path / "export"
    path.write_bytes(b"abc")
    check_seal(path, ABC)
    path.write_bytes(b"abd")
    with pytest.raises(ExportError) as error:
        check_seal(path, ABC, name="data/raw/2020/a.csv", wave="2020")
    finding = error.value.findings[0]
    assert (finding.file, finding.value, finding.expected) == ("data/raw/2020/a.csv", digest(path), ABC)
    assert "recount seal 2020" in finding.mend


def test_the_seal_of_a_wave_is_its_source_or_its_line(tmp_path: Path) -> None:
    wave = {"export": "data/raw/2020/a.csv", "design": "census"}
    source = {**wave, "source": {"url": "https://example.org/a.csv", "sha256": EMPTY}}
    settings = Settings.declared_in(
        "config.yaml",
        {"title": "t", "waves": {"2020": wave, "2022": source}, "paper": {"wave": "2020"}},
    )
    (tmp_path / "SHA256SUMS").write_text(f"{ABC}  data/raw/2020/a.csv\n", encoding="utf-8")
    seals = str(tmp_path / "SHA256SUMS")
    assert seal_of(settings, "2020", file=seals) == ABC
    assert seal_of(settings, "2022", file=seals) == EMPTY
    with pytest.raises(ExportError, match="not sealed"):
        seal_of(settings, "2020", file=str(tmp_path / "none"))


SETTINGS = Settings.model_validate(
    {
        "title": "t",
        "waves": {
            "2018": {"export": "data/raw/2018/a.csv", "design": "census"},
            "2022": {
                "export": "data/raw/2022/c.csv",
                "design": "census",
                "source": {"url": "https://example.org/c.csv", "sha256": EMPTY},
            },
        },
        "paper": {"wave": "2018"},
    }
)


@pytest.fixture
def seals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of seals in a study that keeps two exports, in the current folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("2018/a.csv", "2020/b.csv"):
        (tmp_path / "data" / "raw" / name).parent.mkdir(parents=True)
        (tmp_path / "data" / "raw" / name).write_bytes(b"abc")
    return tmp_path / "data" / "raw" / "SHA256SUMS"


def test_sealing_a_wave_keeps_the_seals_of_the_others(seals: Path) -> None:
    seals.write_text(f"{EMPTY}  2020/b.csv\n", encoding="utf-8")
    line = write_seal(SETTINGS, "2018")
    assert line == f"{ABC}  2018/a.csv"
    assert seals.read_text(encoding="utf-8").splitlines() == [line, f"{EMPTY}  2020/b.csv"]
    assert seal_of(SETTINGS, "2018") == ABC


@pytest.mark.parametrize("name", ["2018/a.csv", "data/raw/2018/a.csv"])
def test_sealing_another_file_says_which_seal_it_replaces(seals: Path, name: str) -> None:
    seals.write_text(f"{EMPTY}  {name}\n", encoding="utf-8")
    assert write_seal(SETTINGS, "2018") == f"{ABC}  2018/a.csv replaces e3b0c4..."
    assert write_seal(SETTINGS, "2018") == f"{ABC}  2018/a.csv"
    assert seals.read_text(encoding="utf-8") == f"{ABC}  2018/a.csv\n"


def test_seals_of_files_that_are_gone_are_told_and_kept(seals: Path) -> None:
    seals.write_text(f"{EMPTY}  2018/old.csv\n{EMPTY}  2020/b.csv\n{EMPTY}  data/raw/2020/b.csv\n", encoding="utf-8")
    told = write_seal(SETTINGS, "2018").splitlines()
    assert told[1:] == ["no such file any more: 2018/old.csv; remove its line from data/raw/SHA256SUMS"]
    assert "2018/old.csv" in read_seals(seals.read_text(encoding="utf-8"))


def test_a_wave_that_the_study_does_not_have_cannot_be_sealed() -> None:
    with pytest.raises(ExportError, match=r"^config\.yaml, waves: '2081': there is no such wave") as error:
        write_seal(SETTINGS, "2081")
    assert "did you mean '2018'" in error.value.findings[0].expected


def test_a_wave_that_the_study_fetches_has_its_seal_in_the_settings() -> None:
    with pytest.raises(ExportError, match=r"^config\.yaml, waves\.2022\.source: the study fetches"):
        write_seal(SETTINGS, "2022")
