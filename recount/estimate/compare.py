"""What can be estimated of several waves together only: the same respondents twice, a common composition."""

from collections.abc import Mapping

import pandas as pd

from recount.estimate.composition import Answered, standardised_rows
from recount.estimate.returning import returning_rows
from recount.estimate.rows import typed
from recount.study.instrument import Instrument
from recount.study.settings import Settings


def compare_waves(waves: Mapping[str, Answered], *, instrument: Instrument, settings: Settings) -> pd.DataFrame:
    """Make the rows of estimates.csv that need more than one wave, in the order of config.yaml.

    Args:
        waves: the responses of every wave, in order.
        instrument: the questionnaire.
        settings: config.yaml.

    Raises:
        EstimateError: the composition that config.yaml asks for cannot be had.
    """
    parts = [make(waves, instrument=instrument, settings=settings) for make in (returning_rows, standardised_rows)]
    return typed(pd.concat(parts, ignore_index=True))
