"""recount init: a study of a survey that was never here, from its export, and from what the platform says of it."""

import csv
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from recount.clean.clean import clean_wave
from recount.errors import StudyError
from recount.fieldwork.forms.redcap import CHOICES, FIELD, KIND, LABEL, LOGIC
from recount.fieldwork.io import start_study
from recount.fieldwork.told import started_text
from recount.ingest.read import read_export
from recount.ingest.seal import check_seal, seal_of
from recount.study.figures import read_figures
from recount.study.instrument import Instrument, read_instrument
from recount.study.references import check_references
from recount.study.settings import read_settings
from recount.study.tables import read_tables

PROJECT = Path(__file__).parents[2]
REAL = (
    "thanksgiving/thanksgiving-2015-poll-data.csv",
    "jupyter2015/20160115235816-SurveyExport.csv",
    "masculinity/raw-responses.csv",
    "haskell/2021-state-of-haskell-survey-results.csv",
    "haskell/2022-state-of-haskell-survey-results.csv",
)
Started = Callable[..., Instrument]


@pytest.fixture
def data() -> Path:
    folder = (PROJECT / os.environ.get("RECOUNT_DATA", "../shared/data")).resolve()
    if not folder.is_dir():
        pytest.skip(f"there is no folder of real surveys at {folder}; set RECOUNT_DATA")
    return folder


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Started:
    """Begin a study from the text of an export; the test then stands in its folder."""

    def start(text: str, dictionary: str = "") -> Instrument:
        (tmp_path / "export.csv").write_text(text, encoding="utf-8")
        (tmp_path / "dictionary.csv").write_text(dictionary, encoding="utf-8")
        questionnaire = tmp_path / "dictionary.csv" if dictionary else None
        start_study(tmp_path / "study", export=tmp_path / "export.csv", questionnaire=questionnaire, wave="1")
        monkeypatch.chdir(tmp_path / "study")
        return read_instrument("data/instrument.yaml")

    return start


@pytest.mark.parametrize("export", REAL)
def test_a_real_export_becomes_a_study_in_which_every_answer_is_read(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, export: str
) -> None:
    made = start_study(tmp_path / "study", export=data / export)
    monkeypatch.chdir(tmp_path / "study")
    settings, instrument = read_settings(), read_instrument("data/instrument.yaml")
    wave = settings.waves[made.wave]
    check_references(settings, instrument, read_figures("report/figures.yaml"), read_tables("report/tables.yaml"))
    check_seal(wave.export, seal_of(settings, made.wave))
    raw = read_export(wave.export, name=wave.export)
    cleaned = clean_wave(raw, instrument=instrument, wave=made.wave, cleaning=settings.cleaning, roles=wave.columns)
    assert len(cleaned.clean) + len(cleaned.excluded) == raw.cells.num_rows
    assert made.wave == {"thanksgiving": "first", "jupyter2015": "2016"}.get(
        export.split("/", maxsplit=1)[0], made.wave
    )


def test_the_masculinity_survey_gets_its_questions_of_several_answers_back(data: Path, tmp_path: Path) -> None:
    made = start_study(tmp_path / "study", export=data / "masculinity" / "raw-responses.csv")
    found = read_instrument(tmp_path / "study/data/instrument.yaml").by_id
    assert (found["q0004"].type, len(found["q0004"].categories)) == ("multi", 6)
    assert [each.label for each in found["q0018"].categories] == ["Never", "Rarely", "Sometimes", "Often", "Always"]
    assert "StartDate" not in {column for each in found.values() for column in each.columns_in(made.wave)}


def test_personal_data_is_left_out_and_told(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text(
        "Your e-mail,IP Address,contact,Colour?\na@b.org,10.0.0.1,x@y.de,red\nc@d.org,10.0.0.2,z@y.de,red\n"
    )
    made = start_study(tmp_path / "study", export=tmp_path / "e.csv")
    assert [line for line in made.left_out if line.endswith("personal data, not used")] == [
        "Your e-mail: personal data, not used",
        "IP Address: personal data, not used",
        "contact: personal data, not used",
    ]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "e.csv").write_text("a\n1\n")
    with pytest.raises(StudyError, match="something in this folder"):
        start_study(tmp_path, export=tmp_path / "e.csv")


def test_answers_that_are_not_what_the_questionnaire_says_are_open_ended_and_none_is_lost(started: Started) -> None:
    dictionary = (
        f"{FIELD},{KIND},{LABEL},Text Validation Type OR Show Slider Number\nid,text,Id,\nage,text,Age?,number\n"
    )
    instrument = started("id,age\n1,30\n2,about forty\n3,50\n", dictionary)
    assert instrument.by_id["age"].type == "text"


def test_codes_get_the_labels_of_the_dictionary_and_its_conditions(started: Started) -> None:
    dictionary = (
        f'{FIELD},{KIND},{LABEL},"{CHOICES}","{LOGIC}"\nid,text,Id,,\nsex,radio,Sex?,"0, Female | 1, Male",\n'
        'births,text,How many?,,"[sex] = ""0"""\nwhy,notes,Why?,,"[births] > 3"\n'
    )
    instrument = started("id,sex,births,why\n1,0,2,\n2,1,,\n3,0,4,x y z\n", dictionary)
    assert instrument.by_id["births"].universe == {"sex": ("female",)}
    assert instrument.by_id["sex"].waves["1"].values == {"0": "female", "1": "male"}
    assert instrument.by_id["why"].universe is None
    assert "# The platform shows it where: [births] > 3" in Path("data/instrument.yaml").read_text(encoding="utf-8")


def test_a_condition_that_many_answers_contradict_is_not_taken(started: Started) -> None:
    dictionary = (
        f'{FIELD},{KIND},{LABEL},"{CHOICES}","{LOGIC}"\nid,text,Id,,\nsex,radio,Sex?,"0, Female | 1, Male",\n'
        'births,text,How many?,,"[sex] = ""0"""\n'
    )
    instrument = started("id,sex,births\n1,0,2\n2,1,5\n3,1,4\n", dictionary)
    assert instrument.by_id["births"].universe is None


def test_lists_of_codes_in_one_cell_are_read_as_odk_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    for row in (("type", "name", "label"), ("select_multiple uses", "uses", "What for?")):
        survey.append(row)
    choices = book.create_sheet("choices")
    for row in (
        ("list_name", "name", "label"),
        ("uses", "own_use", "For ourselves"),
        ("uses", "sale", "To sell, mostly"),
    ):
        choices.append(row)
    book.save(tmp_path / "form.xlsx")
    lines = ["grp-uses,grp-uses/own_use,grp-uses/sale,meta-instanceID,KEY", "own_use sale,1,1,uuid:1,uuid:1"]
    lines += ["sale,0,1,uuid:2,uuid:2", "own_use,1,0,uuid:3,uuid:3"]
    (tmp_path / "e.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    start_study(tmp_path / "s", export=tmp_path / "e.csv", questionnaire=tmp_path / "form.xlsx", wave="1")
    monkeypatch.chdir(tmp_path / "s")
    instrument = read_instrument("data/instrument.yaml")
    settings = read_settings()
    raw = read_export(settings.waves["1"].export, name="e.csv")
    cleaned = clean_wave(
        raw, instrument=instrument, wave="1", cleaning=settings.cleaning, roles=settings.waves["1"].columns
    )
    assert cleaned.clean["uses__ourselves"].tolist() == [True, False, True]
    assert cleaned.clean["uses__sell_mostly"].tolist() == [True, True, False]


def test_two_beginnings_are_the_same_to_the_byte(data: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        start_study(tmp_path / name, export=data / REAL[1])
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert all((tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes() for file in files)


def qualtrics_export(*columns: tuple[str, str, list[str]]) -> str:
    """The text of an export as Qualtrics writes it: names, wordings, import ids, then the responses."""
    heads = [[name for name, _, _ in columns], [wording for _, wording, _ in columns]]
    heads.append([f'{{"ImportId":"{name}"}}' for name, _, _ in columns])
    text = io.StringIO()
    csv.writer(text).writerows([*heads, *zip(*(answers for _, _, answers in columns), strict=True)])
    return text.getvalue()


RESPONSES = ("ResponseId", "Response ID", [f"R_{n}" for n in range(40)])


def test_what_people_wrote_beside_other_is_open_ended_however_often_it_comes(started: Started) -> None:
    wording = "What would help? Select all that apply."
    instrument = started(
        qualtrics_export(
            RESPONSES,
            ("Q1", wording, ["Trains", "Other", "Trains,Other", "Buses"] * 10),
            ("Q1_3_TEXT", f"{wording} - Other - Text", ["", "rain", "trams", ""] * 10),
        )
    )
    offered, written = instrument.questions[-2:]
    assert (offered.type, offered.label) == ("multi", "What would help?")
    assert (written.type, written.label) == ("text", "Other, in own words: What would help?")


def test_the_steps_of_a_known_scale_are_a_scale(started: Started) -> None:
    satisfied = ["Very satisfied", "Very dissatisfied", "Somewhat satisfied", "Prefer not to say"] * 10
    instrument = started(qualtrics_export(RESPONSES, ("Q1", "How satisfied are you?", satisfied)))
    assert instrument.questions[-1].type == "scale"
    assert [each.id for each in instrument.questions[-1].valid] == [
        "very_dissatisfied",
        "somewhat_satisfied",
        "very_satisfied",
    ]


def test_a_number_that_is_none_is_named_with_the_way_to_keep_the_others(tmp_path: Path) -> None:
    minutes = ("Q1", "How many minutes?", [*map(str, range(39)), "about 40"])
    (tmp_path / "e.csv").write_text(qualtrics_export(RESPONSES, minutes), encoding="utf-8")
    made = start_study(tmp_path / "study", export=tmp_path / "e.csv", wave="1")
    assert any("(row 43: 'about 40')" in note and "Write type: number" in note for note in made.notes)


def test_the_command_that_comes_next_names_the_workflow_where_it_lies_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text(qualtrics_export(RESPONSES), encoding="utf-8")
    made = start_study(tmp_path / "my study", export=tmp_path / "e.csv", wave="1")
    folder = f"'{tmp_path}/my study'"
    assert f"next: snakemake --cores 4 --directory {folder}\n" in started_text(made)
    away = started_text(made, snakefile="/there/Snakefile")
    assert f"next: snakemake --cores 4 --snakefile /there/Snakefile --directory {folder}\n" in away


@pytest.mark.parametrize("item", ["It is open 100% of the time", "It is {{ open }}"])
def test_an_item_that_cannot_be_typed_in_a_figure_stands_by_the_instruments_label(started: Started, item: str) -> None:
    steps = ["Agree", "Disagree", "Strongly agree", "Neutral"] * 10
    said = [(f"Q2_{n}", f"Do you agree? - {what}", steps) for n, what in enumerate((item, "It is warm", "It is new"))]
    started(qualtrics_export(RESPONSES, *said))
    (figure,) = read_figures("report/figures.yaml").figures.values()
    assert [each.label for each in figure.items] == ["", "", ""]


def test_responses_that_broke_off_are_told_since_they_count(tmp_path: Path) -> None:
    export = "Status,One?,Two?,Three?\n" + "Complete,yes,no,yes\n" * 6 + "Partial,yes,,\n" * 3
    (tmp_path / "e.csv").write_text(export, encoding="utf-8")
    made = start_study(tmp_path / "study", export=tmp_path / "e.csv", wave="1")
    assert made.notes[0] == "of 9 responses 3 broke off (Status says so), and count all the same"
    assert made.notes[1].startswith("of 9 responses 3 answer less than half of the questions")
    assert "Status: the platform's own" in made.left_out
    assert "#   minimum_answered: 0.5" in (tmp_path / "study/config.yaml").read_text(encoding="utf-8")


def test_questions_with_the_same_steps_are_shown_in_one_figure_and_one_table(started: Started) -> None:
    steps = ["Agree", "Disagree", "Strongly agree", "Neutral"] * 10
    said = [
        (f"Q2_{n}", f"Do you agree? - {what}", steps)
        for n, what in enumerate(("It is open", "It is warm", "It is new"))
    ]
    started(qualtrics_export(RESPONSES, *said, ("Q3", "Is it near?", ["Yes", "No"] * 20)))
    figures = read_figures("report/figures.yaml").figures
    assert {name: each.kind for name, each in figures.items()} == {"agree_open": "diverging", "near": "bars"}
    assert [item.label for item in figures["agree_open"].items] == ["It is open", "It is warm", "It is new"]
    assert read_tables("report/tables.yaml").tables["agree_open"].kind == "scale"
