"""What was measured, kept between runs: one benchmark can be measured anew, and the tables show all."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.lines import Line, Measured
from bench.profiled import Share
from bench.runs import Cost


@dataclass(frozen=True)
class Kept:
    """A benchmark as it was measured, its name, and on what machine."""

    name: str
    machine: str
    measured: Measured


def keep(path: Path, name: str, measured: Measured, machine: str) -> None:
    """Put a benchmark's lines in the place of those measured before."""
    content = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    content[name] = {"machine": machine, **asdict(measured)}
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_kept(path: Path) -> list[Kept]:
    """Read what was measured, by the name of the benchmark."""
    content = json.loads(path.read_text(encoding="utf-8"))
    return [Kept(name, each["machine"], _measured(each)) for name, each in sorted(content.items())]


def _measured(content: dict) -> Measured:
    lines = [Line(**{**each, "cost": Cost(**each["cost"])}) for each in content["lines"]]
    return Measured(lines, [Share(**each) for each in content.get("profile", ())])
