"""Open-ended answers of a wave that nobody has coded yet: what rests on their codes waits."""

from collections.abc import Mapping

import pandas as pd

from recount.coding.statistics import AGREEMENT

# What an open-ended question has only once answers are coded.
OF_CODES = (
    *("count", "share", "chosen_mean", "double_coded", "adjudicated", *AGREEMENT),
    *("returning", "gained", "lost", "change", "standardised_share"),
)

Waits = Mapping[tuple[str, str], int]


def waiting(estimates: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Give, by wave and question, how many answers wait for codes where none of the question has any."""
    overall = estimates[estimates["group"] == ""]
    open_ = overall[(overall["statistic"] == "uncoded") & (overall["value"] > 0)]
    bases = overall[overall["statistic"] == "chosen_mean"].groupby(["wave", "question"])["base"].max()
    places = zip(open_["wave"], open_["question"], open_["value"], strict=True)
    return {(wave, name): int(count) for wave, name, count in places if not bases.get((wave, name), 0)}
