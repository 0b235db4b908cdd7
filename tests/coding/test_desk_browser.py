"""The coding desk in a browser, from disk and without a network: what a coding team must be able to rely on."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser

from recount.coding.io import read_codings, write_text
from recount.coding.lines import answers_of
from recount.coding.second import sheet_of
from recount.ingest.guard import guarded
from tests.coding.desked import (
    CHROMIUM,
    CODERS,
    NO_PICKER,
    QUESTION,
    SUGGESTIONS,
    TEXTS,
    Person,
    Sits,
    adjudicator_page,
    coded_by_files,
    coder_page,
    desk_of,
    faults,
    rows_of,
)
from tests.coding.hand_built import VERSIONS, WAVE, clean_of, decisions, problems

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine"),
    pytest.mark.xdist_group("browser"),
]
HOSTILE = (
    "</script><img src=x onerror=\"document.title='taken'\"><b>b</b>\u202e\x01[a](javascript:alert(1))",
    '=HYPERLINK("http://example.org")',
    " =1+1",
    "'=1+1",
    "-1 is too little",
    'a "quoted", answer;\ttabbed\r\nand\nlonger',
    "<!--<script>",
    "＠SUM(A1)",
)


def test_ten_answers_coded_by_keyboard_are_what_the_pipeline_reads(sits: Sits, tmp_path: Path) -> None:
    ann = sits()
    ann.press("f", "Enter", "s", "Enter", "l", "Enter", "f", "s")
    ann.note("which of the two first?")
    ann.press("Enter", "f", "s", "Control+z", "Enter", "f", "Enter", "f", "Enter", "l", "Enter", "f", "0", "Enter", "s")
    assert ann.page.inner_text("#desk-done") == "10 of 10 coded"
    got = coded_by_files(ann.save(tmp_path).parents[1], TEXTS)
    exp = {
        "R0": ["funding"],
        "R1": ["staff"],
        "R2": ["law"],
        "R4": ["funding", "staff"],
        "R5": ["funding"],
        "R6": ["funding"],
        "R7": ["funding"],
        "R8": ["law"],
        "R9": ["none"],
        "R10": ["staff"],
    }
    assert [row[:2] for row in decisions(got)] == [(name, code) for name, codes in exp.items() for code in codes]
    assert {row[2] for row in decisions(got)} == {"single coder"}
    assert got.uncoded.empty
    assert rows_of(tmp_path / WAVE / "obstacles.ann.csv")["R4"].note == "which of the two first?"


def test_what_is_done_survives_a_reload_and_a_new_tab_asks_who_goes_on(sits: Sits, tmp_path: Path) -> None:
    ann = sits()
    ann.press("f")
    ann.note("half a")
    ann.page.reload()
    ann.press("Enter", "ArrowLeft")
    assert (ann.at, ann.given, ann.page.input_value("#desk-note")) == ("R0", ["funding"], "half a")
    again = sits("", address=coder_page(tmp_path, desk_of(TEXTS)))
    again.press("Enter")
    assert again.page.inner_text("#desk-person .of-person") == "ann"
    assert again.page.inner_text("#desk-done") == "1 of 10 coded"


def test_who_opens_the_desk_after_another_codes_under_their_own_name_and_takes_nothing_away(
    sits: Sits, tmp_path: Path
) -> None:
    desk = sits("Ana")
    desk.press("f", "Enter", "s")
    desk.page.reload()
    desk.press("f", "s")
    assert desk.page.locator("#desk-people button").all_inner_texts() == ["Go on as Ana (2 answers)"]
    desk.sit("Ben")
    assert (desk.given, desk.told) == ([], "Ben codes: 0 answers on this desk.")
    desk.press("f", "l")
    assert {name: row.codes for name, row in rows_of(desk.save(tmp_path)).items() if row.codes} == {"R0": "funding;law"}
    desk.page.click("#desk-person")
    desk.page.click("text=Go on as Ana")
    assert desk.told == "Ana codes: 2 answers on this desk."
    desk.press("Control+z")
    assert desk.told == "Nothing to undo."
    rows = rows_of(desk.save(tmp_path))
    assert {name: row.codes for name, row in rows.items() if row.codes} == {"R0": "funding", "R1": "staff"}


def test_a_name_that_differs_from_anothers_in_capitals_alone_is_told_of(sits: Sits) -> None:
    sits("Ana").press("f")
    other = sits("ana")
    assert "Ana has worked here" in other.page.inner_text("#desk-name-fault")
    other.sit("Ana")
    assert other.told == "Ana codes: 1 answer on this desk."


def test_after_half_an_hour_without_a_key_the_desk_asks_who_codes_before_it_takes_one(
    sits: Sits, tmp_path: Path
) -> None:
    desk = sits("", address="about:blank")
    desk.page.clock.install()
    desk.page.goto(coder_page(tmp_path, desk_of(TEXTS)))
    desk.sit("Ana")
    desk.press("f")
    desk.page.clock.fast_forward("31:00")
    desk.press("f", "Escape")
    assert desk.page.is_visible("#desk-naming")
    desk.press("Enter")
    assert desk.given == ["funding"]
    desk.page.clock.fast_forward("31:00")
    box = desk.page.locator("#code-funding button").bounding_box()
    assert box is not None
    desk.page.mouse.click(box["x"] + 5, box["y"] + 5)
    desk.sit("Ben")
    assert desk.given == []
    desk.press("s")
    assert desk.given == ["staff"]


def test_a_file_of_another_name_is_loaded_only_by_whom_it_belongs_to(sits: Sits, tmp_path: Path) -> None:
    desk = sits("Ben")
    desk.press("s")
    file = desk.save(tmp_path).rename(tmp_path / "obstacles.Zoë.csv")
    desk.press("f")
    desk.page.set_input_files("#desk-file", file)
    assert desk.page.inner_text("#desk-whose-title") == "obstacles.Zoë.csv is Zoë's"
    assert faults(desk) == []
    desk.press("Enter")
    assert (desk.given, desk.told) == (
        ["funding", "staff"],
        "obstacles.Zoë.csv was not loaded: it is Zoë's, and Ben codes.",
    )
    desk.page.set_input_files("#desk-file", file)
    desk.page.click("text=I am Zoë: load it")
    desk.page.wait_for_function("() => document.getElementById('desk-told').textContent.includes('1 line taken')")
    assert (desk.page.inner_text(".of-person"), desk.page.inner_text("#desk-done")) == ("Zoë", "1 of 10 coded")
    desk.page.click("#desk-person")
    desk.page.click("text=Go on as Ben")
    desk.go("R0")
    assert desk.given == ["funding", "staff"]


def test_a_saved_file_is_loaded_again_and_saved_the_same(sits: Sits, browser: Browser, tmp_path: Path) -> None:
    ann = sits()
    ann.press("f", "s", "Enter", "0")
    ann.note("=1+1 is no formula")
    file = ann.save(tmp_path)
    elsewhere = browser.new_context()
    elsewhere.add_init_script(NO_PICKER)
    again = Person(elsewhere, ann.page.url)
    again.load(file)
    assert again.told == "obstacles.ann.csv: 2 lines taken."
    assert again.save(tmp_path / "again").read_bytes() == file.read_bytes()
    elsewhere.close()


def test_what_differs_between_file_and_desk_is_shown_and_a_person_chooses(sits: Sits, tmp_path: Path) -> None:
    ann = sits()
    ann.press("f", "Enter", "s")
    file = ann.save(tmp_path)
    ann.go("R0")
    ann.press("s")
    ann.go("R1")
    ann.press("l")
    ann.load(file)
    assert ann.page.inner_text("#desk-clash-title") == "obstacles.ann.csv: 2 answers differ from the desk"
    sides = ann.page.locator("#desk-clashes .side").all_inner_texts()
    assert [" ".join(side.split()) for side in sides[:2]] == ["On the desk: funding; staff", "In the file: funding"]
    ann.page.check("input[name=clash-1][value=file]")
    ann.page.click("#desk-settle")
    assert ann.given == ["staff"]
    ann.go("R0")
    assert ann.given == ["funding", "staff"]
    ann.press("Control+z")
    assert (ann.at, ann.given) == ("R1", ["staff", "law"])


def test_a_suggestion_counts_only_when_it_is_accepted_and_the_file_says_so(sits: Sits, tmp_path: Path) -> None:
    ann = sits(address=coder_page(tmp_path, desk_of(TEXTS, suggestions=SUGGESTIONS)))
    assert ann.given == []
    assert ann.page.locator(".suggestions li strong").all_inner_texts() == ["funding", "staff"]
    ann.press("1", "l", "Enter")
    assert ann.page.locator(".suggestions").count() == 0
    ann.press("s")
    rows = rows_of(ann.save(tmp_path))
    assert (rows["R0"].codes, rows["R0"].suggested) == ("funding;law", "funding:0.91")
    assert (rows["R1"].codes, rows["R1"].suggested) == ("staff", "")
    assert [row[1] for row in decisions(coded_by_files(tmp_path, TEXTS))] == ["funding", "law", "staff"]


def test_a_code_that_changed_its_meaning_is_open_again_at_the_desk_and_given_anew_under_the_version_in_force(
    sits: Sits, tmp_path: Path
) -> None:
    (tmp_path / WAVE).mkdir()
    told = CODERS["ann"].assign(suggested="")
    told.loc[0, "suggested"] = "funding:0.91"
    told.to_csv(tmp_path / WAVE / "obstacles.ann.csv", index=False)
    ann = sits(address=coder_page(tmp_path, desk_of(TEXTS, versions=VERSIONS)))
    ann.load(tmp_path / WAVE / "obstacles.ann.csv")
    assert "1 with codes that changed their meaning since" in ann.told
    assert (ann.at, ann.given) == ("R0", [])
    assert "funding, definition: “another one” became “funding”" in ann.page.inner_text(".reopened")
    rows = rows_of(ann.save(tmp_path / "unread"))
    assert [(rows[who].codes, rows[who].codebook_version) for who in ("R0", "R1", "R2")] == [
        ("funding", ""),
        ("staff", ""),
        ("", "1.2"),
    ]
    assert rows["R0"].suggested == "funding:0.91"
    assert problems(coded_by_files(tmp_path / "unread", TEXTS, versions=VERSIONS))["R0"] == "code changed its meaning"
    ann.press("=", "ArrowRight", "ArrowRight", "l")
    rows = rows_of(ann.save(tmp_path))
    assert [rows[who].codebook_version for who in ("R0", "R1", "R2")] == ["1.2", "", "1.2"]
    got = decisions(coded_by_files(tmp_path, TEXTS, versions=VERSIONS))
    assert [row[:2] for row in got] == [("R0", "funding"), ("R1", "staff"), ("R2", "law")]


def test_codes_that_changed_their_meaning_are_no_disagreement_and_a_decision_bears_its_version(
    sits: Sits, tmp_path: Path
) -> None:
    ann = CODERS["ann"].assign(codebook_version="1.2")
    desk = desk_of(TEXTS, versions=VERSIONS)
    chair = sits("dan", address=adjudicator_page(tmp_path, desk, {**CODERS, "ann": ann}))
    assert chair.page.inner_text("#desk-done") == "0 of 0 decided"
    assert "coded when a code meant something else: funding; staff" in chair.page.inner_text(".coders")
    chair.press("f")
    row = rows_of(chair.save(tmp_path))["R0"]
    assert (row.codes, row.by, row.codebook_version) == ("funding", "dan", "1.2")


def test_the_sheet_of_a_second_coder_is_loaded_shown_alone_and_saved_with_its_rows(
    sits: Sits, browser: Browser, tmp_path: Path
) -> None:
    answers = answers_of(clean_of(obstacles=TEXTS), QUESTION)
    sheet = sheet_of(answers, np.array([1, 4, 7]), "1.2")
    (tmp_path / WAVE).mkdir()
    write_text(sheet, tmp_path / WAVE / "obstacles.ben.csv")
    address = coder_page(tmp_path, desk_of(TEXTS, versions=VERSIONS))
    ben = sits("ben", address=address)
    ben.load(tmp_path / WAVE / "obstacles.ben.csv")
    assert ben.told.startswith("obstacles.ben.csv: a sheet of 3 answers, which alone are listed")
    assert (ben.listed, ben.at) == (["R1", "R5", "R8"], "R1")
    unread = read_codings(ben.save(tmp_path / "unread").parents[1], WAVE, [QUESTION])[0][QUESTION]["ben"]
    assert unread[[*sheet]].to_dict("records") == sheet.to_dict("records")
    ben.press("s", "Enter", "f")
    assert ben.page.inner_text("#desk-done") == "2 of 3 coded"
    file = ben.save(tmp_path)
    elsewhere = browser.new_context()
    elsewhere.add_init_script(NO_PICKER)
    again = Person(elsewhere, address, "ben")
    again.load(file)
    assert (again.listed, again.page.inner_text("#desk-done")) == (["R1", "R5", "R8"], "2 of 3 coded")
    assert again.save(tmp_path / "again").read_bytes() == file.read_bytes()
    elsewhere.close()
    assert [row[0] for row in decisions(coded_by_files(tmp_path, TEXTS, versions=VERSIONS))] == ["R1", "R5"]
    ann = sits("ann", address=address)
    assert len(ann.listed) == len(answers.texts)


def test_who_adjudicates_sees_the_coders_side_by_side_and_the_pipeline_takes_the_decision(
    sits: Sits, tmp_path: Path
) -> None:
    chair = sits("The chair", address=adjudicator_page(tmp_path, desk_of(TEXTS), CODERS))
    assert chair.listed == ["R0"]
    assert chair.page.locator(".coder h3").all_inner_texts() == ["ann", "ben"]
    assert chair.page.locator(".differing").all_inner_texts() == ["staff"]
    chair.press("2")
    assert chair.given == ["funding", "staff"]
    chair.press("f")
    chair.note("it says nothing of money")
    file = chair.save(tmp_path)
    for name, sheet in CODERS.items():
        sheet.to_csv(file.parent / f"{QUESTION}.{name}.csv", index=False)
    assert file.name == "obstacles.adjudication.csv"
    row = rows_of(file)["R0"]
    assert (row.codes, row.by, row.why) == ("staff", "The chair", "it says nothing of money")
    got = coded_by_files(tmp_path, TEXTS)
    assert decisions(got) == [("R0", "staff", "adjudication"), ("R1", "staff", "agreement")]


def test_a_coders_file_can_be_laid_beside_the_others(sits: Sits, tmp_path: Path) -> None:
    chair = sits("dan", address=adjudicator_page(tmp_path, desk_of(TEXTS), {"ann": CODERS["ann"]}))
    assert chair.page.inner_text("#desk-done") == "0 of 0 decided"
    CODERS["ben"].to_csv(tmp_path / "obstacles.ben.csv", index=False)
    chair.load(tmp_path / "obstacles.ben.csv")
    assert chair.page.inner_text("#desk-done") == "0 of 1 decided"


def test_hostile_answers_are_text_on_the_page_and_in_the_file(sits: Sits, tmp_path: Path) -> None:
    answers: list[str | None] = [text.strip() for text in HOSTILE]
    ann = sits(address=coder_page(tmp_path, desk_of(answers)))
    for text in HOSTILE:
        ann.press("f")
        ann.note(text)
        ann.press("Enter")
    assert ann.page.title().startswith("Code: obstacles")
    assert ann.page.locator("img, b, a[href^=javascript]").count() == 0
    ann.go("R0")
    assert ann.page.locator(".text .unseen").all_inner_texts() == ["U+202E", "U+0001"]
    file = ann.save(tmp_path)
    rows = rows_of(file)
    assert [row.answer for row in rows.values()] == answers
    # What a field of the browser takes in has one kind of line end.
    assert [row.note for row in rows.values()] == [text.replace("\r\n", "\n") for text in HOSTILE]
    plain = pd.read_csv(file, dtype="str", keep_default_na=False)
    for column in ("answer", "note"):
        exp = guarded(pd.Series([getattr(row, column) for row in rows.values()], dtype="str"))
        assert plain[column].str.replace("\r\n", "\n").tolist() == exp.str.replace("\r\n", "\n").tolist()
    assert len(decisions(coded_by_files(tmp_path, answers))) == len(HOSTILE)


def test_axe_finds_nothing_against_the_desk(sits: Sits, tmp_path: Path) -> None:
    ann = sits("", address=coder_page(tmp_path, desk_of(TEXTS, suggestions=SUGGESTIONS, simulated=True)))
    assert faults(ann) == []
    ann.sit("ann")
    ann.press("f")
    assert faults(ann) == []
    ann.press("?")
    assert faults(ann) == []
