import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from recount.errors import ExportError
from recount.ingest.detect import layout_of
from recount.ingest.raw import RawExport
from recount.ingest.read import read_export

Read = Callable[..., RawExport]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", r"\.xls"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>", "XML"),
        (b"<!DOCTYPE html><title>Log in</title>", "login"),
        (b"PK\x03\x04broken", "damaged"),
    ],
)
def test_what_is_no_export_is_told(read: Read, content: bytes, told: str) -> None:
    with pytest.raises(ExportError, match=told) as error:
        read(content)
    assert error.value.findings[0].mend


def test_an_archive_is_told_with_what_it_holds(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export", "w") as archive:
        archive.writestr("responses.csv", "a,b\n")
    with pytest.raises(ExportError, match=r"responses\.csv"):
        read_export(tmp_path / "export", name="export.csv")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="no such file"):
        read_export(tmp_path / "nothing", name="export.csv")
    with pytest.raises(ExportError, match="no such file"):
        read_export(tmp_path, name="raw")


@pytest.mark.parametrize("form", ["spss", "stata", "excel"])
def test_a_format_that_the_bytes_contradict_is_told(read: Read, form: str) -> None:
    with pytest.raises(ExportError, match=f"not {form}"):
        read("a,b\n1,2\n", format=form)


def test_the_content_counts_and_not_the_name(data: Path) -> None:
    got = read_export(data / "fixtures/spss/haven_umlauts.sav", name="export.csv")
    assert got.format == "spss"


@pytest.mark.parametrize(
    ("head", "form", "reason"),
    [
        ([["id", "submitdate", "lastpage"]], "limesurvey", "LimeSurvey"),
        ([["Respondent ID", "Q1"]], "surveymonkey", "Respondent ID"),
        ([["V1", "Q1"], ["ResponseID", "Why?"]], "qualtrics-legacy", "V1, V2"),
        ([["a", "b"], ["a", "b"], ['{"ImportId":"QID1"}', ""]], "qualtrics", "row 3"),
        ([["record_id", "consent"]], "csv", "nothing in its header"),
    ],
)
def test_a_layout_is_recognised_and_says_why(head: list[list[str]], form: str, reason: str) -> None:
    got = layout_of(head, format="auto", header_rows=None)
    assert got.format == form
    assert reason in got.reason


def test_what_the_author_sets_wins_and_is_the_reason() -> None:
    got = layout_of([["Respondent ID", "Q1"]], format="csv", header_rows=2)
    assert (got.format, got.header_rows) == ("csv", 2)
    assert "config.yaml" in got.reason


QUALTRICS = [["Status", "Q1"], ["Response Type", "Why?"], ['{"ImportId":"status"}', '{"ImportId":"QID1"}'], ["0", "x"]]
LEGACY = [["V1", "Q1"], ["ResponseID", "Why?"], ["R_1", "x"]]
MONKEY = [["Respondent ID", "Which?"], ["", "Response"], ["101", "A"]]
LIME = [["id", "submitdate", "lastpage"], ["1", "2020-01-01", "7"]]


@pytest.mark.parametrize(
    ("head", "form", "rows", "looks", "key"),
    [
        (QUALTRICS, "csv", None, "qualtrics", "format"),
        (QUALTRICS, "surveymonkey", None, "qualtrics", "format"),
        (QUALTRICS, "excel", 1, "qualtrics", "format"),
        (QUALTRICS, "qualtrics-legacy", None, "qualtrics", "format"),
        (QUALTRICS, "auto", 1, "qualtrics", "header_rows"),
        (LEGACY, "csv", None, "qualtrics-legacy", "format"),
        (LEGACY, "qualtrics", None, "qualtrics-legacy", "format"),
        (MONKEY, "csv", None, "surveymonkey", "format"),
        (MONKEY, "qualtrics", None, "surveymonkey", "format"),
        (LIME, "qualtrics", None, "limesurvey", "format"),
        (LIME, "surveymonkey", None, "limesurvey", "format"),
    ],
)
def test_a_format_that_the_header_contradicts_is_told_as_what_it_looks_like(
    head: list[list[str]], form: str, rows: int | None, looks: str, key: str
) -> None:
    with pytest.raises(ExportError, match=f"this looks like {looks} ") as error:
        layout_of(head, format=form, header_rows=rows, file="export.csv")
    finding = error.value.findings[0]
    assert (finding.file, finding.key) == ("export.csv", key)
    assert finding.expected.startswith(f"format: {looks}, ")
    assert "format: auto" in finding.mend


def test_qualtrics_of_a_plain_file_is_told_as_plain() -> None:
    with pytest.raises(ExportError, match="this looks like csv"):
        layout_of([["a", "b"], ["1", "2"]], format="qualtrics", header_rows=None)


@pytest.mark.parametrize(
    ("head", "form", "rows"),
    [(QUALTRICS, "csv", 3), (MONKEY, "csv", 1), (LIME, "csv", None), (LIME, "surveymonkey", 1), (LEGACY, "csv", 1)],
)
def test_what_loses_nothing_or_was_asked_for_is_read(head: list[list[str]], form: str, rows: int | None) -> None:
    got = layout_of(head, format=form, header_rows=rows)
    assert (got.format, got.header_rows) == (form, rows or 1)
