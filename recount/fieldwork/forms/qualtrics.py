"""Qualtrics' .qsf: the survey as JSON; elements are blocks (BL), the flow (FL) and questions (SQ)."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from recount.clean.wording import readable
from recount.errors import ExportError, Finding
from recount.fieldwork.stated import Option, Questionnaire, Stated
from recount.study.instrument import Universe

# Selectors of multiple choice with several answers; all others have one.
_SEVERAL = {"MAVR", "MAHR", "MACOL", "MSB"}
Json = Mapping[str, Any]
# What Qualtrics calls a block that nobody gave a name.
_UNNAMED = re.compile(r"Default Question Block|Block \d+")
_CHOICE = re.compile(r"q://(?P<question>QID\d+)/SelectableChoice/(?P<choice>\w+)")


def read(content: bytes, *, file: str) -> Questionnaire:
    """Read the questionnaire; raise `ExportError` where the file is no survey of Qualtrics."""
    try:
        survey = json.loads(content)
        elements = survey["SurveyElements"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ExportError(
            Finding(
                problem="this is no survey of Qualtrics",
                file=file,
                expected="JSON with SurveyElements",
                mend="in Qualtrics: Tools, Import/Export, Export survey",
            )
        ) from None
    asked = {each["PrimaryAttribute"]: each["Payload"] for each in elements if each.get("Element") == "SQ"}
    sections = dict(_sections(elements))
    order = [*(name for name in sections if name in asked), *(name for name in asked if not _has_blocks(elements))]
    tags = {name: str(payload.get("DataExportTag", name)) for name, payload in asked.items()}
    questions = [
        each for name in dict.fromkeys(order) for each in _stated(asked[name], sections.get(name, ""), tags, asked)
    ]
    title = str(survey.get("SurveyEntry", {}).get("SurveyName", ""))
    return Questionnaire("Qualtrics", title, tuple(questions), tuple(_notes(elements)))


def _has_blocks(elements: list[Json]) -> bool:
    return any(each.get("Element") == "BL" for each in elements)


def _sections(elements: list[Json]) -> Iterator[tuple[str, str]]:
    """Each question that stands in a block, with the block's name; what was thrown away stands in the block Trash."""
    for element in elements:
        if element.get("Element") != "BL":
            continue
        payload = element.get("Payload") or []
        for block in payload.values() if isinstance(payload, dict) else payload:
            if block.get("Type") == "Trash":
                continue
            for part in block.get("BlockElements") or []:
                if part.get("Type") == "Question":
                    name = readable(str(block.get("Description", "")))
                    yield part["QuestionID"], "" if _UNNAMED.fullmatch(name) else name


def _stated(payload: Json, section: str, tags: Mapping[str, str], asked: Mapping[str, Any]) -> Iterator[Stated]:
    kind, tag = payload.get("QuestionType"), str(payload.get("DataExportTag", ""))
    universe, routing = _logic(payload.get("DisplayLogic"), tags, asked)
    text = readable(str(payload.get("QuestionText", "")))
    about = Stated(tag, text, section=section, routing=routing, universe=universe)
    choices = _named(payload, "Choices", "ChoiceOrder")
    if kind == "MC":
        several = payload.get("Selector") in _SEVERAL
        options = [Option(label, _code(payload, key), f"{tag}_{key}" if several else "") for key, label in choices]
        yield _choice(replace(about, options=tuple(options)), several=several)
    elif kind == "Matrix":
        answers = tuple(Option(label, _code(payload, key)) for key, label in _named(payload, "Answers", "AnswerOrder"))
        for key, label in choices:
            item = replace(_item(about, payload, key, label), options=answers)
            yield _choice(item, several=payload.get("SubSelector") == "MultipleAnswer")
    elif kind in ("Slider", "CS"):
        yield from (replace(_item(about, payload, *choice), asks="number") for choice in choices)
    elif kind == "TE" and payload.get("Selector") == "FORM":
        yield from (replace(_item(about, payload, *choice), asks="text") for choice in choices)
    elif kind == "TE":
        yield replace(about, asks="number" if _wants_number(payload) else "text")
    elif kind != "DB":  # a text to be shown
        yield about


def _choice(about: Stated, *, several: bool) -> Stated:
    return replace(about, asks="multi" if several else "single", separator="," if several else None)


def _item(about: Stated, payload: Json, key: str, label: str) -> Stated:
    """An item of a matrix or a form, with its own column."""
    name = str((payload.get("ChoiceDataExportTags") or {}).get(key) or f"{about.name}_{key}")
    return replace(about, name=name, text=f"{about.text} - {label}")


def _wants_number(payload: Json) -> bool:
    settings = (payload.get("Validation") or {}).get("Settings") or {}
    return isinstance(settings, dict) and settings.get("ContentType") == "ValidNumber"


def _named(payload: Json, what: str, order: str) -> list[tuple[str, str]]:
    """Choices or answers with their keys, in the order in which they were shown."""
    found = payload.get(what) or {}
    keyed = found if isinstance(found, dict) else {str(place): each for place, each in enumerate(found, start=1)}
    keys = [str(key) for key in payload.get(order) or keyed if str(key) in keyed]
    return [(key, readable(str(keyed[key].get("Display", "")))) for key in keys]


def _code(payload: Json, key: str) -> str:
    recoded = payload.get("RecodeValues") or {}
    return str(recoded.get(key, key) if isinstance(recoded, dict) else key)


def _logic(logic: Any, tags: Mapping[str, str], asked: Mapping[str, Any]) -> tuple[Universe | None, str]:
    """The condition in names and codes, and in words; the first is None where it is more than answers selected."""
    if not isinstance(logic, dict):
        return None, ""
    groups = [group for group in logic.values() if isinstance(group, dict)]
    parts = [each for group in groups for each in group.values() if isinstance(each, dict)]
    words = "; ".join(readable(str(part.get("Description", ""))) for part in parts) or "a condition"
    found: Universe = {}
    for part in parts:
        choice = _CHOICE.fullmatch(str(part.get("ChoiceLocator", part.get("LeftOperand", ""))))
        if part.get("Operator") != "Selected" or not choice or choice["question"] not in tags:
            return None, words
        name = tags[choice["question"]]
        code = _code(asked[choice["question"]], choice["choice"])
        joined = str(part.get("Conjuction", part.get("Conjunction", "And"))).lower()
        if found and ((joined == "or") != (name in found)):
            return None, words
        found[name] = (*found.get(name, ()), code)
    return (found or None) if len(groups) == 1 else None, words


def _notes(elements: list[Json]) -> Iterator[str]:
    flows = json.dumps([each.get("Payload") for each in elements if each.get("Element") == "FL"])
    if branches := flows.count('"Type": "Branch"'):
        yield f"the survey flow has {branches} branches: say whom they let through as `universe` of the questions"
