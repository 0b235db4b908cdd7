"""Longer walks at the coding desk: filters, files, suggestions, keys, screens of every size."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from tests.coding.desked import (
    CHROMIUM,
    CODERS,
    SUGGESTIONS,
    TEXTS,
    Sits,
    adjudicator_page,
    coded_by_files,
    coder_page,
    desk_of,
    faults,
    rows_of,
)
from tests.coding.hand_built import decisions, lines, problems, ruling

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine"),
    pytest.mark.xdist_group("browser"),
    pytest.mark.workflow,
]
# A picker that gives one file, kept in the page: the browser's own asks a person.
PICKER = """
(() => {
globalThis.disk = { text: "", asked: 0, written: 0 };
globalThis.showSaveFilePicker = async ({ suggestedName }) => {
  disk.asked += 1;
  return { name: suggestedName, getFile: async () => new Blob([disk.text]), createWritable: async () => {
    let text = "";
    return { write: async (part) => { text += part; }, close: async () => { disk.text = text; disk.written += 1; } };
  } };
};
})();
"""


def test_two_tabs_of_one_coder_follow_each_other_and_another_coder_sees_nothing(sits: Sits) -> None:
    first, second, other = sits(), sits(), sits("ben")
    first.press("f")
    second.page.wait_for_function("() => document.getElementById('desk-done').textContent === '1 of 10 coded'")
    assert other.page.inner_text("#desk-done") == "0 of 10 coded"


def test_undo_and_redo_go_to_the_answer_that_they_are_about_whatever_is_in_the_list(sits: Sits) -> None:
    ann = sits()
    ann.press("f", "Enter", "s", "Enter")
    ann.page.select_option("#desk-state", "open")
    assert "R1" not in ann.listed
    ann.press("Escape", "Control+z")
    assert (ann.at, ann.given) == ("R1", [])
    assert ann.told == "Undone: staff given to R1."
    ann.press("Control+z")
    assert (ann.at, ann.given) == ("R0", [])
    ann.press("Control+y", "Control+Shift+z")
    assert (ann.at, ann.given) == ("R1", ["staff"])


def test_a_note_is_undone_as_a_whole(sits: Sits) -> None:
    ann = sits()
    ann.note("one word after the other")
    ann.press("Control+z")
    assert ann.page.input_value("#desk-note") == ""


def test_codes_of_an_answer_that_was_edited_since_are_open_again(sits: Sits, tmp_path: Path) -> None:
    file = tmp_path / "old" / "obstacles.ann.csv"
    file.parent.mkdir()
    sheet = lines({"R0": ("No mony for travel", "funding;law"), "R1": ("Too few people", "staff")}, note="")
    sheet.to_csv(file, index=False)
    ann = sits()
    ann.load(file)
    assert "1 of answers that were edited since: they are open again" in ann.told
    assert ann.page.inner_text("#desk-done") == "1 of 10 coded"
    assert problems(coded_by_files(ann.save(tmp_path).parents[1], TEXTS))["R0"] == "edited after coding"
    ann.page.select_option("#desk-state", "stale")
    assert ann.listed == ["R0"]
    ann.page.click("summary:has-text('The answer as it was')")
    assert "No mony for travel" in ann.page.inner_text(".reopened")
    ann.press("Escape", "=")
    assert ann.given == ["funding", "law"]
    assert ("R0", "law", "single coder") in decisions(coded_by_files(ann.save(tmp_path).parents[1], TEXTS))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("obstacles.rule.csv", "respondent,answer_sha256,answer,codes,note\n", "keeps for itself"),
        ("wishes.ann.csv", "respondent,answer_sha256,answer,codes,note\n", "This desk is for obstacles"),
        ("obstacles.adjudication.csv", "respondent,answer_sha256,answer,codes,by,why\n", "what others decided"),
        ("obstacles.ann.csv", "respondent,codes\n", "lacks the column answer_sha256"),
        ("obstacles.ann.csv", 'respondent,answer_sha256,answer,codes,note\nR0,x,"open', "never closed"),
        ("obstacles.ann.csv", "city\nR0\n", "no column respondent"),
        ("obstacles.ann.csv", "respondent\ncaf\xe9\n", "not UTF-8"),
    ],
    ids=["a program's", "another question's", "the adjudicator's", "columns", "quotes", "no table", "encoding"],
)
def test_a_file_that_does_not_belong_here_is_refused(
    sits: Sits, tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).write_bytes(content.encode("latin-1"))
    ann = sits()
    ann.load(tmp_path / name)
    assert said in ann.warned
    assert ann.page.inner_text("#desk-done") == "0 of 10 coded"


def test_with_a_picker_of_files_the_first_save_asks_where_and_the_next_does_not(sits: Sits) -> None:
    ann = sits()
    ann.page.evaluate(PICKER)
    ann.press("f", "Control+s")
    ann.page.wait_for_function("() => disk.written === 1")
    ann.press("Enter", "s", "Control+s")
    ann.page.wait_for_function("() => disk.written === 2")
    assert ann.page.evaluate("[disk.asked, disk.text.split('\\n').length]") == [1, 12]


@pytest.mark.parametrize("name", ["obstacles.ben.csv", "wishes.ann.csv", "obstacles.adjudication.csv"])
def test_the_name_of_anothers_file_is_refused_when_saving(sits: Sits, name: str) -> None:
    ann = sits()
    ann.page.evaluate(PICKER.replace("name: suggestedName", f"name: '{name}'"))
    ann.press("f", "Control+s")
    ann.page.wait_for_selector("#desk-troubles p")
    assert f"{name} is the name of another's file; yours is obstacles.ann.csv" in ann.warned
    assert ann.page.evaluate("disk.written") == 0
    assert "due" in str(ann.page.get_attribute("#desk-save", "class"))


def test_an_adjudicator_is_told_who_decided_here_before(sits: Sits, tmp_path: Path) -> None:
    chair = sits("dan", address=adjudicator_page(tmp_path, desk_of(TEXTS), CODERS))
    chair.press("1")
    other = sits("eve", address=chair.page.url)
    assert "dan decided here too: load that file" in other.told


def test_a_file_with_work_that_the_desk_has_not_seen_is_not_written_over(sits: Sits) -> None:
    ann = sits()
    ann.page.evaluate(PICKER)
    theirs = lines({"R1": ("Too few people", "law")}, note="").to_csv(index=False)
    ann.page.evaluate("text => { disk.text = text; }", theirs)
    ann.press("f", "Control+s")
    ann.page.wait_for_selector("#desk-troubles p")
    assert "nothing was written over" in ann.warned
    assert ann.page.evaluate("disk.written") == 0
    assert ann.page.inner_text("#desk-done") == "2 of 10 coded"
    ann.page.click("#desk-troubles button")
    ann.press("Control+s")
    ann.page.wait_for_function("() => disk.written === 1")
    assert "law" in ann.page.evaluate("disk.text")


def test_a_browser_that_keeps_nothing_is_told_of(context: BrowserContext, sits: Sits) -> None:
    context.add_init_script("Storage.prototype.setItem = () => { throw new Error('no room'); };")
    ann = sits()
    assert "does not keep your work" in ann.warned
    ann.press("f")
    assert ann.given == ["funding"]
    ann.page.click("#desk-person")
    ann.sit("ben")
    assert ann.given == []
    ann.page.click("#desk-person")
    ann.sit("ann")
    assert ann.page.inner_text("#desk-done") == "1 of 10 coded"


def test_a_code_is_no_accepted_suggestion_where_none_was_shown_or_it_was_taken_back(sits: Sits, tmp_path: Path) -> None:
    ann = sits(address=coder_page(tmp_path, desk_of(TEXTS, suggestions=SUGGESTIONS)))
    ann.press("2", "s")
    ann.page.uncheck("#desk-suggesting")
    ann.press("Escape", "f")
    assert "suggested" not in vars(rows_of(ann.save(tmp_path))["R0"])


def test_decisions_of_before_stay_in_the_adjudicators_file(sits: Sits, tmp_path: Path) -> None:
    before = ruling({"R0": ("No money for travel", "law"), "R99": ("gone", "staff")}, by="cleo")
    chair = sits("dan", address=adjudicator_page(tmp_path, desk_of(TEXTS), CODERS, before))
    assert chair.listed == ["R0"]
    rows = rows_of(chair.save(tmp_path))
    assert {name: (row.codes, row.by) for name, row in rows.items()} == {
        "R0": ("law", "cleo"),
        "R99": ("staff", "cleo"),
    }
    chair.press("1")
    assert "In the file when this page was built: law, by cleo" in chair.page.inner_text(".coders")
    assert rows_of(chair.save(tmp_path))["R0"].by == "dan"


def test_filters_and_search_say_how_many_answers_are_left(sits: Sits) -> None:
    ann = sits()
    ann.press("f", "/")
    ann.page.keyboard.type("DINÉRO")
    assert (ann.listed, ann.told) == (["R5"], "1 answer in the list.")
    ann.page.fill("#desk-words", "nowhere")
    assert ann.told == "No answer fits."
    ann.page.fill("#desk-words", "")
    ann.page.select_option("#desk-language", "Arabic script")
    assert ann.listed == ["R7"]
    ann.page.select_option("#desk-language", "")
    ann.page.select_option("#desk-code", "funding")
    assert ann.listed == ["R0"]


def test_a_sheet_of_respondents_is_a_sample_to_code(sits: Sits, tmp_path: Path) -> None:
    (tmp_path / "sample.csv").write_text("question,respondent\nobstacles,R2\nwishes,R0\nobstacles,R8\n")
    ann = sits()
    ann.load(tmp_path / "sample.csv")
    assert ann.listed == ["R2", "R8"]
    assert ann.page.inner_text("#desk-done") == "0 of 2 coded"


def test_keys_of_one_letter_can_be_switched_off(sits: Sits) -> None:
    ann = sits()
    ann.press("?")
    ann.page.uncheck("#desk-single")
    ann.press("Escape", "f")
    assert ann.given == []
    ann.press("ArrowRight")
    assert ann.at == "R1"


@pytest.mark.parametrize(("name", "said"), [("a.b", "Letters"), ("rule", "keeps for itself"), ("", "Give a name")])
def test_a_name_that_the_pipeline_cannot_take_is_told_at_once(sits: Sits, name: str, said: str) -> None:
    ann = sits("")
    ann.sit(name)
    assert said in ann.page.inner_text("#desk-name-fault")
    ann.press("Escape", "f")
    assert ann.page.is_visible("#desk-naming")


def test_a_long_answer_is_folded_and_one_from_right_to_left_runs_so(sits: Sits, tmp_path: Path) -> None:
    ann = sits(address=coder_page(tmp_path, desk_of(["long " * 20_000, "لا توجد ميزانية"])))
    text = ann.page.locator(".text")
    assert len(text.inner_text()) < 2_000
    ann.page.click("text=Show all 100,000 letters")
    assert len(text.inner_text()) == 100_000
    ann.press("ArrowRight")
    assert text.evaluate("each => getComputedStyle(each).direction") == "rtl"


def test_of_two_thousand_answers_only_those_in_sight_are_built(sits: Sits, tmp_path: Path) -> None:
    ann = sits(address=coder_page(tmp_path, desk_of([f"answer {n}" for n in range(2_000)])))
    assert ann.page.locator("[role=option]").count() < 40
    ann.page.focus("#desk-list")
    ann.press("End")
    assert ann.at == "R1999"
    assert ann.page.evaluate("document.activeElement.id") == "desk-list"
    assert ann.page.locator("[role=option]").count() < 40
    there = "document.getElementById(document.getElementById('desk-list').getAttribute('aria-activedescendant'))"
    assert "R1999" in ann.page.evaluate(f"{there}.textContent")
    ann.press("f")
    assert ann.page.inner_text("#desk-done") == "1 of 2,000 coded"


def test_the_list_is_what_is_printed(sits: Sits) -> None:
    ann = sits()
    ann.press("f")
    ann.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    ann.page.emulate_media(media="print")
    assert ann.page.is_hidden(".bench")
    assert ann.page.locator("#desk-printed tbody tr").count() == 10
    assert ann.page.inner_text("#desk-printed tbody tr >> nth=0").split("\t")[:3] == [
        "R0",
        "No money for travel",
        "funding",
    ]


def test_axe_finds_nothing_against_the_desk_in_the_dark(sits: Sits, tmp_path: Path) -> None:
    ann = sits(address=coder_page(tmp_path, desk_of(TEXTS, suggestions=SUGGESTIONS, simulated=True)))
    ann.page.emulate_media(color_scheme="dark")
    ann.press("f")
    assert faults(ann) == []
    ann.press("?")
    assert faults(ann) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_against_the_adjudicators_desk(sits: Sits, tmp_path: Path, scheme: str) -> None:
    chair = sits("dan", address=adjudicator_page(tmp_path, desk_of(TEXTS), CODERS))
    chair.page.emulate_media(color_scheme=scheme)
    chair.press("1")
    assert faults(chair) == []


def test_a_narrow_screen_shows_answer_and_codes_without_scrolling_sideways(sits: Sits) -> None:
    ann = sits()
    ann.page.set_viewport_size({"width": 390, "height": 800})
    assert ann.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert ann.page.is_hidden("#desk-rail")
    ann.page.click("#code-funding button")
    assert ann.given == ["funding"]
    ann.page.click("#desk-rail-open")
    ann.page.select_option("#desk-state", "coded")
    ann.go("R0")
    assert ann.page.is_hidden("#desk-rail")
    assert faults(ann) == []


def test_only_people_are_asked_whether_they_go_on(sits: Sits, tmp_path: Path) -> None:
    ann = sits(address=coder_page(tmp_path, desk_of(TEXTS, suggestions=SUGGESTIONS)))
    ann.page.uncheck("#desk-suggesting")
    (tmp_path / "sample.csv").write_text("respondent\nR2\n")
    ann.load(tmp_path / "sample.csv")
    other = sits("", address=ann.page.url)
    assert other.page.locator("#desk-people button").all_inner_texts() == ["Go on as ann (0 answers)"]


@pytest.mark.parametrize(("key", "code"), [("а", "KeyF"), ("F", "KeyF"), ("&", "Digit1")])
def test_keys_are_found_on_keyboards_of_other_scripts_and_countries(
    sits: Sits, tmp_path: Path, key: str, code: str
) -> None:
    ann = sits(address=coder_page(tmp_path, desk_of(TEXTS, suggestions=SUGGESTIONS)))
    pressed = {"key": key, "code": code, "bubbles": True}
    ann.page.evaluate("pressed => document.body.dispatchEvent(new KeyboardEvent('keydown', pressed))", pressed)
    assert ann.given == ["funding"]
