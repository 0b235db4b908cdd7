"""Reading what the forms are filled in from, and writing them."""

import re
from pathlib import Path

from recount.audit.forms.facts import Facts, declared_lines
from recount.audit.forms.programs import INCLUDED, Program, programs
from recount.audit.software import pinned
from recount.study.settings import Settings
from recount.write.io import read_numbers

_NAME = re.compile(r"^([A-Za-z0-9][\w.-]*)", re.MULTILINE)


def read_facts(settings: Settings, *, numbers: str | Path, paper: str | Path, lock: str | Path, house: Path) -> Facts:
    """Read the ledger, the paper and the lock file; `house` is Recount's own folder, with Snakefile and envs/."""
    declared = {"figure": Path(settings.paper.figures), "table": Path(settings.paper.tables)}
    return Facts(
        numbers=read_numbers(numbers),
        settings=settings,
        paper=_text(Path(paper)),
        software=pinned(_text(Path(lock))),
        direct=_NAME.findall(_text(house / "envs" / "requirements.in")),
        programs=read_programs(house),
        declared={
            place: line
            for kind, file in declared.items()
            if file.exists()
            for place, line in declared_lines(_text(file), kind).items()
        },
    )


def read_programs(house: Path) -> tuple[Program, ...]:
    """Read the rules in the order in which the Snakefile includes them, and their scripts."""
    rules = [_text(house / name) for name in INCLUDED.findall(_text(house / "Snakefile"))]
    scripts = {f"scripts/{path.name}": _text(path) for path in (house / "scripts").glob("*.py")}
    return programs(rules, scripts)


def write_form(text: str, file: str | Path) -> None:
    """Write a form, the same way on every system."""
    Path(file).write_bytes(text.encode("utf-8"))


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")
