"""A figure of each kind with realistic labels, for tests of what holds for all kinds."""

from typing import Any

import pandas as pd

from tests.draw.hand_built import frame, scale, share
from tests.draw.test_flow import ESTIMATES as FLOW
from tests.draw.test_upset import estimates as upset_estimates

YES = [{"question": each, "category": "yes"} for each in ("office", "travel", "training")]
SCALES = [{"question": "paris"}, {"question": "sendai"}]
BASES = {"2018": 27, "2020": 42, "2022": 59}

FIGURES: dict[str, dict[str, Any]] = {
    "dots": {"kind": "dots", "items": YES, "sort": "descending"},
    "bars": {"kind": "bars", "items": [{"question": "obstacles"}]},
    "diverging": {"kind": "diverging", "items": SCALES},
    "upset": {"kind": "upset", "items": [{"question": "networks"}]},
    "dumbbell": {"kind": "dumbbell", "items": YES, "waves": list(BASES)},
    "flow": {"kind": "flow", "waves": ["2018", "2020"]},
}


def estimates() -> pd.DataFrame:
    counts = {"office": (15, 36, 53), "travel": (13, 17, 23), "training": (3, 14, 29)}
    yes = [
        share(wave, question, "yes", n, base)
        for question, each in counts.items()
        for n, (wave, base) in zip(each, BASES.items(), strict=True)
    ]
    codes = {"funding": 25, "staff": 17, "time": 3, "none": 2}
    coded = [share("2020", "obstacles", code, n, 43) for code, n in codes.items()]
    scales = [scale("2020", "paris", [1, 4, 8, 17, 13]), scale("2020", "sendai", [9, 12, 10, 6, 3], dont_know=5)]
    return pd.concat([frame(yes, coded, *scales), upset_estimates(), FLOW], ignore_index=True)
