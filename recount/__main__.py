"""`python -m recount` is the command `recount`."""

from recount.cli import main

main()
