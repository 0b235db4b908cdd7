"""Where in the code a value was computed: the function of each statistic and of each kind of interval."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from recount.coding import agreement, alpha, coefficient, pooled, set_alpha
from recount.coding.statistics import INTERVAL
from recount.estimate import (
    association,
    compared,
    composition,
    flow,
    intervals,
    mentions,
    multi,
    paired,
    ranks,
    reliability,
    returning,
    scores,
    shares,
    significance,
    weighting,
)
from recount.estimate.design import calibration, mean_ranks
from recount.estimate.design.linear import effective_size
from recount.estimate.design.share_intervals import METHODS
from recount.estimate.distribution import Distribution
from recount.write.number import Estimate

Function = Callable[..., Any]

FLOW = ("contacted", "received", "excluded", "respondents", "response_rate", "changed_cells")
COMPUTED_BY: dict[str, Function | property] = {
    **dict.fromkeys(("share", "share_asked", "nonresponse", "combination"), shares.share_columns),
    **dict.fromkeys(("count", "asked", "answered"), shares.count_columns),
    **dict.fromkeys(("double_coded", "adjudicated", "by_rule", "uncoded"), shares.count_columns),
    **dict.fromkeys(("mean", "net"), Distribution.mean),  # a net is the mean of a score of 1, 0 and -1
    **dict.fromkeys(("median", "q1", "q3"), Distribution.quantile),
    **dict.fromkeys(("first", "last"), scores.extremes),
    **dict.fromkeys(FLOW, flow.flow_rows),
    compared.DIFFERENCE: compared.difference_rows,
    "sd": Distribution.sd,
    "minimum": Distribution.minimum,
    "maximum": Distribution.maximum,
    "index_mean": Distribution.mean,
    "cronbach": reliability.alpha_of,
    "cronbach_standardised": reliability.alpha_of,
    "item_rest": reliability.item_rest_of,
    "kish_n": effective_size,
    "margin_before": weighting.weighting_rows,
    "margin_target": weighting.weighting_rows,
    "chosen_mean": multi.chosen_mean,
    **dict.fromkeys(mentions.STATISTICS, mentions.mention_rows),
    "percent": agreement.percent,
    "positive": agreement.positive,
    "negative": agreement.negative,
    "kappa": agreement.kappa,
    "pi": agreement.pi,
    "s": agreement.s,
    "ac1": agreement.ac1,
    "alpha": alpha.alpha,
    **dict.fromkeys((returning.RETURNING, returning.GAINED, returning.LOST), returning.followed),
    returning.CHANGE: paired.Twice.change,
    **dict.fromkeys(composition.STANDARDISED.values(), calibration.raked),
    composition.EFFECTIVE: composition.standardised_rows,
    "alpha_jaccard": set_alpha.alpha_of_sets,
}
# Of tests, which stand at the beginning of the category; of drawn samples, where they have another form, the second.
TESTS: dict[str, Function] = {
    "pearson": association.pearson,
    "fisher": significance.fisher_exact,
    "mann_whitney": ranks.mann_whitney,
    "kruskal_wallis": ranks.kruskal_wallis,
    **association.OF_DRAWN,
}
OF_DRAWN: dict[str, Function] = {
    "mann_whitney": mean_ranks.two_groups,
    "kruskal_wallis": mean_ranks.several_groups,
}
# Of all codes of an answer together.
OF_SETS: dict[str, Function] = {"kappa": pooled.Given.sums, "alpha": set_alpha.alpha_of_sets}
INTERVALS: dict[str, Function] = {
    "wilson": intervals.wilson,
    "wilson fpc": intervals.wilson,
    "wilson effective n": intervals.wilson,
    "t": intervals.t_interval,
    "order statistics": intervals.median_ranks,
    "woodruff": Distribution.between,
    **{f"{name} design": method for name, method in METHODS.items()},
    returning.PAIRED: paired.newcombe_paired,
    INTERVAL: coefficient.percentiles,
}


@dataclass(frozen=True)
class Origin:
    """A function of the library: its file as seen from Recount's folder, and the line where it begins."""

    function: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.function}"


def origin_of(estimate: Estimate) -> Origin:
    """Say which function computed an estimate's value."""
    if not estimate.category and estimate.statistic in OF_SETS:
        return _origin(OF_SETS[estimate.statistic])
    if estimate.statistic in (compared.INDEPENDENCE, compared.RANKS):
        test, drawn = estimate.category.partition(".")[0], estimate.method.endswith(" design")
        return _origin(OF_DRAWN[test] if drawn and test in OF_DRAWN else TESTS[test])
    return _origin(COMPUTED_BY[estimate.statistic])


def origin_of_interval(estimate: Estimate) -> Origin | None:
    """Say which function computed an estimate's interval; None where it has none by a method of its own."""
    return _origin(INTERVALS[estimate.method]) if estimate.low is not None and estimate.method else None


@cache
def _origin(computed_by: Function | property) -> Origin:
    function = computed_by.fget if isinstance(computed_by, property) else computed_by
    if function is None:
        raise TypeError(f"{computed_by} computes nothing")
    file = f"{function.__module__.replace('.', '/')}.py"
    return Origin(function.__qualname__, file, inspect.getsourcelines(function)[1])
