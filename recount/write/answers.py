"""The functions of the paper's language that ask for answers: shares, means, ranks and what they are of."""

from collections.abc import Sequence
from dataclasses import replace
from math import isnan, nan
from typing import Any

from recount.errors import EstimateError, Finding, TemplateError, nearest
from recount.estimate.intervals import mover
from recount.write.arithmetic import combined, traced
from recount.write.index import number_of
from recount.write.lookup import Lookup
from recount.write.number import Estimate, Number, Operation, Ranked

QUANTILES = {0: "minimum", 0.25: "q1", 0.5: "median", 0.75: "q3", 1: "maximum"}
AGREEMENT = ("kappa", "ac1", "alpha", "percent")
PAIR = 2


class Answers:
    """Each public method is a function of the template under the same name."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def share(self, question: str, category: str, **where: Any) -> Number:
        """Give the share of the question's base that chose a category, a net or a code."""
        return self._lookup.find("share", question, category, **where)

    def share_asked(self, question: str, category: str, **where: Any) -> Number:
        """Give the share of those asked, for categories outside the base and for "no answer"."""
        return self._lookup.find("share_asked", question, category, **where)

    def count(self, question: str, category: str, **where: Any) -> Number:
        """Give the number of respondents that chose a category, a net or a code."""
        return self._lookup.find("count", question, category, **where)

    def base(self, question: str, category: str = "", **where: Any) -> Number:
        """Give the number of respondents that the question's shares are of."""
        if category:
            return self._base_of(self._lookup.find("share", question, category, **where))
        rows = self._shares(question, **where)
        if len({row.base for row in rows}) > 1:
            raise EstimateError(
                Finding(problem="the categories of this question have several bases", key=question, mend="name one")
            )
        return self._base_of(number_of(rows[0]))

    def asked(self, question: str, **where: Any) -> Number:
        """Give the number of respondents that were asked the question."""
        return self._lookup.find("asked", question, **where)

    def answered(self, question: str, **where: Any) -> Number:
        """Give the number of respondents that gave a valid answer."""
        return self._lookup.find("answered", question, **where)

    def nonresponse(self, question: str, **where: Any) -> Number:
        """Give the share of those asked that gave no answer at all."""
        return self._lookup.find("nonresponse", question, **where)

    def mean(self, question: str, **where: Any) -> Number:
        """Give the mean of a number, or of the scores of a scale."""
        return self._lookup.find("mean", question, **where)

    def sd(self, question: str, **where: Any) -> Number:
        """Give the standard deviation of a number or of scores."""
        return self._lookup.find("sd", question, **where)

    def median(self, question: str, **where: Any) -> Number:
        """Give the median of a number or of scores."""
        return self._lookup.find("median", question, **where)

    def quantile(self, question: str, at: float | str, **where: Any) -> Number:
        """Give the minimum, a quartile or the maximum: at 0, 0.25, 0.5, 0.75 or 1, or by its name (`q1`)."""
        name = at if isinstance(at, str) else QUANTILES.get(at, str(at))
        if name not in QUANTILES.values():
            known = [*map(str, QUANTILES.values())]
            raise EstimateError(
                Finding(problem="this quantile is not estimated", value=name, expected=nearest(name, known))
            )
        return self._lookup.find(name, question, **where)

    def net(self, question: str, **where: Any) -> Number:
        """Give the net agreement: the share of the one net less that of the other."""
        return self._lookup.find("net", question, **where)

    def chosen_mean(self, question: str, **where: Any) -> Number:
        """Give the mean number of categories that a respondent chose."""
        return self._lookup.find("chosen_mean", question, **where)

    def combination(self, question: str, *categories: str, **where: Any) -> Number:
        """Give the share of respondents that chose exactly these categories of a multi-select question."""
        order = list(self._lookup.categories(question)) if question in self._lookup.instrument.by_id else []
        joined = "+".join(sorted(categories, key=lambda each: order.index(each) if each in order else len(order)))
        return self._lookup.find("combination", question, joined, **where)

    def combinations(self, question: str, *, wave: str | None = None) -> list[Number]:
        """Give the shares of all combinations that somebody chose, most frequent first."""
        return [number_of(row) for row in self._lookup.index.of(self._lookup.wave(wave), question, "combination")]

    def agreement(self, question: str, code: str = "", statistic: str = "kappa", *, wave: str | None = None) -> Number:
        """Give how far coders agreed on a code, or on the question as a whole."""
        if statistic not in AGREEMENT:
            raise EstimateError(
                Finding(problem="no such statistic", value=statistic, expected=nearest(statistic, list(AGREEMENT)))
            )
        return self._lookup.find(statistic, question, code, wave=wave)

    def double_coded(self, question: str, *, wave: str | None = None) -> Number:
        """Give the number of answers that two people coded."""
        return self._lookup.find("double_coded", question, wave=wave)

    def adjudicated(self, question: str, *, wave: str | None = None) -> Number:
        """Give the number of answers on which a third person decided."""
        return self._lookup.find("adjudicated", question, wave=wave)

    def uncoded(self, question: str, *, wave: str | None = None) -> Number:
        """Give the number of answers that still need a person."""
        return self._lookup.find("uncoded", question, wave=wave)

    def ranked(self, question: str, k: int = 1, *, statistic: str = "share", **where: Any) -> Number:
        """Give the k-th most frequent category; its name is `.label`. A tie at the k-th place is an error."""
        rows = [row for row in self._shares(question, statistic=statistic, **where) if row.category != "none"]
        shown = sorted((row for row in rows if row.value is not None), key=lambda row: -(row.value or 0))
        self._check_rank(question, k, shown, rows)
        order = tuple(number_of(row) for row in shown)
        number = order[k - 1]
        label = self._lookup.label(question, shown[k - 1].category, trace=number)
        others = tuple(each for each in order if each is not number)
        trace = Operation("ranked", (traced(k), number, *others))
        return replace(number, trace=trace, label=label, category=Ranked.of(order, k))

    def difference(
        self,
        question: str,
        category: str,
        *,
        waves: Sequence[str] = (),
        group: str = "",
        levels: Sequence[str] = (),
        wave: str | None = None,
    ) -> Number:
        """Give how much larger the share is in the second of two waves, or in the first of two levels of a group.

        The interval is that of independent samples, made from the intervals of the two shares
        (`recount.estimate.intervals.mover`); without both there is none.
        """
        if len(waves) == PAIR:
            later, earlier = (self.share(question, category, wave=each) for each in reversed(waves))
            self._check_comparable(question, waves)
        elif group and len(levels) == PAIR:
            later, earlier = (self.share(question, category, wave=wave, group=group, level=each) for each in levels)
        else:
            raise EstimateError(
                Finding(problem="a difference is of two waves, or of two levels of a group", key=question)
            )
        return _with_interval(combined("-", later, earlier), later, earlier)

    def _base_of(self, number: Number) -> Number:
        row = number.trace
        if not isinstance(row, Estimate) or row.base is None:
            raise EstimateError(Finding(problem="this estimate has no base"))
        return Number(value=row.base, unit="respondents", trace=Operation("base of", (number,)))

    def _shares(
        self, question: str, *, statistic: str = "share", wave: str | None = None, group: str = "", level: str = ""
    ) -> list[Estimate]:
        """The rows of one statistic of a question's own categories; its nets are sums of them."""
        named = self._lookup.wave(wave)
        nets = self._lookup.question(question, named).nets
        rows = [
            row
            for row in self._lookup.index.of(named, question, statistic)
            if (row.group, row.level) == (group, level) and row.category not in nets
        ]
        if not rows:
            raise EstimateError(Finding(problem=f"nothing of {statistic!r} is estimated", key=f"{named}/{question}"))
        return rows

    def _check_rank(self, question: str, k: int, shown: list[Estimate], rows: list[Estimate]) -> None:
        problem = ""
        if any(row.hidden for row in rows):
            problem = "categories are hidden, so that their order is not known"
        elif not 1 <= k <= len(shown):
            problem = f"there are {len(shown)} categories, and no number {k} of them"
        elif len([row for row in shown if row.value == shown[k - 1].value]) > 1:
            tied = ", ".join(row.category for row in shown if row.value == shown[k - 1].value)
            problem = f"place {k} is shared by {tied}: neither is more frequent"
        if problem:
            raise EstimateError(Finding(problem=problem, key=f"ranked {question}"))

    def _check_comparable(self, question: str, waves: Sequence[str]) -> None:
        fieldings = self._lookup.instrument.by_id[question].waves
        for wave in waves:
            if not fieldings[wave].comparable:
                raise TemplateError(
                    Finding(
                        problem=f"wave {wave} is not comparable: {fieldings[wave].note}",
                        key=f"difference {question}",
                        mend="print both shares side by side, and say why they are not compared",
                    )
                )


def _with_interval(difference: Number, first: Number, second: Number) -> Number:
    low, high = (float(end) for end in mover(_ends(first), _ends(second)))
    return difference if isnan(low) else replace(difference, low=low, high=high)


def _ends(number: Number) -> tuple[float, float, float]:
    value, low, high = (nan if end is None else end for end in (number.value, number.low, number.high))
    return value, low, high
