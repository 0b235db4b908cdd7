"""Measure Recount beside its peers.

    python -m bench [--rows N] [--runs N] [--only NAME ...] [--write]

With --write, the tables go to docs/bench.md and README.md, between their marks.
"""

import argparse
import tempfile
from pathlib import Path

from bench.agree import agree
from bench.lines import Line, short, table
from bench.machine import machine
from bench.paper import paper
from bench.reading import reading
from bench.runs import ROOT
from bench.streamed import streamed
from bench.toplines import toplines

BEGIN, END = "<!-- bench: written by make bench -->\n", "<!-- bench ends -->\n"
SMALLEST = 10_000


def main() -> None:
    """Run what is asked for, print the tables, write them if asked."""
    asked = _arguments()
    measured: list[Line] = []
    for name in asked.only:
        sizes = sorted({max(SMALLEST, asked.rows // 100), max(SMALLEST, asked.rows // 10), asked.rows})
        for rows in sizes if name in ("reading", "toplines") else [asked.rows]:
            with tempfile.TemporaryDirectory() as folder:
                measured += _measured(name, rows, asked.runs, Path(folder))
                print(table(measured[-9:]), flush=True)
    if asked.write:
        _put(ROOT / "docs" / "bench.md", f"{machine()}\n\n{table(measured)}\n")
        _put(ROOT / "README.md", f"{short(measured)}\n")


def _measured(name: str, rows: int, runs: int, folder: Path) -> list[Line]:
    if name == "paper":
        return paper(runs, folder)
    return {"reading": reading, "toplines": toplines, "streamed": streamed, "agreement": agree}[name](
        rows, runs, folder
    )


def _arguments() -> argparse.Namespace:
    known = ["paper", "reading", "toplines", "streamed", "agreement"]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=known, default=known)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _put(path: Path, content: str) -> None:
    """Put the tables between the marks of a page."""
    before, rest = path.read_text(encoding="utf-8").split(BEGIN)
    path.write_text(f"{before}{BEGIN}{content}{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
