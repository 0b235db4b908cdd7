"""recount wave add, on a study in a folder: what it writes, what it never touches, and how one goes on."""

import hashlib
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from recount.errors import ExportError, StudyError
from recount.fieldwork.decide.io import accept_proposals, drop_wave, offer_options
from recount.fieldwork.io import add_wave
from recount.ingest.seal import SEALS, read_seals
from recount.simulate.io import ENDINGS
from recount.study.declared import yaml_of
from recount.study.figures import Figures
from recount.study.instrument import Instrument, read_instrument
from recount.study.references import check_references
from recount.study.settings import read_settings
from recount.study.simulation import Form
from recount.study.tables import Tables
from tests.fieldwork.conftest import INSTRUMENT, NOW, Change, Questionnaire, at, written
from tests.fieldwork.test_changes import a_new_question, a_rewording, several_choices

INSTRUMENT_FILE = Path("data/instrument.yaml")


pytestmark = pytest.mark.usefixtures("study")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The export of the next wave, with a rewording and a new question."""
    return written(tmp_path / "Survey, final (2).csv", a_rewording, a_new_question)


def lines_of(instrument: Instrument, wave: str = NOW) -> dict[str, str]:
    return {each.id: each.waves[wave].proposed for each in instrument.asked_in(wave)}


def test_the_export_is_copied_to_the_byte_and_sealed(export: Path) -> None:
    add_wave(NOW, export=export)
    copy = Path("data/raw/2024/responses.csv")
    assert copy.read_bytes() == export.read_bytes()
    assert read_seals(Path(SEALS).read_text())["2024/responses.csv"] == hashlib.sha256(export.read_bytes()).hexdigest()
    assert read_settings().waves[NOW].export == str(copy)


def test_all_that_people_wrote_stays_as_it_is_to_the_byte(export: Path) -> None:
    files = (INSTRUMENT_FILE, Path("config.yaml"))
    before = [file.read_bytes().splitlines(keepends=True) for file in files]
    add_wave(NOW, export=export)
    for old, file in zip(before, files, strict=True):
        new = file.read_bytes().splitlines(keepends=True)
        edits = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        assert {kind for kind, *_ in edits} == {"equal", "insert"}


def test_windows_line_ends_and_a_missing_last_one_do_no_harm(export: Path) -> None:
    INSTRUMENT_FILE.write_bytes(INSTRUMENT.rstrip().replace("\n", "\r\n").encode())
    add_wave(NOW, export=export)
    assert INSTRUMENT_FILE.read_bytes().startswith(INSTRUMENT[:200].replace("\n", "\r\n").encode())
    assert NOW in read_instrument(INSTRUMENT_FILE).by_id["visits"].waves


def test_nothing_is_decided_silently_the_build_stops_at_each_proposal(export: Path) -> None:
    add_wave(NOW, export=export)
    instrument = read_instrument(INSTRUMENT_FILE)
    with pytest.raises(StudyError) as error:
        check_references(read_settings(), instrument, Figures(), Tables())
    told = {finding.key: finding.mend for finding in error.value.findings}
    assert set(told) == {f"{name}.waves.2024" for name in lines_of(instrument)}
    assert "wave accept 2024 hours, where it is right" in told["hours.waves.2024"]


def test_a_threshold_takes_what_is_sure_and_leaves_what_changed(export: Path) -> None:
    add_wave(NOW, export=export, accept=0.9)
    waiting = [name for name, mark in lines_of(read_instrument(INSTRUMENT_FILE)).items() if mark]
    assert waiting == ["hours", "leave_bicycle_car"]


def test_a_threshold_given_later_takes_what_nobody_has_touched(export: Path) -> None:
    add_wave(NOW, export=export)
    touched = INSTRUMENT_FILE.read_text(encoding="utf-8").replace(
        '"2024": {column: Q5, proposed', '"2024": {column: Q5, universe: {}, proposed'
    )
    INSTRUMENT_FILE.write_text(touched, encoding="utf-8")
    add_wave(NOW, accept=0.9)
    waiting = [name for name, mark in lines_of(read_instrument(INSTRUMENT_FILE)).items() if mark]
    assert waiting == ["hours", "way", "leave_bicycle_car"]


def test_once_more_goes_on_from_what_a_person_decided_and_overwrites_nothing(export: Path) -> None:
    add_wave(NOW, export=export)
    text = INSTRUMENT_FILE.read_text(encoding="utf-8")
    start = text.index('      "2024":\n        column: Q3')
    end = text.index("  # The comma of the second")
    mine = '      "2024": {column: Q3, text: "As I know it", note: "mine"}  # decided by me\n'
    edited = text[:start] + mine + text[end:]
    INSTRUMENT_FILE.write_text(edited, encoding="utf-8")
    told = add_wave(NOW).report
    assert INSTRUMENT_FILE.read_text(encoding="utf-8") == edited
    assert "| hours | `Q3` | " in told
    assert next(line for line in told.splitlines() if line.startswith("| hours")).endswith("| decided |")


def test_a_line_that_was_taken_out_is_proposed_again_and_its_column_moved_elsewhere_is_not(export: Path) -> None:
    add_wave(NOW, export=export)
    text = INSTRUMENT_FILE.read_text(encoding="utf-8")
    gone = "\n".join(line for line in text.splitlines() if '"2024": {column: Q5' not in line) + "\n"
    INSTRUMENT_FILE.write_text(gone, encoding="utf-8")
    add_wave(NOW)
    assert lines_of(read_instrument(INSTRUMENT_FILE))["way"]
    INSTRUMENT_FILE.write_text(gone + 'ignored: {"2024": {Q5: "asked for another study"}}\n', encoding="utf-8")
    add_wave(NOW)
    assert "way" not in lines_of(read_instrument(INSTRUMENT_FILE))


def test_a_dry_run_prints_the_diff_and_writes_nothing(study: Path, export: Path) -> None:
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    made = add_wave(NOW, export=export, dry_run=True)
    assert {path: path.read_bytes() for path in study.rglob("*") if path.is_file()} == before
    assert '+      "2024": {column: Q1, proposed: "1.00; same wording, same options, same column"}' in made.diff


def test_the_list_is_the_same_each_time(export: Path) -> None:
    first = add_wave(NOW, export=export, dry_run=True).report
    assert add_wave(NOW, export=export, dry_run=True).report == first
    add_wave(NOW, export=export)
    assert Path("results/waves/2024.md").read_text(encoding="utf-8") == first


def test_another_export_never_replaces_the_one_that_is_there(export: Path, tmp_path: Path) -> None:
    add_wave(NOW, export=export)
    other = written(tmp_path / "other.csv", rows=20)
    with pytest.raises(ExportError, match="the wave has another export"):
        add_wave(NOW, export=other)
    assert Path("data/raw/2024/responses.csv").read_bytes() == export.read_bytes()


def test_a_wave_that_nobody_added_needs_its_export() -> None:
    with pytest.raises(ExportError, match=r"config\.yaml has no such wave yet"):
        add_wave("2026")


def test_a_person_accepts_one_question_or_all(export: Path) -> None:
    add_wave(NOW, export=export)
    assert accept_proposals(NOW, ["hours"]) == ("hours",)
    hours = read_instrument(INSTRUMENT_FILE).by_id["hours"].waves[NOW]
    assert (hours.proposed, hours.comparable) == ("", False)
    with pytest.raises(StudyError, match="there is no proposal"):
        accept_proposals(NOW, ["hours"])
    accept_proposals(NOW, [])
    check_references(read_settings(), read_instrument(INSTRUMENT_FILE), Figures(), Tables())


def test_what_the_build_would_ask_next_is_told_beforehand(tmp_path: Path) -> None:
    def a_new_step(questions: Questionnaire) -> None:
        questions["hours"]["categories"].append({"id": "full", "label": "Delighted", "score": 4})

    told = add_wave(NOW, export=written(tmp_path / "new.csv", a_new_step)).report
    assert "'Delighted': this is no category of the question" in told


def a_first_visit(questions: Questionnaire) -> None:
    questions["visits"]["categories"].append({"id": "first", "label": "I am here for the first time"})


def test_a_new_option_is_drafted_and_the_wave_before_did_not_offer_it(tmp_path: Path) -> None:
    add_wave(NOW, export=written(tmp_path / "new.csv", a_first_visit))
    visits = read_instrument(INSTRUMENT_FILE).by_id["visits"]
    drafted = visits.category("here_first_time")
    assert (drafted.label, drafted.proposed) == ("I am here for the first time", "2024: 23 answers")
    assert [each.id for each in visits.offered_in("2022")] == ["weekly", "monthly", "rarely"]
    assert [each.id for each in visits.offered_in(NOW)] == ["weekly", "monthly", "rarely", "here_first_time"]
    with pytest.raises(StudyError, match="nobody has decided it") as error:
        check_references(read_settings(), read_instrument(INSTRUMENT_FILE), Figures(), Tables())
    assert "visits.categories.here_first_time" in {finding.key for finding in error.value.findings}


def test_to_accept_a_question_is_to_accept_its_drafted_options(tmp_path: Path) -> None:
    add_wave(NOW, export=written(tmp_path / "new.csv", a_first_visit))
    accept_proposals(NOW, [])
    text = INSTRUMENT_FILE.read_text(encoding="utf-8")
    assert "proposed" not in text
    assert '      - {id: here_first_time, label: "I am here for the first time"}\n' in text
    add_wave(NOW)
    assert INSTRUMENT_FILE.read_text(encoding="utf-8") == text


def test_a_drafted_option_that_a_person_takes_out_does_not_come_again(tmp_path: Path) -> None:
    add_wave(NOW, export=written(tmp_path / "new.csv", a_first_visit))
    lines = INSTRUMENT_FILE.read_text(encoding="utf-8").splitlines(keepends=True)
    edited = "".join(line for line in lines if "here_first_time, label" not in line)
    INSTRUMENT_FILE.write_text(edited, encoding="utf-8")
    told = add_wave(NOW).report
    assert INSTRUMENT_FILE.read_text(encoding="utf-8") == edited
    assert "'I am here for the first time': this is no category of the question" in told


def test_a_person_offers_options_of_a_wave_in_one_command(export: Path) -> None:
    add_wave(NOW, export=export)
    assert offer_options(NOW, "uses", ["Toilets", "books", "A > B"]) == ("toilets", "over_b")
    uses = read_instrument(INSTRUMENT_FILE).by_id["uses"]
    assert [each.id for each in uses.categories] == ["books", "papers", "computers", "toilets", "over_b", "nothing"]
    assert "toilets" not in {each.id for each in uses.offered_in("2022")}
    assert "toilets" in {each.id for each in uses.offered_in(NOW)}
    offer_options(NOW, "uses", ["Garden"])
    with pytest.raises(StudyError, match="no options can be added"):
        offer_options(NOW, "way", ["Garden"])


def test_a_file_that_cannot_be_edited_by_lines_is_left_alone(export: Path) -> None:
    flow = (
        INSTRUMENT.split("questions:")[0]
        + 'questions: [{id: a, label: A, text: "What should the library change in the coming year?", type: text, '
        'waves: {"2022": {column: Q7}}}]\n'
    )
    INSTRUMENT_FILE.write_text(flow, encoding="utf-8")
    with pytest.raises(StudyError, match="cannot be edited safely") as error:
        add_wave(NOW, export=export)
    assert "add by hand" in error.value.findings[0].mend
    assert INSTRUMENT_FILE.read_text(encoding="utf-8") == flow
    assert not Path("data/raw/2024").exists()


def spread(questions: Questionnaire) -> None:
    """Some platforms give a question of several choices a column an option."""
    place = at(questions, "uses")
    names = {"books": "1", "papers": "2", "computers": "3", "nothing": "4"}
    del place["separator"], place["column"]
    stem = questions["uses"]["text"]
    labels = {each["id"]: each["label"] for each in questions["uses"]["categories"]}
    place["columns"] = {name: f"{stem} [{labels[name]}]" for name in names}


def worded(questions: Questionnaire) -> None:
    """SurveyMonkey names columns by the wording."""
    spread(questions)
    for question in questions.values():
        if question["id"] != "uses":
            at(questions, question["id"])["column"] = question["text"]


FORMS: list[tuple[Form, tuple[Change, ...]]] = [
    ("qualtrics", ()),
    ("surveymonkey", (worded,)),
    ("limesurvey", ()),
    ("csv", (worded,)),
    ("tsv", (worded,)),
    ("spss", ()),
]


@pytest.mark.parametrize(("form", "changes"), FORMS, ids=[form for form, _ in FORMS])
def test_a_wave_is_added_from_each_platforms_form(tmp_path: Path, form: Form, changes: tuple[Change, ...]) -> None:
    export = written(tmp_path / f"next{ENDINGS.get(form, '.csv')}", *changes, form=form)
    told = add_wave(NOW, export=export).report
    instrument = read_instrument(INSTRUMENT_FILE)
    assert set(lines_of(instrument)) == set(instrument.by_id)
    assert "2. Every answer can be read as proposed." in told


def test_a_question_of_another_type_stands_beside_the_old_one(tmp_path: Path) -> None:
    add_wave(NOW, export=written(tmp_path / "several.csv", several_choices))
    instrument = read_instrument(INSTRUMENT_FILE)
    assert NOW not in instrument.by_id["visits"].waves
    assert instrument.by_id["visits_2024"].type == "multi"


def test_a_wave_that_is_dropped_leaves_the_study_as_it_was(tmp_path: Path) -> None:
    files = (INSTRUMENT_FILE, Path("config.yaml"))
    before = [file.read_text(encoding="utf-8") for file in files]
    add_wave(NOW, export=written(tmp_path / "new.csv", a_first_visit, a_new_question, several_choices))
    accept_proposals(NOW, [])
    drop_wave(NOW)
    after = [file.read_text(encoding="utf-8") for file in files]
    assert after[0] == before[0]
    assert yaml_of(after[1], "config.yaml") == yaml_of(before[1], "config.yaml")
    assert Path("data/raw/2024/responses.csv").exists()


def test_the_paper_of_a_wave_that_is_dropped_is_about_the_last_one_left(export: Path) -> None:
    add_wave(NOW, export=export)
    config = Path("config.yaml")
    config.write_text(config.read_text(encoding="utf-8").replace('{wave: "2022"}', '{wave: "2024"}'), encoding="utf-8")
    drop_wave(NOW)
    assert read_settings().paper.wave == "2022"
    with pytest.raises(StudyError, match="the only wave"):
        drop_wave("2022")


def test_an_export_of_another_survey_is_refused_and_nothing_is_written(study: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    other = tmp_path / "other.csv"
    other.write_text("Which cat is yours?,Does it bite?\n" + "the black one,often\n" * 9, encoding="utf-8")
    with pytest.raises(ExportError, match="this seems to be another survey"):
        add_wave(NOW, export=other)
    assert {path: path.read_bytes() for path in study.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["../2024", "a/b", "", " ", ".."])
def test_a_name_that_leads_out_of_the_study_is_refused(export: Path, name: str) -> None:
    with pytest.raises(StudyError, match="cannot be the name of a wave"):
        add_wave(name, export=export)


def test_a_wave_that_is_not_there_cannot_be_accepted() -> None:
    with pytest.raises(StudyError, match="no such wave"):
        accept_proposals("2032", [])
