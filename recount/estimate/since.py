"""Where rows about two waves stand in estimates.csv: of the later one, since the earlier one, within a level or not."""

from dataclasses import dataclass

# Stands in `group` of rows about two waves; `level` is then the earlier one, and the level that both are within.
SINCE = "since"


@dataclass(frozen=True)
class Since:
    """The earlier wave, and the group and its level that respondents were in both times; empty for all of them."""

    earlier: str
    group: str = ""
    level: str = ""

    def __str__(self) -> str:
        """Write what stands in `level`: `2018`, or `2018,region=asia`."""
        return f"{self.earlier},{self.group}={self.level}" if self.group else self.earlier


def since(level: str) -> Since:
    """Read what stands in `level` of a row about two waves."""
    earlier, _, within = level.partition(",")
    group, _, name = within.partition("=")
    return Since(earlier, group, name)
