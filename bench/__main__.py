"""Measure Recount beside its peers.

    python -m bench [--rows N] [--runs N] [--only NAME ...] [--write]

With --write, the tables go to docs/bench.md and README.md, and where the time went to docs/bench.md, between their
marks.
"""

import argparse
import tempfile
from pathlib import Path

from bench.agree import agree
from bench.kept import Kept, keep, read_kept
from bench.lines import Line, Measured, short, table
from bench.machine import machine
from bench.paper import paper
from bench.profiled import told
from bench.reading import reading
from bench.runs import ROOT
from bench.streamed import streamed
from bench.toplines import toplines

TABLES = "<!-- bench: written by make bench -->\n", "<!-- bench ends -->\n"
PROFILES = "<!-- profiles: written by make bench -->\n", "<!-- profiles end -->\n"
SMALLEST = 10_000
GROWING = ("reading", "toplines")
BENCHMARKS = {"paper": paper, "reading": reading, "toplines": toplines, "streamed": streamed, "agreement": agree}
# What was measured last of each, so that one of them can be measured anew.
KEPT = ROOT / "bench" / "measured.json"


def main() -> None:
    """Run what is asked for, print the tables, write them if asked."""
    asked = _arguments()
    for name in asked.only:
        found = _measured(name, asked.rows, asked.runs)
        print(f"{table(found.lines)}\n{told(found.profile)}\n", flush=True)
        if asked.write:
            keep(KEPT, name, found, machine())
    if asked.write:
        _write(read_kept(KEPT))


def _write(kept: list[Kept]) -> None:
    page, lines = ROOT / "docs" / "bench.md", [line for each in kept for line in each.measured.lines]
    _put(page, TABLES, "\n".join(f"{each.machine}\n\n{table(each.measured.lines)}\n" for each in kept))
    _put(page, PROFILES, "".join(f"- {each.name}: {told(each.measured.profile)}.\n" for each in kept))
    _put(ROOT / "README.md", TABLES, f"{short(lines)}\n")


def _sizes(rows: int) -> list[int]:
    """How cost grows: a hundredth, a tenth, and the whole."""
    return sorted({max(SMALLEST, rows // 100), max(SMALLEST, rows // 10), rows})


def _measured(name: str, rows: int, runs: int) -> Measured:
    """Measure one benchmark, growing or not; the profile is that of the largest."""
    lines: list[Line] = []
    for size in _sizes(rows) if name in GROWING else [rows]:
        with tempfile.TemporaryDirectory() as folder:
            found = BENCHMARKS[name](size, runs, Path(folder))
        lines += found.lines
    return Measured(lines, found.profile)


def _arguments() -> argparse.Namespace:
    known = list(BENCHMARKS)
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=known, default=known)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


def _put(path: Path, marks: tuple[str, str], content: str) -> None:
    """Put what was measured between the marks of a page."""
    begin, end = marks
    before, rest = path.read_text(encoding="utf-8").split(begin)
    path.write_text(f"{before}{begin}{content}{end}{rest.split(end)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
