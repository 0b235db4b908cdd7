"""XLSForm (ODK, KoboToolbox, SurveyCTO): a workbook with the sheets survey and choices."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from recount.clean.wording import readable
from recount.errors import ExportError, Finding
from recount.fieldwork.forms.conditions import matching, universe
from recount.fieldwork.stated import Asks, Option, Questionnaire, Stated

Row = dict[str, str]

_SELECT = re.compile(
    r"(?:select[ _](?P<kind>one|multiple|all that apply)|rank)(?: from)? (?P<list>\S+)"
    r"(?P<other> or[ _](?:specify )?other)?",
    re.IGNORECASE,
)
_KINDS: dict[str, Asks] = {
    "integer": "number",
    "int": "number",
    "decimal": "number",
    "range": "number",
    "date": "date",
    "datetime": "date",
    "text": "text",
    "string": "text",
    "barcode": "text",
    "time": "text",
}
_PERSONAL = {"geopoint", "geotrace", "geoshape", "phonenumber", "email", "username", "image", "audio", "video", "file"}
_EQUAL = matching(r"\$\{(?P<name>[^}]+)\}\s*=\s*[\"'](?P<code>[^\"']*)[\"']")
_SELECTED = matching(r"selected\(\s*\$\{(?P<name>[^}]+)\}\s*,\s*[\"'](?P<code>[^\"']*)[\"']\s*\)")


def read(content: bytes, *, file: str) -> Questionnaire:
    """Read the workbook; labels in the first language. Raise `ExportError` where it is no form."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ExportError(
            Finding(problem=f"the workbook cannot be read: {error}", file=file, mend="save it as .xlsx")
        ) from None
    sheets = {sheet.title.strip().lower(): _rows(list(sheet.iter_rows(values_only=True))) for sheet in book}
    if "survey" not in sheets:
        raise ExportError(
            Finding(problem="this is no XLSForm", file=file, expected="a sheet survey, with type, name and label")
        )
    settings = next(iter(sheets.get("settings", [])), {})
    questions = tuple(_stated(sheets["survey"], sheets.get("choices", [])))
    return Questionnaire("XLSForm", settings.get("form_title", ""), questions)


def _rows(cells: Sequence[Sequence[Any]]) -> list[Row]:
    """Rows by heading; of `label::English (en)` and its like the first language is the label."""
    if not cells:
        return []
    names = [str(name or "").strip().lower() for name in cells[0]]
    known: dict[int, str] = {}
    for place, name in enumerate(names):
        plain = re.split(r"::|:", name)[0].replace("list name", "list_name").strip()
        if plain and plain not in known.values():
            known[place] = plain
    return [{known[n]: _text(cell) for n, cell in enumerate(row) if n in known} for row in cells[1:] if any(row)]


def _text(cell: Any) -> str:
    """A cell as text; spreadsheets make numbers of codes."""
    if cell is None:
        return ""
    return f"{cell:g}" if isinstance(cell, float) else str(cell).strip()


def _stated(survey: list[Row], choices: list[Row]) -> Iterator[Stated]:
    groups: list[tuple[str, str]] = []
    for row in survey:
        kind = row.get("type", "").strip()
        if re.match(r"begin[ _]", kind):
            groups.append((readable(row.get("label", "")), row.get("relevant", "")))
        elif re.match(r"end[ _]", kind):
            groups = groups[:-1]
        elif row.get("name"):
            yield from _question(row, kind, choices, groups)


def _question(row: Row, kind: str, choices: list[Row], groups: list[tuple[str, str]]) -> Iterator[Stated]:
    name, text = row["name"], readable(row.get("label", "")) or row["name"]
    conditions = [each for each in (*(condition for _, condition in groups), row.get("relevant", "")) if each]
    routing = " and ".join(f"({condition})" for condition in conditions)
    about = Stated(
        name,
        text,
        section=next((label for label, _ in reversed(groups) if label), ""),
        routing=routing,
        universe=universe(routing, lambda condition: _EQUAL(condition) or _SELECTED(condition)) if routing else None,
    )
    select = _SELECT.fullmatch(kind)
    if select:
        one = (select["kind"] or "").lower() == "one"
        options = _options(choices, select["list"], other=bool(select["other"]))
        yield replace(about, asks="single" if one else "multi", options=options, separator=None if one else "space")
        if select["other"]:
            yield replace(about, name=f"{name}_other", text=f"{text} - Other", asks="text")
    elif kind.lower() in _KINDS or kind.lower() in _PERSONAL:
        yield replace(about, asks=_KINDS.get(kind.lower(), "text"), personal=kind.lower() in _PERSONAL)


def _options(choices: list[Row], name: str, *, other: bool) -> tuple[Option, ...]:
    """The choices of a list; with the one that `or_other` adds."""
    named = [each for each in choices if each.get("list_name") == name and each.get("name")]
    options = [Option(readable(each.get("label", "")) or each["name"], each["name"]) for each in named]
    if other and all(each.code != "other" for each in options):
        options.append(Option("Other", "other"))
    return tuple(options)
