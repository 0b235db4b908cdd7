"""The rows of means, standard deviations and quantiles, of numbers and of scales with scores."""

from typing import Any

import numpy as np

from recount.estimate.distribution import Distribution, distribution
from recount.estimate.intervals import t_interval
from recount.estimate.rows import Block, Item, block
from recount.estimate.tabulate import Codes, Flags, Floats
from recount.study.instrument import Question

Summary = dict[str, Floats]


def scores_of(question: Question) -> tuple[float, ...]:
    """Give the score of each category that counts; none where the question has no scores.

    Those that the instrument declares, if it does so for all of them; else, for a scale, 1 to k in order.
    """
    declared = tuple(category.score for category in question.valid)
    given = tuple(score for score in declared if score is not None)
    if declared and len(given) == len(declared):
        return given
    return tuple(float(place) for place in range(1, len(declared) + 1)) if question.type == "scale" else ()


def mean_columns(of: Item, summary: Summary, *, unit: str = "mean") -> dict[str, Any]:
    """Give the columns of a mean: value, t interval, standard error; no interval where nothing was left to sampling."""
    sampled = _sampled(of, summary)
    return {
        "value": summary["mean"],
        "low": np.where(sampled, summary["mean low"], np.nan),
        "high": np.where(sampled, summary["mean high"], np.nan),
        "se": np.where(sampled, summary["se"], np.nan),
        "df": np.where(sampled & ~np.isnan(summary["se"]), summary["degrees"], np.nan),
        "unit": unit,
        "method": "t",
        **{name: np.where(sampled, each, np.nan) for name, each in _effect(of, summary).items()},
        **_bases(summary),
    }


def within_one(columns: dict[str, Any]) -> dict[str, Any]:
    """Cut the interval of a difference of shares at -1 and 1."""
    return {**columns, "low": np.maximum(columns["low"], -1.0), "high": np.minimum(columns["high"], 1.0)}


def described(of: Item, summary: Summary) -> list[Block]:
    """Make the rows mean, sd, median, q1, q3, minimum, maximum."""
    sampled = _sampled(of, summary)
    interval: dict[str, Any] = {end: np.where(sampled, summary[f"median {end}"], np.nan) for end in ("low", "high")}
    shared: dict[str, Any] = {"unit": "mean", **_bases(summary)}
    return [
        block(of, "mean", **mean_columns(of, summary)),
        block(of, "sd", value=summary["sd"], **shared),
        block(of, "median", value=summary["median"], method=_median_method(of), **interval, **shared),
        *(block(of, name, value=summary[name], **shared) for name in ("q1", "q3", "minimum", "maximum")),
    ]


def _median_method(of: Item) -> str:
    return "woodruff" if of.sample.counting is not None else "order statistics"


def summary_of(values: Distribution, confidence: float) -> Summary:
    """Compute all that is said of a distribution; each of shape (panels, 1)."""
    low, high = values.mean_interval(confidence)
    median_low, median_high = values.median_interval(confidence)
    total = values.total
    return {
        "n": total.n,
        "weighted": total.weighted,
        "mean": values.mean,
        "mean low": low,
        "mean high": high,
        "se": values.se,
        "degrees": values.degrees,
        "design effect": values.design_effect,
        "sd": values.sd,
        "median": values.quantile(0.5),
        "median low": median_low,
        "median high": median_high,
        "q1": values.quantile(0.25),
        "q3": values.quantile(0.75),
        "minimum": values.minimum,
        "maximum": values.maximum,
    }


def summary_of_numbers(of: Item, numbers: Floats) -> Summary:
    """Compute the same for a question of type number, whose values are as many as its respondents."""
    panels = [_summary(of, numbers, rows) for rows in of.sample.members]
    summary = {name: np.vstack([panel[name] for panel in panels]) for name in panels[0]}
    return _drawn(of, numbers, summary) if of.sample.counting is not None else summary


def extremes(of: Item, days: Floats) -> list[Block]:
    """Make the rows `first` and `last` of a date, in days since 1970-01-01."""
    inside = [days[rows[of.answered[rows]]] for rows in of.sample.members]
    first = np.array([[each.min() if len(each) else np.nan] for each in inside])
    last = np.array([[each.max() if len(each) else np.nan] for each in inside])
    total = of.answered_counts
    shared: dict[str, Any] = {
        "n": total.n,
        "base": total.n,
        "weighted_n": total.weighted,
        "weighted_base": total.weighted,
    }
    return [
        block(of, "first", value=first, unit="days", **shared),
        block(of, "last", value=last, unit="days", **shared),
    ]


def _drawn(of: Item, numbers: Floats, summary: Summary) -> Summary:
    """Put the errors of the drawing in place of those of respondents who were drawn one by one."""
    counting, spread = of.sample.counting, of.answered_counts.spread
    if counting is None or spread is None:
        raise TypeError("there is no drawing to take the error from")
    degrees = spread.degrees(of.answered_counts.n)
    found: dict[str, list[float]] = {"se": [], "median low": [], "median high": []}
    for place, rows in enumerate(of.sample.members):
        inside = rows[of.answered[rows]]
        values, freedom = numbers[inside], degrees[place, 0]
        found["se"].append(np.sqrt(counting.variance_of_mean(inside, values)) if freedom > 0 else np.nan)
        below = (values <= summary["median"][place, 0]).astype(np.float64)
        low, high = _distribution(of, numbers, rows).between(
            np.array([[_mean(counting.weights[inside], below)]]),
            np.sqrt(np.array([[counting.variance_of_mean(inside, below)]])),
            np.array([[freedom]]),
            of.confidence,
        )
        found["median low"].append(float(low[0, 0]))
        found["median high"].append(float(high[0, 0]))
    errors: Summary = {name: np.array(each)[:, None] for name, each in found.items()}
    errors["se"] = np.where(errors["se"] > 0, errors["se"], np.nan)
    errors["mean low"], errors["mean high"] = t_interval(summary["mean"], errors["se"], degrees, of.confidence)
    simple = summary["sd"] ** 2
    effect = np.divide(errors["se"] ** 2 * summary["n"], simple, out=np.full_like(simple, np.nan), where=simple > 0)
    return summary | errors | {"degrees": degrees, "design effect": effect}


def _mean(weights: Floats, values: Floats) -> float:
    return float(weights @ values / weights.sum()) if weights.sum() > 0 else np.nan


def _summary(of: Item, numbers: Floats, rows: Codes) -> Summary:
    return summary_of(_distribution(of, numbers, rows), of.confidence)


def _distribution(of: Item, numbers: Floats, rows: Codes) -> Distribution:
    inside = rows[of.answered[rows]]
    weights = None if of.sample.weights is None else of.sample.weights[inside]
    return distribution(numbers[inside], weights)


def _sampled(of: Item, summary: Summary) -> Flags:
    """Whether there are units in the frame beyond those who answered; so, too, where the frame is not known."""
    whole = summary["n"] >= of.frames[: len(summary["n"])]
    return ~whole if of.sample.weights is None else np.ones_like(whole)


def _effect(of: Item, summary: Summary) -> dict[str, Floats]:
    """The design effect, which is 1 where all respondents count the same and were drawn one by one."""
    plain = of.sample.weights is None and of.sample.counting is None
    effect, n = summary["design effect"], summary["n"]
    if plain:
        effect = np.where(np.isnan(effect), np.nan, 1.0)
    return {"deff": effect, "effective_n": np.divide(n, effect, out=np.full_like(n, np.nan), where=effect > 0)}


def _bases(summary: Summary) -> dict[str, Floats]:
    n, weighted = summary["n"], summary["weighted"]
    return {"n": n, "base": n, "weighted_n": weighted, "weighted_base": weighted}
