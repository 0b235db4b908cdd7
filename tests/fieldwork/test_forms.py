"""Questionnaires as platforms give them: files of real tools, and small ones by hand for what those do not show."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from recount.errors import ExportError
from recount.fieldwork.forms import ddi, limesurvey, qualtrics, redcap
from recount.fieldwork.forms.conditions import matching, universe
from recount.fieldwork.forms.io import read_questionnaire
from recount.fieldwork.stated import Option, Questionnaire, Stated

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def fixtures() -> Path:
    folder = PROJECT / os.environ.get("RECOUNT_DATA", "../shared/data") / "fixtures"
    if not folder.is_dir():
        pytest.skip(f"there is no folder of fixtures at {folder}; set RECOUNT_DATA")
    return folder


def question(questionnaire: Questionnaire, name: str) -> Stated:
    return next(each for each in questionnaire.questions if each.name == name)


ATOM = matching(r"(?P<name>\w+)=(?P<code>\w+)")


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("a=1", {"a": ("1",)}),
        ("((a=1))", {"a": ("1",)}),
        ("(a=1 or a=2) and b=3", {"a": ("1", "2"), "b": ("3",)}),
        ("a=1 AND (b=2)", {"a": ("1",), "b": ("2",)}),
        ("a=1 or b=2", None),
        ("a=1 and a=2", None),
        ("(a=1) or (b=2)", None),
        ("a>1", None),
        ("a=1 and count(b) > 2", None),
    ],
)
def test_a_condition_is_taken_only_where_the_instrument_can_say_all_of_it(
    condition: str, expected: dict[str, tuple[str, ...]] | None
) -> None:
    assert universe(condition, ATOM) == expected


# ------------------------------------------------------------------------------------------------------- LimeSurvey


def test_limesurvey_names_an_option_and_an_item_by_their_columns(fixtures: Path) -> None:
    read = read_questionnaire(fixtures / "limesurvey" / "answers.lss")
    assert read.title == "Survey with Question Answers"
    assert [option.column for option in question(read, "Q01").options] == ["Q01[SQ001]", "Q01[SQ002]", "Q01[SQ003]"]
    assert question(read, "Q02[SQ002]").text == "This is the second question - Milkiness"
    assert question(read, "Q02[SQ002]").options[0] == Option("Too much", "AO01")


def test_limesurvey_types_with_answers_of_their_own_have_them(fixtures: Path) -> None:
    read = read_questionnaire(fixtures / "limesurvey" / "survey.lss")
    assert [(each.name, each.asks, len(each.options)) for each in read.questions] == [
        ("G01Q01", "text", 0),
        ("G01Q02", "single", 5),
        ("G02Q04", "single", 2),  # the question before it takes a file, which is no answer
    ]
    assert question(read, "G01Q01").text == "Text for first question"


def rows(table: str, *found: dict[str, str]) -> str:
    cells = ("".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items()) for row in found)
    return f"<{table}><rows>" + "".join(f"<row>{each}</row>" for each in cells) + f"</rows></{table}>"


def lss(relevance: str) -> bytes:
    """A questionnaire of two questions, the second shown on a condition."""
    asked = {"parent_qid": "0", "gid": "1", "other": "N"}
    return (
        "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>en</language></languages>"
        + rows(
            "questions",
            {**asked, "qid": "1", "type": "M", "title": "Q13", "question_order": "1", "relevance": "1"},
            {**asked, "qid": "2", "type": "Y", "title": "Q14", "question_order": "2", "relevance": relevance},
        )
        + rows("subquestions", {"qid": "3", "parent_qid": "1", "title": "SQ001", "question_order": "1"})
        + rows(
            "question_l10ns",
            {"qid": "1", "question": "<p>Which?</p>", "language": "en"},
            {"qid": "1", "question": "Welche?", "language": "de"},
            {"qid": "3", "question": "Climate", "language": "en"},
        )
        + "</document>"
    ).encode()


@pytest.mark.parametrize(
    ("relevance", "expected"),
    [
        ('((Q13_SQ001.NAOK == "Y"))', {"Q13": ("Q13[SQ001]",)}),
        ("Q1.NAOK == 'A1' or Q1.NAOK == 'A2'", {"Q1": ("A1", "A2")}),
        ("Q1.NAOK > 3", None),
    ],
)
def test_limesurveys_relevance_is_who_was_asked(relevance: str, expected: dict[str, tuple[str, ...]] | None) -> None:
    read = limesurvey.read(lss(relevance), file="f.lss")
    assert question(read, "Q14").universe == expected
    assert question(read, "Q14").routing == relevance
    assert question(read, "Q13").text == "Which?"


def test_xml_that_declares_entities_is_refused() -> None:
    with pytest.raises(ExportError, match="declares entities"):
        limesurvey.read(b'<!DOCTYPE a [<!ENTITY b "c">]><document>&b;</document>', file="f.lss")


# -------------------------------------------------------------------------------------------------------- Qualtrics


def selected(qid: str, choice: int, joined: str = "") -> dict[str, Any]:
    locator = {"ChoiceLocator": f"q://{qid}/SelectableChoice/{choice}", "Operator": "Selected"}
    return {"LogicType": "Question", **locator, **({"Conjuction": joined} if joined else {}), "Description": "If so"}


def qsf(logic: dict[str, Any] | None = None, block: str = "The city") -> bytes:
    """A survey with every kind of question that is read, one of them thrown away."""
    office = {"1": {"Display": "Yes"}, "2": {"Display": "No"}}
    payloads = [
        {"QuestionID": "QID1", "DataExportTag": "Q1", "QuestionType": "MC", "Selector": "SAVR", "Choices": office}
        | {"QuestionText": "Do you have an <b>office</b>?", "ChoiceOrder": ["2", "1"], "RecodeValues": {"1": "10"}},
        {"QuestionID": "QID2", "DataExportTag": "Q2", "QuestionType": "MC", "Selector": "MAVR", "Choices": office},
        {"QuestionID": "QID3", "DataExportTag": "Q3", "QuestionType": "Matrix", "Selector": "Likert"}
        | {"QuestionText": "How strong?", "SubSelector": "SingleAnswer", "Choices": {"1": {"Display": "Paris"}}}
        | {"Answers": {"1": {"Display": "Weak"}, "2": {"Display": "Strong"}}},
        {"QuestionID": "QID4", "DataExportTag": "Q4", "QuestionType": "TE", "Selector": "SL"}
        | {"Validation": {"Settings": {"ContentType": "ValidNumber"}}, "DisplayLogic": logic},
        {"QuestionID": "QID5", "DataExportTag": "Q5", "QuestionType": "DB", "QuestionText": "Welcome"},
        {"QuestionID": "QID6", "DataExportTag": "Q6", "QuestionType": "TE", "Selector": "ML"},
    ]
    asked = [{"Type": "Question", "QuestionID": f"QID{n}"} for n in (1, 2, 3, 4, 5)]
    blocks = [
        {"Type": "Default", "Description": block, "BlockElements": asked},
        {"Type": "Trash", "Description": "Trash", "BlockElements": [{"Type": "Question", "QuestionID": "QID6"}]},
    ]
    elements: list[dict[str, Any]] = [
        {"Element": "BL", "Payload": blocks},
        {"Element": "FL", "Payload": {"Flow": [{"Type": "Block"}, {"Type": "Branch", "Flow": []}]}},
        *({"Element": "SQ", "PrimaryAttribute": each["QuestionID"], "Payload": each} for each in payloads),
    ]
    return json.dumps({"SurveyEntry": {"SurveyName": "Cities"}, "SurveyElements": elements}).encode()


def test_qualtrics_questions_are_read_with_their_columns_and_order() -> None:
    read = qualtrics.read(qsf(), file="f.qsf")
    assert read.title == "Cities"
    assert [(each.name, each.asks, each.section) for each in read.questions] == [
        ("Q1", "single", "The city"),
        ("Q2", "multi", "The city"),
        ("Q3_1", "single", "The city"),
        ("Q4", "number", "The city"),
    ]
    unnamed = qualtrics.read(qsf(block="Default Question Block"), file="f.qsf")
    assert {each.section for each in unnamed.questions} == {""}
    assert question(read, "Q1").options == (Option("No", "2"), Option("Yes", "10"))
    assert question(read, "Q1").text == "Do you have an office ?"
    assert question(read, "Q3_1").text == "How strong? - Paris"
    assert read.notes == ("the survey flow has 1 branches: say whom they let through as `universe` of the questions",)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"0": selected("QID1", 1)}, {"Q1": ("10",)}),
        ({"0": selected("QID1", 1), "1": selected("QID1", 2, "Or")}, {"Q1": ("10", "2")}),
        ({"0": selected("QID1", 1), "1": selected("QID2", 2, "And")}, {"Q1": ("10",), "Q2": ("2",)}),
        ({"0": selected("QID1", 1), "1": selected("QID2", 2, "Or")}, None),
        ({"0": {**selected("QID1", 1), "Operator": "NotSelected"}}, None),
    ],
)
def test_qualtrics_display_logic_is_who_was_asked(
    parts: dict[str, Any], expected: dict[str, tuple[str, ...]] | None
) -> None:
    logic = {"0": {**parts, "Type": "If"}, "Type": "BooleanExpression", "inPage": False}
    stated = question(qualtrics.read(qsf(logic), file="f.qsf"), "Q4")
    assert stated.universe == expected
    assert stated.routing.startswith("If so")


def test_json_that_is_no_survey_is_refused() -> None:
    with pytest.raises(ExportError, match="no survey of Qualtrics"):
        qualtrics.read(b'{"a": 1}', file="f.qsf")


# --------------------------------------------------------------------------------------------------- REDCap and ODK


def test_redcap_checkboxes_have_a_column_an_option(fixtures: Path) -> None:
    read = read_questionnaire(fixtures / "redcap" / "checkboxes-1_dictionary.csv")
    assert question(read, "check_two").options[0] == Option("A", "1", "check_two___a")
    assert [each.asks for each in read.questions] == ["id", "multi", "multi", "text"]


def test_redcap_tells_who_was_asked_and_what_identifies_people(fixtures: Path) -> None:
    read = read_questionnaire(fixtures / "redcap" / "longitudinal_dictionary.csv")
    assert question(read, "num_children").universe == {"sex": ("0",), "given_birth": ("1",)}
    assert question(read, "sex").options == (Option("Female", "0"), Option("Male", "1"))
    assert {each.name for each in read.questions if each.personal} >= {"first_name", "email", "dob"}


def test_redcap_names_an_option_of_a_checkbox_in_a_condition() -> None:
    head = f'"{redcap.FIELD}","{redcap.KIND}","{redcap.LABEL}","{redcap.CHOICES}","{redcap.LOGIC}"\n'
    body = 'id,text,Id,,\nmeds,checkbox,Meds,"1, A | 2, B",\nwhy,notes,Why?,,[meds(2)] = "1"\n'
    assert question(redcap.read((head + body).encode(), file="d.csv"), "why").universe == {"meds": ("meds___2",)}


def test_an_xlsform_is_read_with_its_choices(fixtures: Path) -> None:
    read = read_questionnaire(fixtures / "odk" / "or_other.xlsx")
    assert [option.code for option in question(read, "fav_color").options][-1] == "other"
    assert question(read, "fav_color_other").asks == "text"
    assert question(read_questionnaire(fixtures / "odk" / "specify_other.xlsx"), "sex").options[0].label == "Male"


def test_an_xlsform_tells_groups_conditions_and_lists_of_codes(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    survey = book.active
    assert survey is not None
    survey.title = "survey"
    for row in (
        ("type", "name", "label::English (en)", "label::French (fr)", "relevant"),
        ("select_one yn", "owns", "Do you own it?", "Est-ce à vous ?", None),
        ("begin group", "g", "Uses", None, "${owns} = 'y'"),
        ("select_multiple uses", "uses", "What for?", None, None),
        ("integer", "n", "How many?", None, "selected(${uses}, 'sale')"),
        ("end group", None, None, None, None),
        ("geopoint", "where", "Where?", None, None),
    ):
        survey.append(row)
    choices = book.create_sheet("choices")
    for row in (("list_name", "name", "label"), ("yn", "y", "Yes"), ("yn", 0, "No"), ("uses", "sale", "To sell")):
        choices.append(row)
    book.save(tmp_path / "form.xlsx")
    read = read_questionnaire(tmp_path / "form.xlsx")
    assert question(read, "owns").options == (Option("Yes", "y"), Option("No", "0"))
    assert (question(read, "uses").separator, question(read, "uses").section) == ("space", "Uses")
    assert question(read, "uses").universe == {"owns": ("y",)}
    assert question(read, "n").universe == {"owns": ("y",), "uses": ("sale",)}
    assert question(read, "where").personal


def test_an_old_workbook_is_refused_with_what_to_do(fixtures: Path) -> None:
    with pytest.raises(ExportError, match="old kind") as error:
        read_questionnaire(fixtures / "odk" / "tutorial.xls")
    assert "save it as .xlsx" in error.value.findings[0].mend


# ---------------------------------------------------------------------------------------------- codebooks and labels


def test_a_codebook_gives_questions_and_categories() -> None:
    codebook = """<codeBook xmlns="ddi:codebook:2_5"><stdyDscr><citation><titlStmt><titl>Cities</titl></titlStmt>
    </citation></stdyDscr><dataDscr>
    <var name="V1"><labl>office</labl><qstn><qstnLit>Is there an office?</qstnLit></qstn>
    <catgry><catValu>1</catValu><labl>Yes</labl></catgry><catgry><catValu>2</catValu><labl>No</labl></catgry></var>
    <var name="V2" intrvl="contin"><labl>Number of staff</labl><universe>Those with an office</universe></var>
    </dataDscr></codeBook>"""
    read = ddi.read(codebook.encode(), file="c.xml")
    assert read.title == "Cities"
    assert read.questions[0].text == "Is there an office?"
    assert read.questions[0].options == (Option("Yes", "1"), Option("No", "2"))
    assert (read.questions[1].asks, read.questions[1].routing) == ("number", "Those with an office")


def test_a_codebook_of_a_study_without_variables_says_so(fixtures: Path) -> None:
    with pytest.raises(ExportError, match="describes no variables"):
        read_questionnaire(fixtures / "ddi" / "dataverse_exportfull.xml")


def test_labels_of_an_spss_file_are_a_questionnaire(fixtures: Path) -> None:
    read = read_questionnaire(fixtures / "spss" / "sample_missing.sav")
    assert question(read, "mylabl").options[1] == Option("Male", "1")


def test_a_file_of_another_kind_names_those_that_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("What do you think?", encoding="utf-8")
    with pytest.raises(ExportError, match="no known file of a questionnaire"):
        read_questionnaire(tmp_path / "a.txt")
