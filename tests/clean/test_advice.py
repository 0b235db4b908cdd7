from typing import Any

import pandas as pd
import pytest
import yaml

from recount.clean.corrections import HEADER
from recount.errors import AnswersError
from tests.clean.conftest import Study

SATISFIED = {
    "id": "satisfied",
    "type": "scale",
    "categories": [{"id": "very", "label": "Very satisfied"}, {"id": "not", "label": "Not satisfied"}],
}
TOOLS = {
    "id": "tools",
    "type": "multi",
    "categories": [{"id": "r", "label": "R"}, {"id": "python", "label": "Python"}],
    "waves": {"2020": {"column": "tools", "separator": ","}},
}


def told(study: Study, texts: Any, *questions: Any, **more: Any) -> Any:
    with pytest.raises(AnswersError) as stop:
        study.clean(texts, *questions, **more)
    return stop.value.findings


def test_a_new_option_is_told_once_whatever_stands_beside_it(study: Study) -> None:
    cells = ["R,Spreadsheets", "Spreadsheets", "Python,Spreadsheets", "R,Python,Spreadsheets", "R"]
    (found,) = told(study, {"tools": cells * 3}, TOOLS)
    assert found.value == "Spreadsheets"
    assert "rows 2, 3, 4, 5, 7, 8, 9, 10, 12, 13 and 2 more" in found.problem


def test_a_new_option_is_first_a_category_then_a_value_then_a_slip(study: Study) -> None:
    (found,) = told(study, {"tools": ["R,Spreadsheets", "Spreadsheets", "Python,Spreadsheets"]}, TOOLS)
    category, value, slip = found.mend.split("\n    or ")
    assert category.endswith(
        'add to the categories of tools in data/instrument.yaml:\n        - {id: spreadsheets, label: "Spreadsheets"}'
    )
    assert 'under waves: "2020": of tools, add values: {"Spreadsheets": CATEGORY}' in value
    assert slip.endswith('2,row-2,tools,"R,Spreadsheets","R,ANSWER",REASON,NAME')


def test_what_one_or_two_rows_say_is_first_a_slip(study: Study) -> None:
    (found,) = told(study, {"tools": ["R,Pyhton", "R"]}, TOOLS)
    assert found.mend.startswith("where the cell is wrong, correct each row in data/corrections/2020.csv")


def test_codes_of_a_column_are_mended_by_one_line(study: Study) -> None:
    first, *others = told(study, {"satisfied": ["1", "2", "3", "4", "5"] * 3}, SATISFIED)
    pairs = ", ".join(f'"{code}": CATEGORY' for code in range(1, 6))
    assert f'under waves: "2020": of satisfied, add values: {{{pairs}}}' in first.mend
    assert "label:" not in first.mend
    assert [each.mend for each in others] == [""] * 4


def test_values_that_stand_already_are_added_to(study: Study) -> None:
    question = {**SATISFIED, "waves": {"2020": {"column": "satisfied", "values": {"1": "very"}}}}
    (found,) = told(study, {"satisfied": ["1", "2", "2", "2"]}, question)
    assert 'under waves: "2020": of satisfied, to its values add "2": CATEGORY' in found.mend


def test_a_scale_and_its_scores_get_the_new_category(study: Study) -> None:
    scale = [{"id": "very", "label": "Very", "score": 1}, {"id": "not", "label": "Not at all", "score": 0}]
    question = {"id": "satisfied", "type": "scale", "scale": "agree"}
    (found,) = told(study, {"satisfied": ["So so"] * 3}, question, scales={"agree": scale})
    assert (
        'add to the scales: agree in data/instrument.yaml:\n        - {id: so_so, label: "So so", score: SCORE}'
        in found.mend
    )


def test_a_category_that_the_wave_did_not_offer_is_offered(study: Study) -> None:
    question = {**SATISFIED, "waves": {"2020": {"column": "satisfied", "offered": ["very"]}}}
    (found,) = told(study, {"satisfied": ["Not satisfied"] * 3}, question)
    assert found.mend.startswith(
        'where the wave offered it, add not to offered under waves: "2020": of satisfied in data/instrument.yaml'
    )


def test_the_header_of_the_corrections_is_told_until_there_are_some(study: Study) -> None:
    corrections = pd.DataFrame([("2", "", "satisfied", "x", "Very satisfied", "typo", "A. N.")], columns=list(HEADER))
    corrections = corrections.astype({"row": int})
    texts = {"satisfied": ["x", "y"]}
    (found,) = told(study, texts, SATISFIED, corrections=corrections)
    assert "first line" not in found.mend
    first, _ = told(study, texts, SATISFIED)
    assert "(whose first line is row,respondent,column,before,after,reason,by)" in first.mend
    first, second = told(study, {"age": ["x", "y"]}, {"id": "age", "type": "number"})
    assert ("first line" in first.mend, "first line" in second.mend) == (True, False)


@pytest.mark.parametrize("text", ["true", "2 or 3", "+++", 'a "b": {c}', "\x1b[0mx", "R"])
def test_a_new_category_can_be_pasted_whatever_it_is_called(study: Study, text: str) -> None:
    (found,) = told(study, {"satisfied": [text] * 3}, SATISFIED)
    line = next(line for line in found.mend.splitlines() if line.strip().startswith("- {"))
    ((category),) = yaml.safe_load(line)
    assert category["label"] == text
    assert isinstance(category["id"], str)
    study.clean({"satisfied": [text]}, {**SATISFIED, "categories": [*SATISFIED["categories"], category]})
