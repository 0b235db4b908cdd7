"""What a contender computed, and how long that took, without the reading of its data."""

import json
import resource
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pandas as pd


class Answer:
    """Time what stands within `with`, and write its table to OUT.csv and the seconds to OUT.json."""

    def __init__(self, out: Path) -> None:
        """Take the path without an ending."""
        self.out = out
        self.table = pd.DataFrame()

    def __enter__(self) -> Self:
        self.started, self.used = time.perf_counter(), _processor()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        seconds, processor = time.perf_counter() - self.started, _processor() - self.used
        self.table.to_csv(self.out.with_suffix(".csv"), index=False)
        told = json.dumps({"seconds": seconds, "processor": processor})
        self.out.with_suffix(".json").write_text(told, encoding="utf-8")


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
