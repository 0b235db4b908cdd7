"""LimeSurvey's .lss: tables of a database as XML; columns of the export are `Q1` and `Q1[SQ001]`."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

from recount.clean.wording import readable
from recount.fieldwork.forms.conditions import matching, universe
from recount.fieldwork.forms.markup import below, parsed
from recount.fieldwork.stated import Asks, Option, Questionnaire, Stated
from recount.study.instrument import Universe

Row = dict[str, str]

_SINGLE, _SEVERAL = "L!OIYG5X", "MP"
_ARRAYS = "FABCEH1"
_KINDS: dict[str, Asks] = {
    "S": "text",
    "T": "text",
    "U": "text",
    "Q": "text",
    "N": "number",
    "K": "number",
    "D": "date",
}
# The answers of types that have their own, by code.
_OWN = {
    "Y": (("Y", "Yes"), ("N", "No")),
    "G": (("F", "Female"), ("M", "Male")),
    "5": tuple((str(n), str(n)) for n in range(1, 6)),
    "A": tuple((str(n), str(n)) for n in range(1, 6)),
    "B": tuple((str(n), str(n)) for n in range(1, 11)),
    "C": (("Y", "Yes"), ("N", "No"), ("U", "Uncertain")),
    "E": (("I", "Increase"), ("S", "Same"), ("D", "Decrease")),
}
# Neither asks anything: a text to be shown, an equation, a file.
_NOTHING = "X*|"
_ATOM = matching(r"(?P<name>[A-Za-z]\w*?)(?:\.(?:NAOK|value))?\s*==\s*[\"'](?P<code>[^\"']*)[\"']")


def read(content: bytes, *, file: str) -> Questionnaire:
    """Read the questionnaire in its first language."""
    tables = _Tables(parsed(content, file=file))
    titles = [row.get("surveyls_title", "") for row in tables.rows("surveys_languagesettings")]
    questions = [each for row in tables.questions() for each in _stated(row, tables)]
    return Questionnaire("LimeSurvey", next(iter(titles), ""), tuple(questions))


class _Tables:
    """The tables of the file, and what belongs to a question in them."""

    def __init__(self, root: ET.Element) -> None:
        self.root = root
        self.language = next((each.text or "" for each in below(root, "language")), "")
        self.texts = {row["qid"]: row.get("question", "") for row in self.rows("question_l10ns") if self._here(row)}
        self.groups = {row["gid"]: row.get("group_name", "") for row in self.rows("group_l10ns") if self._here(row)}
        self.groups |= {row["gid"]: row["group_name"] for row in self.rows("groups") if row.get("group_name")}
        self.labels = {row["aid"]: row.get("answer", "") for row in self.rows("answer_l10ns") if self._here(row)}

    def _here(self, row: Row) -> bool:
        return row.get("language", self.language) == self.language

    def rows(self, table: str) -> list[Row]:
        found = self.root.find(f"{table}/rows")
        rows = [] if found is None else [{each.tag: each.text or "" for each in row} for row in found]
        return [row for row in rows if table not in ("questions", "subquestions", "answers") or self._here(row)]

    def questions(self) -> list[Row]:
        orders = {row["gid"]: int(row.get("group_order") or 0) for row in self.rows("groups")}
        asked = [row for row in self.rows("questions") if row.get("parent_qid", "0") == "0"]
        return sorted(asked, key=lambda row: (orders.get(row["gid"], 0), int(row.get("question_order") or 0)))

    def parts(self, question: Row, scale: str = "0") -> list[Row]:
        """The items or options of a question, in order."""
        every = [*self.rows("subquestions"), *self.rows("questions")]
        mine = [row for row in every if row.get("parent_qid") == question["qid"] and row.get("scale_id", "0") == scale]
        return sorted(mine, key=lambda row: int(row.get("question_order") or 0))

    def text(self, row: Row) -> str:
        return readable(self.texts.get(row["qid"], "") or row.get("question", ""))

    def options(self, question: Row) -> tuple[Option, ...]:
        if question["type"] in _OWN:
            return tuple(Option(label, code) for code, label in _OWN[question["type"]])
        mine = [row for row in self.rows("answers") if row["qid"] == question["qid"]]
        mine.sort(key=lambda row: int(row.get("sortorder") or 0))
        named = [
            (row["code"], readable(self.labels.get(row.get("aid", ""), "") or row.get("answer", ""))) for row in mine
        ]
        other = [Option("Other", "-oth-")] if question.get("other") == "Y" and question["type"] in "L!" else []
        return (*(Option(readable(label) or code, code) for code, label in named), *other)


def _stated(row: Row, tables: _Tables) -> Iterator[Stated]:
    kind, name, text = row["type"], row["title"], tables.text(row)
    if kind in _NOTHING:
        return
    parts = tables.parts(row)
    routing = row.get("relevance", "").strip()
    routing = "" if routing in ("", "1") else routing
    asked = universe(routing, _ATOM) if routing else None
    section = tables.groups.get(row["gid"], "")
    about = Stated(name, text, section=section, routing=routing, universe=_columns(asked))
    if kind in _SEVERAL:
        options = tuple(Option(tables.text(part) or part["title"], "Y", f"{name}[{part['title']}]") for part in parts)
        yield replace(about, asks="multi", options=options)
    elif kind in _ARRAYS or (parts and kind not in _SINGLE):
        for part in parts:
            item = replace(about, name=f"{name}[{part['title']}]", text=f"{text} - {tables.text(part)}")
            yield replace(
                item, asks="single" if kind in _ARRAYS else _KINDS.get(kind, "unknown"), options=tables.options(row)
            )
    elif kind in _SINGLE:
        yield replace(about, asks="single", options=tables.options(row))
    else:
        yield replace(about, asks=_KINDS.get(kind, "unknown"))


def _columns(asked: Universe | None) -> Universe | None:
    """Expressions name an option as `Q13_SQ001`; its column is `Q13[SQ001]`."""
    if asked is None:
        return None
    found: Universe = {}
    for name, codes in asked.items():
        question, mark, option = name.rpartition("_")
        if mark and codes == ("Y",):
            found[question] = (f"{question}[{option}]",)
        else:
            found[name] = codes
    return found
