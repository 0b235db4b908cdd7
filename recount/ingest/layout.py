"""How a platform lays out its export."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from recount.ingest.raw import Column

Head = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Layout:
    """The platform that an export comes from, the number of its header rows, and why we think so."""

    format: str
    header_rows: int
    reason: str


class Platform(Protocol):
    """What the module of a platform offers."""

    def recognised(self, head: Head) -> Layout | None:
        """Tell by the first rows whether it is this platform's export."""

    def columns(self, header: Head) -> tuple[Column, ...]:
        """Name the columns by the header rows."""

    def roles(self, found: tuple[Column, ...]) -> dict[str, str]:
        """Find the platform's own columns."""
