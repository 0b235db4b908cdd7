"""Checks that the audit pages make of what the stages wrote, and show with their outcome."""

from dataclasses import dataclass
from typing import Any

from recount.display.formatter import Formatter


@dataclass(frozen=True)
class Check:
    """What must hold, whether it does, and the figures that it was told from."""

    says: str
    holds: bool
    found: str

    def plain(self) -> dict[str, Any]:
        """Give it as data of the pages."""
        return {"says": self.says, "holds": self.holds, "found": self.found}


class Checks:
    """Makes checks, their counts written as the paper writes them."""

    def __init__(self, formatter: Formatter) -> None:
        self._count = formatter.count

    def adds_up(self, says: str, parts: dict[str, int], whole: dict[str, int]) -> Check:
        """Check that counts add up to another: `kept 47 + left out 13 = received 60`."""
        (name, total), added = next(iter(whole.items())), sum(parts.values())
        left = " + ".join(f"{part} {self._count(n)}" for part, n in parts.items())
        sign = "=" if added == total else "is not"
        return Check(says, added == total, f"{left} {sign} {name} {self._count(total)}")

    def none_of(self, says: str, faults: list[str], out_of: int) -> Check:
        """Check that nothing speaks against a statement; up to three that do are named."""
        told = ", ".join(faults[:3]) + (", …" if faults[3:] else "")
        found = f"{self._count(out_of - len(faults))} of {self._count(out_of)}"
        return Check(says, not faults, found + (f"; not: {told}" if faults else ""))

    def that(self, says: str, n: int, what: str, *, holds: bool = True) -> Check:
        """Say of a number of things whether they are as they must be."""
        return Check(says, holds, f"{self._count(n)} {what}")
