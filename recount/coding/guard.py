"""The guard of coders' tables is that of all tables: recount.ingest.guard."""

from recount.ingest.guard import guarded, unguarded

__all__ = ["guarded", "unguarded"]
