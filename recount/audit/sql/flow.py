"""The wave as a whole: from those contacted to those whose answers count."""

# ruff: noqa: S608 - all names and texts go through recount.audit.sql.quote

from recount.audit.sql.counts import Title
from recount.audit.sql.fielded import CHANGES, Fielded
from recount.audit.sql.quote import text
from recount.audit.sql.sources import excluded, kept
from recount.audit.sql.steps import Query

FLOW = ("contacted", "received", "excluded", "respondents", "response_rate", "changed_cells")


def flow(title: Title, of: Fielded, statistic: str, category: str) -> Query:
    """Count rows of the export, of those left out, of the log; `contacted` is what config.yaml says."""
    received = f"(SELECT count(*) FROM {of.table('raw.parquet')})"
    contacted = of.settings.waves[of.wave].contacted
    if statistic == "contacted":
        return Query(title, (), f"SELECT {contacted or 'NULL'} AS value -- declared in config.yaml")
    if statistic == "received":
        return Query(title, (), f"SELECT count(*) AS value\nFROM {of.table('raw.parquet')}")
    if statistic == "changed_cells":
        source = of.table("changes.csv", CHANGES)
        return Query(title, (), f"SELECT count(*) AS value\nFROM {source}\nWHERE rule = {text(category)}")
    if statistic == "excluded":
        counted = (
            f"SELECT count(*) AS n, {received} AS base, n AS value\nFROM excluded\nWHERE reason = {text(category)}"
        )
        return Query(title, (excluded(of),), counted)
    base, value = (received, "n") if statistic == "respondents" else (contacted or "NULL", "n / nullif(base, 0)")
    counted = f"SELECT count(*) AS n, {base} AS base, {value} AS value\nFROM (SELECT row FROM kept)"
    return Query(title, tuple(kept(of)), counted)
