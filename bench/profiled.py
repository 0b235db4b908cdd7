"""Where the time of a contender goes: the functions of Recount that take most of it."""

import pstats
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.runs import ROOT, cost

SHOWN, IMPORTS = 6, "imports"
Function = tuple[str, int, str]  # file, line, name


@dataclass(frozen=True)
class Share:
    """The part of the processor time that a function takes, with all of other libraries that it calls by itself."""

    share: float
    function: str


def profiled(command: Sequence[str], folder: Path) -> list[Share]:
    """Run a contender in Python once more under cProfile, and list the functions that take most."""
    python, *script = command
    cost([python, "-m", "cProfile", "-o", str(folder / "profile"), *script], runs=1, folder=folder)
    found = pstats.Stats(str(folder / "profile")).stats  # type: ignore[attr-defined]
    whole = sum(own for _, _, own, _, _ in found.values())
    # The library stands here, or, of a study's copy, where the contender runs.
    homes = (f"{ROOT}/recount/", f"{folder}/recount/")
    taken = {function: own for function, (_, _, own, _, _) in found.items() if _is_ours(function, homes)}
    for function, (_, _, _, _, callers) in found.items():
        if function not in taken:
            for caller, (_, _, _, with_all) in callers.items():
                if caller in taken:
                    taken[caller] += with_all
    most = sorted(taken.items(), key=lambda each: -each[1])[:SHOWN]
    imports = sum(all_of_it for function, (_, _, _, all_of_it, _) in found.items() if function[2] == "_find_and_load")
    return [Share(imports / whole, IMPORTS), *(Share(seconds / whole, _named(function)) for function, seconds in most)]


def told(shares: Sequence[Share]) -> str:
    """Write the functions in one line of Markdown."""
    return ", ".join(f"{each.share:.0%} {each.function}" for each in shares)


def _is_ours(function: Function, homes: tuple[str, ...]) -> bool:
    # Comprehensions and the like count as what they stand in.
    return function[0].startswith(homes) and not function[2].startswith("<")


def _named(function: Function) -> str:
    module = function[0].rpartition("/recount/")[2].removesuffix(".py").replace("/", ".")
    return f"`{module}.{function[2]}`"


if __name__ == "__main__":
    print(told(profiled([sys.executable, *sys.argv[1:]], Path.cwd())))
