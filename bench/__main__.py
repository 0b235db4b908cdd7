"""Measure Recount beside its peers.

    python -m bench [--rows N] [--runs N] [--only NAME ...] [--write]

With --write, the tables go to docs/bench.md and README.md, between their marks.
"""

import argparse
import tempfile
from pathlib import Path

from bench.agree import agree
from bench.kept import keep, read_kept
from bench.lines import Line, short, table
from bench.machine import machine
from bench.paper import paper
from bench.reading import reading
from bench.runs import ROOT
from bench.streamed import streamed
from bench.toplines import toplines

BEGIN, END = "<!-- bench: written by make bench -->\n", "<!-- bench ends -->\n"
SMALLEST = 10_000
GROWING = ("reading", "toplines")
# What was measured last of each, so that one of them can be measured anew.
KEPT = ROOT / "bench" / "measured.json"


def main() -> None:
    """Run what is asked for, print the tables, write them if asked."""
    asked = _arguments()
    for name in asked.only:
        lines: list[Line] = []
        for rows in _sizes(asked.rows) if name in GROWING else [asked.rows]:
            with tempfile.TemporaryDirectory() as folder:
                lines += _measured(name, rows, asked.runs, Path(folder))
        print(table(lines), flush=True)
        if asked.write:
            keep(KEPT, name, lines, machine())
    if asked.write:
        kept = read_kept(KEPT)
        _put(ROOT / "docs" / "bench.md", "\n".join(f"{each.machine}\n\n{table(each.lines)}\n" for each in kept))
        _put(ROOT / "README.md", f"{short([line for each in kept for line in each.lines])}\n")


def _sizes(rows: int) -> list[int]:
    """How cost grows: a hundredth, a tenth, and the whole."""
    return sorted({max(SMALLEST, rows // 100), max(SMALLEST, rows // 10), rows})


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
