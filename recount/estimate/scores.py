"""The rows of means, standard deviations and quantiles, of numbers and of scales with scores."""

from typing import Any

import numpy as np

from recount.estimate.distribution import Distribution
from recount.estimate.rows import Block, Item, block
from recount.estimate.tabulate import Codes, Counts, Flags, Floats
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
        "unit": unit,
        "method": "t",
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
        block(of, "median", value=summary["median"], method="order statistics", **interval, **shared),
        *(block(of, name, value=summary[name], **shared) for name in ("q1", "q3", "minimum", "maximum")),
    ]


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
    panels = [summary_of(_distribution(of, numbers, rows), of.confidence) for rows in of.sample.members]
    return {name: np.vstack([panel[name] for panel in panels]) for name in panels[0]}


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


def _distribution(of: Item, numbers: Floats, rows: Codes) -> Distribution:
    inside = rows[of.answered[rows]]
    if not len(inside):
        nobody = np.zeros((1, 1))
        return Distribution(np.zeros(1), Counts(nobody, nobody, nobody))
    values, places = np.unique(numbers[inside], return_inverse=True)
    n = np.bincount(places).astype(np.float64)[None, :]
    if of.sample.weights is None:
        return Distribution(values, Counts(n, n, n))
    weights = of.sample.weights[inside]
    weighted, squared = (np.bincount(places, weights=each).astype(np.float64) for each in (weights, weights * weights))
    return Distribution(values, Counts(n, weighted[None, :], squared[None, :]))


def _sampled(of: Item, summary: Summary) -> Flags:
    """Whether there are units in the frame beyond those who answered; so, too, where the frame is not known."""
    whole = summary["n"] >= of.frames[: len(summary["n"])]
    return ~whole if of.sample.weights is None else np.ones_like(whole)


def _bases(summary: Summary) -> dict[str, Floats]:
    n, weighted = summary["n"], summary["weighted"]
    return {"n": n, "base": n, "weighted_n": weighted, "weighted_base": weighted}
