"""The same respondents in two waves: who is in both, who came to an answer, who left it."""

# ruff: noqa: S608 - all names and texts go through recount.audit.sql.quote

from collections.abc import Iterable
from dataclasses import replace

from recount.audit.sql.conditions import both
from recount.audit.sql.counts import Title, in_base
from recount.audit.sql.fielded import Fielded
from recount.audit.sql.sources import respondents
from recount.audit.sql.steps import Query, Step, each_once, select
from recount.audit.sql.subject import subject

BEFORE, NOW = "before", "now"
IN_BOTH = f"{NOW}.in_base AND {BEFORE}.in_base"
CAME, LEFT = f"{NOW}.chose AND NOT {BEFORE}.chose", f"{BEFORE}.chose AND NOT {NOW}.chose"
STATISTICS = ("returning", "gained", "lost", "change")


def of_two_waves(
    title: Title, of: Fielded, question: str, statistic: str, *, category: str, earlier: str, within: str = ""
) -> Query:
    """Count respondents by what they said in both waves; each wave is read in a step of its own.

    `within`, such as `region=asia`, keeps those who were in this level both times.
    """
    waves = ((BEFORE, of.in_wave(earlier)), (NOW, of))
    steps = tuple(Step(name, _choices(each, question, category, within), f"Wave {each.wave}.") for name, each in waves)
    source = f"FROM {NOW} JOIN {BEFORE} USING (respondent)"
    return Query(title, steps, select(_columns(statistic, everyone=not question), source))


def _columns(statistic: str, *, everyone: bool) -> list[str]:
    if statistic == "returning":
        base = f"(SELECT count(*) FROM {NOW})" if everyone else f"count(*) FILTER (WHERE {NOW}.in_base)"
        return [f"count(*) FILTER (WHERE {IN_BOTH}) AS n", f"{base} AS base", "n AS value"]
    base = f"count(*) FILTER (WHERE {IN_BOTH}) AS base"
    came, left = (f"count(*) FILTER (WHERE {IN_BOTH} AND {each})" for each in (CAME, LEFT))
    if statistic == "change":
        return [base, f"({came} - {left}) / nullif(base, 0) AS value"]
    return [f"{came if statistic == 'gained' else left} AS n", base, "n AS value"]


def _choices(of: Fielded, question: str, category: str, within: str) -> str:
    """Write the query of one wave: respondent, whether in the question's base, whether the category was chosen."""
    if not question:
        return _written(respondents(of), ["respondent", "true AS in_base"], "FROM respondents")
    group, _, level = within.partition("=")
    found = subject(of, question, group=group, level=level)
    base = both(found.among, found.base) or "true"
    chose = in_base(found, found.chose(category), category) if category else "false"
    found = replace(found, tables=(*found.tables, "JOIN respondents USING (row)"))
    columns = ["respondent", f"coalesce({base}, false) AS in_base", f"coalesce({both(base, chose)}, false) AS chose"]
    steps = each_once([*found.steps, *respondents(of)])
    return _written(steps, columns, found.source())


def _written(steps: Iterable[Step], columns: list[str], source: str) -> str:
    return str(Query((), tuple(steps), select(columns, source))).removesuffix(";\n")
