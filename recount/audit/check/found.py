"""What a check finds."""

from dataclasses import dataclass
from typing import Literal

from recount.errors import Finding

Kind = Literal["raw file", "edited", "missing", "stale", "left over", "environment", "simulated", "signed", "lapsed"]


@dataclass(frozen=True, kw_only=True)
class Found(Finding):
    """One finding of a check; `stale` are the results that are not up to date because of it, sorted."""

    kind: Kind
    stale: tuple[str, ...] = ()
