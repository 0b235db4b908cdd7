"""How the cells of one question are read: a step with a row a respondent, and the answer in it."""

from recount.audit.sql.conditions import both, one_of, ticked_any
from recount.audit.sql.fielded import Fielded
from recount.audit.sql.lists import list_reading
from recount.audit.sql.meanings import by_category, meanings
from recount.audit.sql.quote import text, texts
from recount.audit.sql.sources import (
    RESPONDENT,
    cell_of,
    changed,
    joined_log,
    number_of,
    says_something,
    written,
)
from recount.audit.sql.steps import Step, each_once
from recount.audit.sql.ticks import ticks_reading
from recount.study.instrument import Question


def answers(of: Fielded, question: Question) -> tuple[Step, ...]:
    """Give the steps that end in the question's own: row, `asked` where not everyone was, `answer` or `ticked`.

    `answer` is a category's id, a number, a date or a text, `ticked` a list of ids; null where there is none.
    """
    if question.id not in of.known:
        of.known[question.id] = each_once(_answers(of, question))
    return of.known[question.id]


def asked(of: Fielded, question: Question) -> str:
    """Write the condition that someone was asked, in steps that stand beside the question's own; "" for everyone."""
    return f"{of.step(question)}.asked" if question.universe_in(of.wave) else ""


def _answers(of: Fielded, question: Question) -> list[Step]:
    steps, read = _reading(of, question)
    step, about = of.step(question), f"{question.label}: {question.text_in(of.wave)}"
    universe = question.universe_in(of.wave)
    if not universe:
        return [*changed(of), *steps, Step(step, read, about)]
    given = of.step(question, "given")
    before = [of.question(name) for name in universe]
    condition = " AND ".join(gave(of, each, universe[each.id]) for each in before)
    others = "\n".join(f"JOIN {of.step(each)} USING (row)" for each in before)
    who = f"SELECT {given}.*, coalesce({condition}, false) AS asked\nFROM {given}\n{others}"
    return [
        *changed(of),
        *steps,
        Step(given, read, about),
        *(each for other in before for each in answers(of, other)),
        Step(step, who, f"Who was asked about {question.label}."),
    ]


def _reading(of: Fielded, question: Question) -> tuple[list[Step], str]:
    """The steps before, and the SELECT of what a question was answered with."""
    if question.type == "multi" and question.waves[of.wave].columns:
        return ticks_reading(of, question)
    if question.type == "multi":
        return [], list_reading(of, question)
    variable = RESPONDENT if question == of.instrument.of_type("id", of.wave) else question.id
    return [], f"SELECT kept.row, {_answer(of, question)} AS answer\nFROM kept\n{joined_log(variable)}"


def gave(of: Fielded, question: Question, categories: tuple[str, ...]) -> str:
    """Write the condition that someone was asked a question and gave, or ticked, one of these categories."""
    step = of.step(question)
    if question.type == "multi":
        columns = question.waves[of.wave].columns
        there = columns or [each.id for each in question.offered_in(of.wave)]
        chosen = ticked_any(f"{step}.ticked", [each for each in categories if each in there])
    else:
        chosen = one_of(f"{step}.answer", categories)
    return both(asked(of, question), chosen)


def _answer(of: Fielded, question: Question) -> str:
    if question.closed:
        return _category(of, question)
    cell = cell_of(of, question)
    if question.type in ("number", "weight"):
        return number_of(of, question)
    if question.type == "date":
        return f"TRY_CAST(left(coalesce(changed.after, {cell}), 10) AS DATE)"
    return (
        "CASE\n"
        "    WHEN changed.row IS NOT NULL THEN nullif(changed.after, '')\n"
        f"    WHEN {written(cell)} THEN {cell}\n"
        "  END"
    )


def _category(of: Fielded, question: Question) -> str:
    """The log, else what the text means; a text that means nothing is no category, and no blank either."""
    cell = cell_of(of, question)
    known = meanings(of, question, of.column(question.waves[of.wave].column or ""))
    filled = f"coalesce({cell}, '')" if "" in known else cell
    cases = [
        f"    WHEN {filled} IN ({texts(said)}) THEN {text(category)}\n"
        for category, said in by_category(question, known).items()
    ]
    return (
        "CASE\n"
        "    WHEN changed.row IS NOT NULL THEN nullif(changed.after, '')\n"
        f"{''.join(cases)}"
        f"    WHEN {says_something(cell)} THEN 'not read: ' || {cell}\n"
        "  END"
    )
