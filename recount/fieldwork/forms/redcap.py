"""REDCap's data dictionary, a CSV file: a field a row; checkboxes have a column an option, `name___code`."""

import csv
import io
from collections.abc import Iterator, Mapping

from recount.clean.wording import readable
from recount.fieldwork.forms.conditions import matching, universe
from recount.fieldwork.stated import Asks, Option, Questionnaire, Stated
from recount.study.instrument import Universe

FIELD, KIND, LABEL = "Variable / Field Name", "Field Type", "Field Label"
CHOICES, LOGIC = "Choices, Calculations, OR Slider Labels", "Branching Logic (Show field only if...)"
VALIDATION = "Text Validation Type OR Show Slider Number"
_CLOSED = {"radio", "dropdown"}
_FIXED = {"yesno": (("1", "Yes"), ("0", "No")), "truefalse": (("1", "True"), ("0", "False"))}
_NOTHING = {"descriptive", "file", "signature"}
_ATOM = matching(r"\[(?P<name>[^\[\]]+)\]\s*=\s*[\"']?(?P<code>[^\"'<>]+?)[\"']?")


def recognised(content: bytes) -> bool:
    """Tell a data dictionary by its first heading."""
    return FIELD.encode() in content[:200]


def read(content: bytes, *, file: str) -> Questionnaire:
    """Read the dictionary; it has no title."""
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig", errors="replace"), newline="")))
    notes = () if rows else (f"{file} lists no fields",)
    return Questionnaire("REDCap", "", tuple(_stated(rows)), notes)


def _stated(rows: list[dict[str, str]]) -> Iterator[Stated]:
    section, kinds = "", {row[FIELD]: row[KIND] for row in rows}
    for place, row in enumerate(rows):
        section = readable(row.get("Section Header") or "") or section
        if row[KIND] in _NOTHING:
            continue
        logic = (row.get(LOGIC) or "").strip()
        yield Stated(
            name=row[FIELD],
            text=readable(row.get(LABEL) or "") or row[FIELD],
            asks="id" if place == 0 else _asks(row),
            options=_options(row),
            section=section,
            routing=logic,
            universe=_universe(logic, kinds),
            personal=(row.get("Identifier?") or "").lower() == "y",
        )


def _asks(row: Mapping[str, str]) -> Asks:
    kind, validation = row[KIND], (row.get(VALIDATION) or "").lower()
    if kind in _CLOSED or kind in _FIXED:
        return "single"
    if kind == "checkbox":
        return "multi"
    if kind in ("calc", "slider") or validation.startswith(("integer", "number")):
        return "number"
    return "date" if validation.startswith("date") else "text"


def _options(row: Mapping[str, str]) -> tuple[Option, ...]:
    """The choices `1, one | 2, two`; of checkboxes each with its column, whose name is in small letters."""
    kind, name = row[KIND], row[FIELD]
    if kind in _FIXED:
        return tuple(Option(label, code) for code, label in _FIXED[kind])
    if kind not in {*_CLOSED, "checkbox"}:
        return ()
    pairs = [choice.partition(",") for choice in (row.get(CHOICES) or "").split("|")]
    named = [(code.strip(), readable(label) or code.strip()) for code, _, label in pairs if code.strip()]
    if kind == "checkbox":
        return tuple(Option(label, "1", f"{name}___{code.lower()}") for code, label in named)
    return tuple(Option(label, code) for code, label in named)


def _universe(logic: str, kinds: Mapping[str, str]) -> Universe | None:
    """`[sex] = "0" and [meds(1)] = "1"`; the second is an option of a checkbox."""
    asked = universe(logic, _ATOM) if logic else None
    if asked is None or any(name.partition("(")[0] not in kinds for name in asked):
        return None
    said: Universe = {}
    for name, codes in asked.items():
        field, _, option = name.rstrip(")").partition("(")
        if option and codes != ("1",):
            return None
        said[field] = (*said.get(field, ()), f"{field}___{option.lower()}") if option else codes
    return said
