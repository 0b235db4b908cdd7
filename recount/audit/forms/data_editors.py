"""The data editors' list of tables and programs as a table for a spreadsheet, one row a table, figure and number.

The columns are those of the social science data editors' template README, with what a reviewer needs to find an in-text
number: its section, its sentence, and what is printed.
"""

import pandas as pd

from recount.audit.forms.facts import Facts
from recount.audit.forms.listing import Listed, listed
from recount.ingest.guard import guarded

HEAD = (
    *("Figure/Table #", "Section", "Sentence", "Number", "Printed"),
    *("Program", "Line Number", "Output file", "Note"),
)


def data_editors(facts: Facts) -> str:
    """Write data-editors.csv; where responses are simulated, its first row says so."""
    rows = [_cells(each) for each in listed(facts)]
    if facts.notice:
        rows.insert(0, ["All", *[""] * (len(HEAD) - 2), facts.notice])
    table = pd.DataFrame(rows, columns=list(HEAD), dtype="str")
    return table.apply(guarded).to_csv(index=False, lineterminator="\n")


def _cells(each: Listed) -> list[str]:
    return [
        *(each.place, each.section, each.sentence, each.number, each.printed),
        *("; ".join(each.programs), "; ".join(map(str, each.lines)), each.output, "; ".join(each.notes)),
    ]
