"""Run a contender in a process of its own, several times, and keep the medians."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
# Seconds.
LONG = 20
CONTENDERS = Path(__file__).parent / "contenders"


@dataclass(frozen=True)
class Cost:
    """Medians of several runs: seconds that passed, seconds of processor time, peak memory in bytes.

    Where other programs run beside, processor time says more than the clock. Memory is that of the largest process.
    """

    seconds: float
    processor: float
    memory: int


def python(script: str, *arguments: object) -> list[str]:
    """Give the command of a contender that is written in Python."""
    return [sys.executable, str(CONTENDERS / script), *map(str, arguments)]


def cost(
    command: Sequence[str], *, runs: int, folder: Path = ROOT, before: Callable[[int], None] | None = None
) -> Cost:
    """Run a command several times; `before`, which is not measured, prepares each run and gets its number."""
    found: list[Cost] = []
    while _again(found, runs):
        if before:
            before(len(found))
        found.append(_once(command, folder))
    return Cost(
        median(each.seconds for each in found),
        median(each.processor for each in found),
        int(median(each.memory for each in found)),
    )


def cost_of_answer(command: Sequence[str], out: Path, *, runs: int) -> Cost:
    """Run a contender that times itself (see bench/answer.py): the seconds of its work, the memory of its process."""
    told, whole = [], []
    while _again(whole, runs):
        whole.append(_once(command, out.parent))
        told.append(json.loads(out.with_suffix(".json").read_text(encoding="utf-8")))
    seconds, processor = (median(each[name] for each in told) for name in ("seconds", "processor"))
    return Cost(seconds, processor, int(median(each.memory for each in whole)))


def _again(found: Sequence[Cost], runs: int) -> bool:
    """Whether to run once more: what takes long is not repeated, for its noise is small beside it."""
    return len(found) < runs and not (found and found[-1].seconds > LONG)


def _once(command: Sequence[str], folder: Path) -> Cost:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as run:
        told = run.stdout.read() if run.stdout else b""
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    if run.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{told.decode(errors='replace')[-4000:]}")
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)
