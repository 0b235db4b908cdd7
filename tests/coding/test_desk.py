"""What the desk's pages carry, and what they must not."""

import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from recount.coding.answers import answer_hash
from recount.coding.desk.io import write_desk
from recount.coding.desk.keys import keys_of
from recount.coding.desk.languages import languages_of
from recount.coding.desk.model import adjudicator_model, coder_model
from recount.coding.desk.page import SCRIPTS, STYLES, TEMPLATE, desk_page
from recount.coding.desk.scripts import script_of
from recount.coding.lines import answers_of
from recount.page.io import read_assets
from recount.page.seal import seal
from recount.study.instrument import Instrument
from recount.study.versions import Versions
from tests.coding.desked import ASSETS, CODERS, SUGGESTIONS, TEXTS, desk_of
from tests.coding.hand_built import CODEBOOK, INSTRUMENT, ROOT, VERSIONS, WAVE, clean_of, ruling


def test_a_code_has_the_first_free_letter_of_its_name() -> None:
    codes = ["funding", "staff", "strategy", "fund", "ff"]
    assert keys_of(codes) == {"funding": "f", "staff": "s", "strategy": "t", "fund": "u", "ff": "a"}


def test_a_code_keeps_its_key_when_others_are_added_below() -> None:
    before = keys_of(["law", "lobby"])
    assert keys_of(["law", "lobby", "legacy"]) == {**before, "legacy": "e"}


@given(st.lists(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True), unique=True, max_size=60))
def test_no_two_codes_have_one_key_and_none_has_a_digit(codes: list[str]) -> None:
    got = [key for key in keys_of(codes).values() if key]
    assert len(got) == min(len(codes), 52) == len(set(got))
    assert all(key.isalpha() for key in got)


@pytest.mark.parametrize(
    ("text", "exp"),
    [
        ("No money", "Latin script"),
        ("没有预算 (GDP)", "Chinese characters"),
        ("予算がない", "Japanese script"),
        ("예산이 없다", "Korean script"),
        ("لا توجد ميزانية", "Arabic script"),
        ("нет денег, ok", "Cyrillic script"),
        ("50% & rising", "Latin script"),
        ("1) 2) ...", ""),
    ],
)
def test_the_script_of_an_answer_is_that_of_most_of_its_letters(text: str, exp: str) -> None:
    assert script_of(text) == exp


def test_where_a_question_tells_the_language_it_is_taken_from_there() -> None:
    spoken = {"id": "spoken", "label": "spoken", "text": "spoken", "type": "single", "waves": {WAVE: {"column": "l"}}}
    languages = [{"id": "es", "label": "Spanish"}, {"id": "fr", "label": "French"}]
    content = INSTRUMENT.model_dump(mode="json")
    content["questions"].append({**spoken, "categories": languages})
    clean = clean_of(obstacles=["no hay", None, "rien", "nada"]).assign(spoken=pd.Categorical(["es", "fr", "fr", None]))
    answers = answers_of(clean, "obstacles")
    got = languages_of(clean, answers, Instrument.declared_in("instrument.yaml", content), "spoken")
    assert got == ["Spanish", "French", ""]


def test_the_page_of_a_coder_carries_answers_and_codebook_and_nothing_of_what_others_gave(tmp_path: Path) -> None:
    coders = {"zoe": CODERS["ann"].assign(note="a telling note"), "yves": CODERS["ben"]}
    folder = tmp_path / "coding"
    (folder / WAVE).mkdir(parents=True)
    for name, sheet in coders.items():
        sheet.to_csv(folder / WAVE / f"obstacles.{name}.csv", index=False)
    pages = SimpleNamespace(desk=tmp_path / "desk.html", adjudication=tmp_path / "adjudication.html")
    write_desk(desk_of(TEXTS), pages, folder=str(folder), questions=["obstacles"], assets=ASSETS)
    desk, adjudication = (page.read_text(encoding="utf-8") for page in (pages.desk, pages.adjudication))
    for told in ("zoe", "yves", "a telling note"):
        assert told not in desk
        assert told in adjudication
    assert [each["text"] for each in carried(desk)["answers"]] == [text for text in TEXTS if text]
    assert set(carried(desk)) & {"coders", "adjudication"} == set()


def carried(page: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(BeautifulSoup(page, "html.parser").find(id="desk-data").string)
    return found


def test_the_page_of_who_adjudicates_carries_lines_that_say_something_with_answers_that_have_changed() -> None:
    coders = {"ann": pd.concat([CODERS["ann"], CODERS["ann"].tail(1).assign(respondent="R2", codes="", note=" ")])}
    made = adjudicator_model(desk_of(TEXTS), coders, ruling({"R0": ("No mony", "law")}))
    assert [(row["respondent"], row["codes"], row["answer"]) for row in made["coders"]["ann"]] == [
        ("R0", ["funding"], ""),
        ("R1", ["staff"], ""),
    ]
    exp = {"respondent": "R0", "codes": ["law"], "by": "chair", "why": "the codebook says so"}
    assert made["adjudication"] == [{**exp, "sha256": answer_hash("No mony"), "answer": "No mony", "version": ""}]


def test_the_pages_say_which_codes_open_lines_of_an_earlier_version_again_and_what_changed() -> None:
    exp = {"funding": [{"field": "definition", "before": "another one", "after": "funding"}]}
    assert coder_model(desk_of(TEXTS, versions=VERSIONS))["reopened"] == {"": exp, "1.1": exp}
    assert coder_model(desk_of(TEXTS, versions=Versions((CODEBOOK,))))["reopened"] == {}
    ann = CODERS["ann"].assign(codebook_version="1.1")
    made = adjudicator_model(desk_of(TEXTS, versions=VERSIONS), {"ann": ann}, None)
    assert {row["version"] for row in made["coders"]["ann"]} == {"1.1"}


def test_suggestions_stand_best_first_for_answers_as_they_are_and_codes_that_there_are() -> None:
    made = coder_model(desk_of(TEXTS, suggestions=SUGGESTIONS.iloc[::-1]))
    assert [(each["respondent"], each["code"], each["score"]) for each in made["suggestions"]] == [
        ("R0", "funding", "0.91"),
        ("R0", "staff", "0.4"),
    ]


def test_a_code_is_suggested_once_with_all_that_speaks_for_it() -> None:
    first = coder_model(desk_of(TEXTS, suggestions=SUGGESTIONS))["suggestions"][0]
    assert [tuple(reason.values()) for reason in first["reasons"]] == [
        ("keywords", "0.91", "money"),
        ("keywords", "", "travel"),
    ]


def test_who_adjudicates_is_shown_no_suggestions() -> None:
    assert adjudicator_model(desk_of(TEXTS, suggestions=SUGGESTIONS), {}, None)["suggestions"] == []


@pytest.mark.parametrize("codebook", [None, "other"])
def test_a_question_without_codes_has_its_desk(codebook: str | None) -> None:
    desk = desk_of(TEXTS)
    without = desk.codebook and desk.codebook.model_copy(update={"questions": {}}) if codebook else None
    assert coder_model(replace(desk, codebook=without))["codes"] == []


def test_the_policy_admits_the_pages_own_style_and_script_alone() -> None:
    desk = desk_of(["</script><script>alert(1)</script>"], study="<b>&", simulated=True)
    found = BeautifulSoup(desk_page(desk, coder_model(desk), read_assets(ASSETS)), "html.parser")
    policy = found.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert f"style-src '{seal(found.style.string)}'" in policy
    assert f"script-src '{seal(found.find_all('script')[1].string)}'" in policy
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
    assert len(found.find_all("script")) == 2
    assert found.header.p.string == "<b>&, Survey of 2020"
    assert not found.find_all(["link", "iframe", "object", "embed", "base", "form", "b"])
    assert not [name for each in found.find_all(True) for name in each.attrs if name[:2] == "on" or name == "style"]
    assert "simulated" in found.find("aside", class_="notice").get_text()


def test_the_page_is_made_of_all_scripts_and_styles_that_there_are() -> None:
    there = {path.name for path in (ROOT / "report/desk").iterdir()}
    assert there | {"element.js", "letters.js"} == {*SCRIPTS, *STYLES, TEMPLATE}


def test_every_key_that_the_desk_knows_is_in_its_help_and_in_the_docs() -> None:
    keys = (ROOT / "report/desk/keys.js").read_text(encoding="utf-8")
    known = set(re.findall(r'^  "(.)": \(', keys, flags=re.MULTILINE)) | set(re.findall(r"(\w+): \(\) =>", keys))
    assert known >= {"/", ".", "=", "?", "Enter", "Delete", "ArrowRight"}
    signs = {"ArrowRight": "→", "ArrowLeft": "←"}
    helped = (ROOT / "report/desk/desk.html").read_text(encoding="utf-8")
    told = (ROOT / "docs/coding.md").read_text(encoding="utf-8")
    for key in known:
        assert f"<kbd>{signs.get(key, key)}</kbd>" in helped
        assert f"`{signs.get(key, key)}`" in told
