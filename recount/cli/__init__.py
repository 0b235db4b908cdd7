"""The command `recount`: what an author and a reviewer do beside `snakemake`; a module a concern."""

from recount.cli import changes, coding, fieldwork, paper, review, waves
from recount.cli.app import app

__all__ = ["app", "changes", "coding", "fieldwork", "main", "paper", "review", "waves"]


def main() -> None:
    """Run the command."""
    app()
