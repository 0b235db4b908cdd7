"""The list of tables and programs: for each table, figure and number, the program that makes it and what it writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from recount.audit.forms.facts import Facts, Ledger
from recount.audit.forms.places import IN_TEXT, float_of, named, section_of, sections
from recount.write.index import FILE
from recount.write.quoted import quoted

PAPER = "results/paper/paper.md"
MADE_BY = {"table": "write_paper", "figure": "draw_figure"}
WITHIN = {"caption": "in the caption", "note": "in the note", "alt text": "in the alternative text"}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One line of the list; `number` is the id in numbers.json, empty for a table or figure as a whole.

    `lines` count in the last programs named: in each module that computes, or in the file that declares.
    """

    place: str
    section: str = ""
    sentence: str = ""
    number: str = ""
    printed: str = ""
    programs: tuple[str, ...]
    lines: tuple[int, ...]
    output: str
    notes: tuple[str, ...]


def listed(facts: Facts) -> list[Listed]:
    """List the tables, the figures, then every number of the ledger, in its order."""
    return [*_floats(facts), *_numbers(facts)]


def _floats(facts: Facts) -> Iterator[Listed]:
    files = {"table": facts.settings.paper.tables, "figure": facts.settings.paper.figures}
    of_each = [float_of(number) for number in facts.numbers["numbers"]]
    for kind, place, name in facts.floats():
        line = facts.declared.get((kind, name))
        yield Listed(
            place=named(kind, place),
            programs=(_script(facts.numbers, MADE_BY[kind]), files[kind]),
            lines=() if line is None else (line,),
            output=PAPER if kind == "table" else f"results/figures/{name}.svg",
            notes=(f"{kind}s.{name}, with {of_each.count((kind, name))} numbers",),
        )


def _numbers(facts: Facts) -> Iterator[Listed]:
    places = {(kind, name): named(kind, place) for kind, place, name in facts.floats()}
    headings = sections(facts.paper)
    for number in facts.numbers["numbers"]:
        stands_in = float_of(number)
        yield Listed(
            place=places.get(stands_in, IN_TEXT) if stands_in else IN_TEXT,
            section=section_of(number, headings),
            sentence=number["sentence"],
            number=number["id"],
            printed=number["display"],
            **_made(number, facts.numbers),
            notes=tuple(_notes(number, facts.numbers)),
        )


def _made(number: Mapping[str, Any], ledger: Ledger) -> dict[str, Any]:
    """The programs, lines and output of a number: where its estimates are computed, or where it is written."""
    rows = [ledger["estimates"][key] for key in quoted(number["trace"])]
    if not rows:
        return {"programs": (_script(ledger, "write_paper"),), "lines": (), "output": PAPER}
    code = [row["provenance"]["code"] for row in rows]
    scripts = dict.fromkeys(_script(ledger, each["rule"]) for each in code)
    modules = dict.fromkeys((each["file"], each["line"]) for each in code)
    places = ", ".join(str(row["row"]) for row in rows)
    return {
        "programs": (*scripts, *(file for file, _ in modules)),
        "lines": tuple(line for _, line in modules),
        "output": f"{FILE} row{'s' if len(rows) > 1 else ''} {places}",
    }


def _notes(number: Mapping[str, Any], ledger: Ledger) -> Iterator[str]:
    yield number["formula"]
    if number["part"] in WITHIN:
        yield WITHIN[number["part"]]
    where = number["declared_at"] or (f"line {number['line']}" if number["line"] else "")
    yield f"written at {', '.join(part for part in (number['file'], where) if part)}"
    waves = {ledger["estimates"][key]["wave"] for key in quoted(number["trace"])}
    if waves & set(ledger["simulated"]):
        yield "simulated responses"


def _script(ledger: Ledger, rule: str) -> str:
    return str(ledger["code"][rule]["script"])
