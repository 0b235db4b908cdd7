"""What can be estimated of several waves together only: the same respondents twice, a common composition."""

from collections.abc import Mapping

import pandas as pd

from recount.estimate.composition import Answered, standardised_rows
from recount.estimate.hide import TAKEN_OUT
from recount.estimate.returning import returning_rows
from recount.estimate.rounded import ROUNDING
from recount.estimate.rows import typed
from recount.estimate.within import standardised_within
from recount.study.instrument import Instrument
from recount.study.settings import Estimation, Settings


def compare_waves(waves: Mapping[str, Answered], *, instrument: Instrument, settings: Settings) -> pd.DataFrame:
    """Make the rows of estimates.csv that need more than one wave, in the order of config.yaml.

    Args:
        waves: the responses of every wave, in order.
        instrument: the questionnaire.
        settings: config.yaml.

    Raises:
        EstimateError: the composition that config.yaml asks for cannot be had.
    """
    makers = (returning_rows, standardised_rows, standardised_within)
    parts = [make(waves, instrument=instrument, settings=settings) for make in makers]
    return _unless_rounded(typed(pd.concat(parts, ignore_index=True)), settings.estimates)


def _unless_rounded(rows: pd.DataFrame, rules: Estimation) -> pd.DataFrame:
    """Hide all of it where counts are rounded: weights of a composition are made of exact ones."""
    if rules.round_to is None:
        return rows
    taken: dict[str, pd.Series] = {
        name: rows[name].where(rows["key"] == "") for name in (*TAKEN_OUT, "base", "weighted_base", "asked", "answered")
    }
    return rows.assign(**taken, hidden=ROUNDING, method="").astype({"hidden": "str", "method": "str"})
