"""The SQL of estimates, in pieces that many of them share."""

import re

from recount.audit.pages.study import Study
from recount.audit.sql import sql_in
from recount.write.number import Estimate

PARTS = ("wave", "question", "statistic", "category", "group", "level")
# After the head of a query, and after each of its steps.
STEP = re.compile(r"(?<=^WITH\n)|(?<=^\),\n)|(?<=^\)\n)", re.MULTILINE)


def query(study: Study, estimate: Estimate) -> list[int]:
    """Give the places of the pieces of an estimate's SQL; one after the other they are the SQL.

    Steps are pieces, since most stand in many queries, and so are the lines before and after them.
    """
    named = {part: getattr(estimate, part) for part in PARTS}
    text = sql_in(named, study.fielded[estimate.wave])
    head, *steps = STEP.split(text)
    tail = steps.pop() if steps else ""
    return study.pool.places([*head.splitlines(keepends=True), *steps, *tail.splitlines(keepends=True)])
