"""The audit pages of whole studies: complete, sound, and small."""

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

pytestmark = pytest.mark.workflow

in_study = pytest.mark.xdist_group("study")
MILLION = 1_000_000


def pages(study: Path) -> tuple[dict[str, Any], BeautifulSoup]:
    found = BeautifulSoup((study / "results/audit/index.html").read_text(encoding="utf-8"), "lxml")
    content: dict[str, Any] = json.loads(found.find(id="audit-data").string)
    return content, found


def checks(content: dict[str, Any]) -> list[dict[str, Any]]:
    stages = ("raw", "cleaning", "coding", "estimating")
    found = [check for wave in content["waves"].values() for stage in stages for check in wave[stage]["checks"]]
    return [*found, *(check for figure in content["figures"] for check in figure["checks"]), *content["text"]["checks"]]


@in_study
def test_every_number_of_the_paper_leads_to_an_estimate_with_its_rows_and_its_sql(study: Path) -> None:
    content, page = pages(study)
    texts, estimates = content["texts"], content["estimates"]
    place = {texts[key]: number for number, key in enumerate(estimates["texts"]["key"])}
    ledger = json.loads((study / "results/paper/numbers.json").read_text(encoding="utf-8"))
    assert len(ledger["numbers"]) > 600
    for number in ledger["numbers"]:
        assert all(key in place for key in number["keys"]), number["id"]
        assert number["figure"] or page.find(id=number["id"]), number["id"]
    for key, row in ledger["estimates"].items():
        for part in ("numerator", "base"):
            traced = row["provenance"]["rows"][part]
            assert bool(texts[estimates["texts"][f"in_{part}"][place[key]]]) is (traced is not None), (key, part)
        assert estimates["values"]["sql"][place[key]], key


@in_study
def test_all_checks_of_the_study_hold_and_its_pages_stay_under_three_megabytes(study: Path) -> None:
    assert [check["says"] for check in checks(pages(study)[0]) if not check["holds"]] == []
    assert (study / "results/audit/index.html").stat().st_size < 3 * MILLION


def test_all_checks_of_a_survey_of_sixteen_hundred_hold_and_its_pages_stay_under_ten_megabytes(
    masculinity: Path,
) -> None:
    assert [check["says"] for check in checks(pages(masculinity)[0]) if not check["holds"]] == []
    assert (masculinity / "results/audit/index.html").stat().st_size < 10 * MILLION
