"""Every number once more, as SQL that a reader can paste into DuckDB.

A second way from the raw cells to a count, a share, a mean or a median. It shares no code with recount.clean and
recount.estimate: from the files of a wave (raw.parquet, changes.csv, excluded.csv, codes.csv, uncoded.csv) and from
what the study declares, the SQL of each number is written out whole. docs/verify.md shows one.
"""

from recount.audit.sql.query import query_of, reason_not_recounted, sql_in, sql_of

__all__ = ["query_of", "reason_not_recounted", "sql_in", "sql_of"]
