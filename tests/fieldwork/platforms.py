"""The questionnaire of the small study as each platform's own file says it, and its export in that platform's codes."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd

from recount.fieldwork.forms.redcap import CHOICES, FIELD, KIND, LABEL, LOGIC, VALIDATION
from recount.simulate.io import write_export
from recount.simulate.simulate import simulate_wave
from recount.study.instrument import Instrument
from recount.study.simulation import Form

Question = dict[str, Any]
Questionnaire = dict[str, Question]

# How each platform calls the options of a question by default: the code by the option's place.
CODES: dict[str, str] = {"lss": "A{}", "qsf": "{}", "xlsform": "c{}", "redcap": "{}", "ddi": "{}", "spss": "{}"}
# How it names the column of an option of a question of several choices; None where one column holds them all.
COLUMNS: dict[str, str | None] = {
    "lss": "{name}[SQ00{place}]",
    "qsf": None,
    "xlsform": None,
    "redcap": "{name}___{place}",
    "ddi": "{name}_{place}",
    "spss": "{name}_{place}",
}
FORMS: dict[str, Form] = {"lss": "limesurvey", "qsf": "qualtrics"}


def coded(questions: Questionnaire, wave: str, platform: str) -> None:
    """Put codes, and columns of options, in the place of labels; what has codes already keeps them."""
    for question in questions.values():
        place = question["waves"][wave]
        codes = place.setdefault("code", {})
        offered = [category["id"] for category in question.get("categories", ())]
        numbers = (n for n in range(1, 100) if CODES[platform].format(n) not in codes.values())
        for category in offered:
            if category not in codes:
                codes[category] = CODES[platform].format(next(numbers))
        place["code"] = {category: codes[category] for category in offered}


def fielded(questions: Questionnaire, wave: str, platform: str) -> Instrument:
    """The questionnaire as an instrument whose wave is coded as the platform does it."""
    made = []
    for question in questions.values():
        place = dict(question["waves"][wave])
        codes = place.pop("code")
        pattern = COLUMNS[platform]
        if question["type"] == "multi" and pattern:
            place.pop("separator", None)
            place["columns"] = {
                category: pattern.format(name=place["column"], place=number)
                for number, category in enumerate(codes, start=1)
            }
            del place["column"]
        elif codes:
            place["values"] = {code: category for category, code in codes.items()}
        if question["type"] == "multi" and platform == "xlsform":
            place["separator"] = "space"
        made.append({**question, "waves": {wave: place}})
    return Instrument.declared_in("asked.yaml", {"title": "Asked", "questions": made})


def exported(questions: Questionnaire, wave: str, platform: str, file: Path, rows: int = 80) -> Path:
    """Write the export in codes; but for Qualtrics' own header rows it words nothing."""
    asked = fielded(questions, wave, platform)
    write_export(simulate_wave(asked, None, wave, size=rows, form=FORMS.get(platform, "csv")), file)
    return file


def stated(questions: Questionnaire, wave: str, platform: str, folder: Path) -> Path:
    """Write the platform's file of the questionnaire."""
    endings = {"lss": "lss", "qsf": "qsf", "xlsform": "xlsx", "redcap": "csv", "ddi": "xml", "spss": "sav"}
    file = folder / f"questionnaire.{endings[platform]}"
    if platform == "spss":
        _sav(questions, wave, file)
        return file
    file.write_bytes(_WRITERS[platform](questions, wave))
    return file


def _conditions(question: Question, questions: Questionnaire, wave: str) -> list[tuple[str, list[str]]]:
    """Who is asked, as names and codes."""
    universe = question["waves"][wave].get("universe") or question.get("universe") or {}
    return [
        (questions[name]["waves"][wave]["column"], [questions[name]["waves"][wave]["code"][each] for each in given])
        for name, given in universe.items()
    ]


def _options(question: Question, wave: str) -> list[tuple[int, str, str]]:
    """Place, code and label of each option."""
    codes = question["waves"][wave]["code"]
    named = enumerate(question.get("categories", ()), start=1)
    return [(number, codes[each["id"]], each["label"]) for number, each in named]


def _lss(questions: Questionnaire, wave: str) -> bytes:
    kinds = {"single": "L", "scale": "L", "multi": "M", "number": "N", "text": "T", "id": "S"}
    asked, texts, parts, answers, labels = [], [], [], [], []
    for order, question in enumerate(questions.values(), start=1):
        name, qid = question["waves"][wave]["column"], str(order)
        parted = [
            " or ".join(f'{column}.NAOK == "{code}"' for code in codes)
            for column, codes in _conditions(question, questions, wave)
        ]
        relevance = " and ".join(f"({each})" for each in parted) or "1"
        row = {"qid": qid, "parent_qid": "0", "gid": "1", "type": kinds[question["type"]], "title": name}
        asked.append({**row, "question_order": str(order), "relevance": relevance})
        texts.append({"qid": qid, "question": f"<p>{escape(question['text'])}</p>", "language": "en"})
        for number, code, label in _options(question, wave):
            part = f"{order}{number:02}"
            if question["type"] == "multi":
                row = {"qid": part, "parent_qid": qid, "gid": "1", "type": "T", "title": f"SQ00{number}"}
                parts.append({**row, "question_order": str(number)})
                texts.append({"qid": part, "question": label, "language": "en"})
            else:
                answers.append({"qid": qid, "aid": part, "code": code, "sortorder": str(number)})
                labels.append({"aid": part, "answer": label, "language": "en"})
    tables = {"questions": asked, "subquestions": parts, "answers": answers}
    tables |= {"question_l10ns": texts, "answer_l10ns": labels}
    body = "".join(
        f"<{table}><rows>"
        + "".join(
            "<row>" + "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items()) + "</row>"
            for row in rows
        )
        + f"</rows></{table}>"
        for table, rows in tables.items()
    )
    head = "<LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>en</language></languages>"
    return f"<document>{head}{body}</document>".encode()


def _qsf(questions: Questionnaire, wave: str) -> bytes:
    ids = {question["waves"][wave]["column"]: f"QID{n}" for n, question in enumerate(questions.values(), start=1)}
    elements = []
    for question in questions.values():
        name = question["waves"][wave]["column"]
        payload: dict[str, Any] = {"DataExportTag": name, "QuestionText": question["text"], "QuestionID": ids[name]}
        options = _options(question, wave)
        if options:
            payload |= {"QuestionType": "MC", "Selector": "MAVR" if question["type"] == "multi" else "SAVR"}
            payload["Choices"] = {str(number): {"Display": label} for number, _, label in options}
            payload["RecodeValues"] = {str(number): code for number, code, _ in options}
        else:
            wants = {"Settings": {"ContentType": "ValidNumber"}} if question["type"] == "number" else {}
            payload |= {"QuestionType": "TE", "Selector": "SL", "Validation": wants}
        if logic := _logic(question, questions, wave, ids):
            payload["DisplayLogic"] = {"0": {**logic, "Type": "If"}, "Type": "BooleanExpression"}
        elements.append({"Element": "SQ", "PrimaryAttribute": ids[name], "Payload": payload})
    return json.dumps({"SurveyEntry": {"SurveyName": "Library"}, "SurveyElements": elements}).encode()


def _logic(question: Question, questions: Questionnaire, wave: str, ids: dict[str, str]) -> dict[str, Any]:
    """Display logic names choices by their keys."""
    numbers = {
        each["waves"][wave]["column"]: {code: number for number, code, _ in _options(each, wave)}
        for each in questions.values()
    }
    found: dict[str, Any] = {}
    for column, codes in _conditions(question, questions, wave):
        for place, code in enumerate(codes):
            joined = {"Conjuction": "Or" if place else "And"} if found else {}
            locator = f"q://{ids[column]}/SelectableChoice/{numbers[column][code]}"
            found[str(len(found))] = {"ChoiceLocator": locator, "Operator": "Selected", "Description": "If", **joined}
    return found


def _xlsform(questions: Questionnaire, wave: str) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    survey, choices = book.active, book.create_sheet("choices")
    assert survey is not None
    survey.title = "survey"
    survey.append(("type", "name", "label", "relevant"))
    choices.append(("list_name", "name", "label"))
    kinds = {"single": "select_one {}", "scale": "select_one {}", "multi": "select_multiple {}", "number": "integer"}
    for question in questions.values():
        name = question["waves"][wave]["column"]
        parted = [
            " or ".join(f"${{{column}}} = '{code}'" for code in codes)
            for column, codes in _conditions(question, questions, wave)
        ]
        relevant = " and ".join(f"({each})" for each in parted) or None
        survey.append((kinds.get(question["type"], "text").format(f"{name}_list"), name, question["text"], relevant))
        for _, code, label in _options(question, wave):
            choices.append((f"{name}_list", code, label))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _redcap(questions: Questionnaire, wave: str) -> bytes:
    kinds = {"single": "radio", "scale": "radio", "multi": "checkbox"}
    stream = io.StringIO()
    writer = csv.DictWriter(stream, [FIELD, KIND, LABEL, CHOICES, VALIDATION, LOGIC], lineterminator="\n")
    writer.writeheader()
    for question in questions.values():
        several = question["type"] == "multi"
        named = [(str(number) if several else code, label) for number, code, label in _options(question, wave)]
        parted = [
            " or ".join(f"[{column}] = '{code}'" for code in codes)
            for column, codes in _conditions(question, questions, wave)
        ]
        writer.writerow(
            {
                FIELD: question["waves"][wave]["column"],
                KIND: kinds.get(question["type"], "text"),
                LABEL: question["text"],
                CHOICES: " | ".join(f"{code}, {label}" for code, label in named),
                VALIDATION: "integer" if question["type"] == "number" else "",
                LOGIC: " and ".join(f"({each})" for each in parted),
            }
        )
    return stream.getvalue().encode()


def _ddi(questions: Questionnaire, wave: str) -> bytes:
    """An archive's codebook: of a question of several choices a variable an option."""
    variables = "".join(_variables(questions, wave))
    return f'<codeBook xmlns="ddi:codebook:2_5"><dataDscr>{variables}</dataDscr></codeBook>'.encode()


def _variables(questions: Questionnaire, wave: str) -> Iterator[str]:
    for question in questions.values():
        name, text, options = question["waves"][wave]["column"], escape(question["text"]), _options(question, wave)
        if question["type"] == "multi":
            for number, _, label in options:
                yield _variable(f"{name}_{number}", f"{text} - {escape(label)}", [("1", "Yes"), ("0", "No")])
        else:
            yield _variable(name, text, [(code, label) for _, code, label in options], question["type"])


def _variable(name: str, text: str, options: list[tuple[str, str]], kind: str = "") -> str:
    categories = "".join(
        f"<catgry><catValu>{code}</catValu><labl>{escape(label)}</labl></catgry>" for code, label in options
    )
    counted = ' intrvl="contin"' if kind == "number" else ""
    return f'<var name="{name}"{counted}><qstn><qstnLit>{text}</qstnLit></qstn>{categories}</var>'


def _sav(questions: Questionnaire, wave: str, file: Path) -> None:
    """A data file of which the labels count: of variables, and of values; of several choices a variable an option."""
    import pyreadstat

    texts: dict[str, str] = {}
    labels: dict[str, dict[float, str]] = {}
    for question in questions.values():
        name, options = question["waves"][wave]["column"], _options(question, wave)
        if question["type"] == "multi":
            for number, _, label in options:
                texts[f"{name}_{number}"] = f"{question['text']} - {label}"
                labels[f"{name}_{number}"] = {0.0: "No", 1.0: "Yes"}
        else:
            texts[name] = question["text"]
            labels[name] = {float(code): label for _, code, label in options}
    frame = pd.DataFrame({name: [1.0, 2.0] for name in texts})
    named = {name: given for name, given in labels.items() if given}
    pyreadstat.write_sav(frame, str(file), column_labels=list(texts.values()), variable_value_labels=named)


_WRITERS: dict[str, Callable[[Questionnaire, str], bytes]] = {
    "lss": _lss,
    "qsf": _qsf,
    "xlsform": _xlsform,
    "redcap": _redcap,
    "ddi": _ddi,
}
