from collections.abc import Mapping
from typing import Any

import pytest

from recount.clean.wording import words
from recount.errors import StudyError
from recount.ingest.raw import Column, RawExport
from tests.clean.conftest import Study

ASKED = "How satisfied are you with the opening hours?"
OPTIONS = [{"id": "books", "label": "Books"}, {"id": "web", "label": "The web"}]


def export(study: Study, labels: Mapping[str, str], form: str = "qualtrics") -> RawExport:
    about = {name: Column(name, (name, label), label=label) for name, label in labels.items()}
    return study.export({name: ["x"] for name in labels}, about=about, format=form)


def question(column: str = "Q1", text: str = ASKED, **fielding: Any) -> dict[str, Any]:
    return {"id": column, "text": text, "type": "text", "waves": {"2020": {"column": column, **fielding}}}


def several(text: str) -> dict[str, Any]:
    waves = {"2020": {"columns": {"books": "Q4_1", "web": "Q4_2"}}}
    return {"id": "uses", "text": text, "type": "multi", "categories": OPTIONS, "waves": waves}


def told(study: Study, raw: RawExport, *questions: dict[str, Any]) -> Any:
    with pytest.raises(StudyError) as stop:
        study.clean(raw, *questions)
    return stop.value.findings


def passes(study: Study, raw: RawExport, *questions: dict[str, Any]) -> bool:
    return len(study.clean(raw, *questions).clean) == 1


def test_a_reworded_question_stops_with_both_wordings_and_the_line_to_add(study: Study) -> None:
    raw = export(study, {"Q1": "How <b>happy</b> are you with\u00a0the opening hours?"})
    (found,) = told(study, raw, question())
    assert found.problem == (
        'the export words it "How happy are you with the opening hours?" (column Q1), '
        'the instrument "How satisfied are you with the opening hours?"'
    )
    assert (found.file, found.key, found.expected) == ("data/instrument.yaml", "Q1.text", "the same wording")
    assert 'under waves: "2020": of Q1, add text: "How happy are you with the opening hours?"' in found.mend
    assert "comparable: false and note" in found.mend


@pytest.mark.parametrize(
    "label",
    [
        ASKED,
        "how satisfied  are you with\u00a0the opening\nhours",
        "<p>How <strong>satisfied</strong> are you with the&nbsp;opening hours?</p><style>b{x:y}</style>",
        f"{ASKED} - Selected Choice",
        f"{ASKED} - Text",
        "",
        "Q1",
        "How satisfied are you with the op...",
        "How satisfied are you with the ope…",
    ],
)
def test_the_same_wording_passes_however_it_is_written(study: Study, label: str) -> None:
    assert passes(study, export(study, {"Q1": label}), question())


@pytest.mark.parametrize(
    "label",
    [
        "How satisfied are you with the open",
        "How dissatisfied are you with the op...",
        f"In the last year - {ASKED}",
        f"{ASKED} Please think of the last year.",
    ],
)
def test_another_wording_is_told(study: Study, label: str) -> None:
    assert len(told(study, export(study, {"Q1": label}), question())) == 1


@pytest.mark.parametrize("label", ["{} - {}", "{1} - {0}", "{}-{}"])
@pytest.mark.parametrize(
    "text", ["How do you rate each?", "{}", "How do you rate each? {}", "{}: How do you rate each?"]
)
def test_a_matrix_is_known_by_stem_by_item_or_by_both(study: Study, label: str, text: str) -> None:
    items = {"Q3_1": "The staff", "Q3_2": "The rooms"}
    raw = export(study, {name: label.format("How do you rate each?", item) for name, item in items.items()})
    assert passes(study, raw, *(question(name, text.format(item)) for name, item in items.items()))
    other = "How do you like each?" if text != "{}" else "{} again"
    changed = [text.replace("How do you rate each?", other) if text != "{}" else other for _ in items]
    asked = [question(name, each.format(item)) for (name, item), each in zip(items.items(), changed, strict=True)]
    assert len(told(study, raw, *asked)) == 2


@pytest.mark.parametrize("label", ["What do you use? - {}", "{} - What do you use?", "{}: What do you use?", "{}"])
def test_the_options_of_a_question_with_a_column_each_are_not_its_wording(study: Study, label: str) -> None:
    about = {
        name: Column(name, label=label.format(option)) for name, option in {"Q4_1": "Books", "Q4_2": "The web"}.items()
    }
    raw = study.export({"Q4_1": ["1"], "Q4_2": ["0"]}, about=about, format="qualtrics")
    assert passes(study, raw, several("What do you use?"))


def test_a_reworded_question_with_a_column_each_is_told_once_by_its_stem(study: Study) -> None:
    labels = {"Q4_1": "What did you use? - Books", "Q4_2": "What did you use? - The web"}
    about = {name: Column(name, label=label) for name, label in labels.items()}
    raw = study.export({"Q4_1": ["1"], "Q4_2": ["0"]}, about=about, format="qualtrics")
    (found,) = told(study, raw, several("What do you use?"))
    assert 'add text: "What did you use?"' in found.mend


def test_the_text_field_beside_an_option_is_no_question_of_its_own(study: Study) -> None:
    raw = export(study, {"Q4_5_TEXT": "What do you use? - Other (please specify) - Text"})
    assert passes(study, raw, question("Q4_5_TEXT", "Other uses, in words"))


def test_a_wave_with_its_own_text_is_compared_with_it_and_with_a_note_is_taken_at_its_word(study: Study) -> None:
    raw = export(study, {"Q1": "How happy are you?"})
    own = {"id": "Q1", "text": ASKED, "type": "text"}
    assert passes(study, raw, {**own, "waves": {"2020": {"column": "Q1", "text": "How happy are you?"}}})
    other = {"column": "Q1", "text": "How glad are you?"}
    (found,) = told(study, raw, {**own, "waves": {"2020": other}})
    assert found.key == "Q1.waves.2020.text"
    assert passes(study, raw, {**own, "waves": {"2020": {**other, "note": "the export shows another language"}}})


@pytest.mark.parametrize(
    ("form", "label", "stops"),
    [
        ("csv", "", False),
        ("spss", "Age", False),
        ("spss", "Age of respondent, in years", True),
        ("stata", "How old are you, in whole years, on the day of the interview, as you would tell", False),
        ("stata", "How tall are you?", True),
    ],
)
def test_labels_of_statistics_files_may_be_names_or_end_where_the_format_does(
    study: Study, form: str, label: str, *, stops: bool
) -> None:
    asked = "How old are you, in whole years, on the day of the interview, as you would tell the doctor?"
    raw = export(study, {"age": label}, form)
    if stops:
        assert told(study, raw, question("age", asked))
    else:
        assert passes(study, raw, question("age", asked))


def test_a_name_that_holds_the_wording_was_matched_already(study: Study) -> None:
    about = {"What? [Books]": Column("What? [Books]", ("What?", "Books"), label="What?")}
    raw = study.export({"What? [Books]": ["x"]}, about=about, format="surveymonkey")
    assert passes(study, raw, question("words", "Something else") | {"waves": {"2020": {"column": "What? [Books]"}}})


def test_what_the_platform_itself_words_and_weights_are_not_compared(study: Study) -> None:
    labels = {"RecordedDate": "Recorded Date", "w": "Weight of the response after raking to the census"}
    about = {name: Column(name, (name, label), label=label) for name, label in labels.items()}
    raw = study.export({"RecordedDate": ["2020-01-01"], "w": ["1"]}, about=about, format="qualtrics")
    date = {"id": "day", "text": "The day", "type": "date", "waves": {"2020": {"column": "RecordedDate"}}}
    assert passes(study, raw, date, {"id": "w", "text": "The weight", "type": "weight"})


def test_letters_of_all_scripts_count() -> None:
    assert words("您的城市有國際辦公室嗎?") != words("您的城市有辦公室嗎?")
    assert words("Größe — «café»?") == words("GRÖSSE (Café)")


def test_hostile_wordings_do_not_reach_the_terminal(study: Study) -> None:
    (found,) = told(study, export(study, {"Q1": "\x1b[31mAnything else"}), question())
    assert "\x1b" not in str(found)
