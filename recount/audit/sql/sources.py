"""The first steps of every query: whose answers count, what cleaning changed, who the respondents are."""

from recount.audit.sql.fielded import CHANGES, CODES, EXCLUDED, UNCODED, Fielded
from recount.audit.sql.quote import BLANK, UNSEEN, text
from recount.audit.sql.steps import Step
from recount.study.instrument import Question

RESPONDENT = "respondent"
# A guard stands before what a spreadsheet would run as a formula: an apostrophe, which is no part of the text.
_GUARD = r"^'(['\s\x0B\x{A0}\x{3000}\x{200B}\x{FEFF}]*[=+@＝＋－＠-]|'*[\t\r\n])"


def excluded(of: Fielded) -> Step:
    """Read which responses are left out."""
    return Step("excluded", f"SELECT row, reason\nFROM {of.table('excluded.csv', EXCLUDED)}", "The responses left out.")


def kept(of: Fielded) -> list[Step]:
    """Read the raw cells of all responses but those left out."""
    cells = Step("kept", f"FROM {of.table('raw.parquet')} ANTI JOIN excluded USING (row)", "All others, cell by cell.")
    return [excluded(of), cells]


def changed(of: Fielded) -> list[Step]:
    """Read the log of changes, an empty text where a value was taken away."""
    source = of.table("changes.csv", CHANGES)
    sql = f"SELECT row, variable, coalesce(after, '') AS after\nFROM {source}"
    return [*kept(of), Step("changed", sql, "What cleaning changed: there the log counts, not the cell.")]


def respondents(of: Fielded) -> list[Step]:
    """Name the respondents: by their id, or by their row where the wave asked for none."""
    question = of.instrument.of_type("id", of.wave)
    if question is None:
        return [*kept(of), Step("respondents", "SELECT row, 'row-' || row AS respondent\nFROM kept")]
    cell = cell_of(of, question)
    after = unguarded("changed.after")
    sql = f"SELECT kept.row, coalesce({after}, {cell}) AS respondent\nFROM kept\n{joined_log(RESPONDENT)}"
    return [*changed(of), Step("respondents", sql)]


def codes(of: Fielded) -> Step:
    """Read the final codes of open-ended answers."""
    source = of.table("codes.csv", CODES)
    sql = f"SELECT {unguarded('respondent')} AS respondent, question, code, decided_by\nFROM {source}"
    return Step("codes", sql, "The codes of open-ended answers; without the apostrophe that guards spreadsheets.")


def uncoded(of: Fielded) -> Step:
    """Read which answers still need a person."""
    source = of.table("uncoded.csv", UNCODED)
    sql = f"SELECT {unguarded('respondent')} AS respondent, question, problem\nFROM {source}"
    return Step("uncoded", sql, "The answers that still need a person.")


def weights(of: Fielded, question: Question) -> list[Step]:
    """Read the weight of each respondent."""
    sql = f"SELECT kept.row, {number_of(of, question)} AS weight\nFROM kept\n{joined_log(question.id)}"
    return [*changed(of), Step("weights", sql)]


def cell_of(of: Fielded, question: Question) -> str:
    """Write the cell of a question that stands in one column."""
    return of.cell(of.column(question.waves[of.wave].column or ""))


def number_of(of: Fielded, question: Question) -> str:
    """Read a number: from the log, where an apostrophe guards a negative one, else from the cell."""
    return f"TRY_CAST(coalesce(ltrim(changed.after, ), {cell_of(of, question)}) AS DOUBLE)"


def joined_log(variable: str) -> str:
    """Put beside each response the log's entry on one variable, where there is one."""
    return f"LEFT JOIN changed ON changed.row = kept.row AND changed.variable = {text(variable)}"


def says_something(cell: str) -> str:
    """Ask whether anything that can be seen stands in a cell."""
    return f"regexp_matches({cell}, '[^{UNSEEN}]')"


def written(cell: str) -> str:
    """Ask whether a cell of free text holds anything but blanks."""
    return f"regexp_matches({cell}, '[^{BLANK}]')"


def unguarded(column: str) -> str:
    """Take the guard of spreadsheets off a text."""
    return f"regexp_replace({column}, {text(_GUARD)}, '\\1')"
