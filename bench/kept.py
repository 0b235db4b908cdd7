"""What was measured, kept between runs: one benchmark can be measured anew, and the tables show all."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.lines import Line
from bench.runs import Cost


@dataclass(frozen=True)
class Kept:
    """The lines of one benchmark, and on what they were measured."""

    machine: str
    lines: tuple[Line, ...]


def keep(path: Path, name: str, lines: Sequence[Line], machine: str) -> None:
    """Put a benchmark's lines in the place of those measured before."""
    content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    content[name] = {"machine": machine, "lines": [asdict(line) for line in lines]}
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_kept(path: Path) -> list[Kept]:
    """Read what was measured, by the name of the benchmark."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return [Kept(each["machine"], tuple(map(_line, each["lines"]))) for _, each in sorted(content.items())]


def _line(content: dict) -> Line:
    return Line(**{**content, "cost": Cost(**content["cost"])})
