"""The functions of the paper's language that ask for answers: shares, means, ranks and what they are of."""

from dataclasses import replace
from typing import Any

from recount.coding.statistics import AGREEMENT
from recount.errors import EstimateError, Finding, nearest
from recount.estimate.composition import EFFECTIVE, STANDARDISED
from recount.estimate.distribution import DEFINITION
from recount.estimate.indices import ALPHA, ITEM_REST, MEAN
from recount.estimate.indices import STANDARDISED as ALPHA_STANDARDISED
from recount.estimate.weighting import BEFORE, KISH, TARGET
from recount.write.arithmetic import traced
from recount.write.index import number_of
from recount.write.lookup import Lookup
from recount.write.number import Declared, Estimate, Number, Operation, Ranked
from recount.write.whole import summed

QUANTILES = {0: "minimum", 0.25: "q1", 0.5: "median", 0.75: "q3", 1: "maximum"}


class Answers:
    """Each public method is a function of the template under the same name."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def share(self, question: str, category: str, **where: Any) -> Number:
        """Give the share of the question's base that chose a category, a net or a code."""
        return self._lookup.find("share", question, category, **where)

    def mention_share(self, question: str, category: str, **where: Any) -> Number:
        """Give the share of all mentions that a category, or a code, has: of what was ticked, not of respondents."""
        return self._lookup.find("mention_share", question, category, **where)

    def mentions(self, question: str, **where: Any) -> Number:
        """Count all categories that were ticked, or codes that were given."""
        return self._lookup.find("mentions", question, **where)

    def standardised(self, question: str, category: str, **where: Any) -> Number:
        """Give the share that the wave, or a level of it, would have with the composition that config.yaml asks for."""
        return self._lookup.find(STANDARDISED["share"], question, category, **where)

    def effective_n(self, wave: str | None = None) -> Number:
        """Give how many unweighted respondents the wave is worth with that composition."""
        return self._lookup.find(EFFECTIVE, wave=wave)

    def index_mean(self, index: str, *, wave: str | None = None) -> Number:
        """Give the mean of an index, of the items that the instrument names."""
        return self._lookup.find(MEAN, category=index, wave=wave)

    def reliability(self, index: str, *, wave: str | None = None, standardised: bool = False) -> Number:
        """Give Cronbach's alpha of an index."""
        return self._lookup.find(ALPHA_STANDARDISED if standardised else ALPHA, category=index, wave=wave)

    def item_rest(self, index: str, item: str, *, wave: str | None = None) -> Number:
        """Give the correlation of an item with the sum of the other items of its index."""
        return self._lookup.find(ITEM_REST, category=f"{index}.{item}", wave=wave)

    def weights_worth(self, wave: str | None = None, *, before: bool = False) -> Number:
        """Give how many respondents the weights of a wave are worth, or those before raking."""
        return self._lookup.find(KISH, category="before" if before else "", wave=wave)

    def margin(self, question: str, category: str, *, wave: str | None = None, before: bool = False) -> Number:
        """Give what the weights were raked to: the share of the population, or of all respondents before raking."""
        return self._lookup.find(BEFORE if before else TARGET, category=f"{question}.{category}", wave=wave)

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
        rows = self._lookup.own("share", question, **where)
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

    def quantile_definition(self) -> Number:
        """Give the number of Hyndman and Fan's (1996) definition by which medians and quartiles are computed."""
        trace = Declared("recount/estimate/distribution.py", "DEFINITION")
        return Number(value=float(DEFINITION), unit="number", trace=trace)

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

    def shares(self, question: str, **where: Any) -> list[Number]:
        """Give the shares of all categories of a question that allows one answer; as written they add up to 100.

        By the largest remainder. Each has the name of its category as `.label`.
        """
        return summed([self._labelled(row) for row in self._lookup.own("share", question, **where)], question)

    def combination(self, question: str, *categories: str, **where: Any) -> Number:
        """Give the share of respondents that chose exactly these categories of a multi-select question."""
        order = list(self._lookup.categories(question)) if question in self._lookup.instrument.by_id else []
        joined = "+".join(sorted(categories, key=lambda each: order.index(each) if each in order else len(order)))
        return self._lookup.find("combination", question, joined, **where)

    def combinations(self, question: str, *, wave: str | None = None) -> list[Number]:
        """Give the shares of all combinations that somebody chose, most frequent first."""
        return [number_of(row) for row in self._lookup.rows("combination", question, wave)]

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

    def by_rule(self, question: str, *, wave: str | None = None) -> Number:
        """Give the number of answers that keywords coded, and no person."""
        return self._lookup.find("by_rule", question, wave=wave)

    def uncoded(self, question: str, *, wave: str | None = None) -> Number:
        """Give the number of answers that still need a person."""
        return self._lookup.find("uncoded", question, wave=wave)

    def ranked(self, question: str, k: int = 1, *, statistic: str = "share", **where: Any) -> Number:
        """Give the k-th most frequent category; its name is `.label`. A tie at the k-th place is an error."""
        rows = self._lookup.own(statistic, question, **where)
        shown = sorted((row for row in rows if row.value is not None), key=lambda row: -(row.value or 0))
        self._check_rank(question, k, shown, rows)
        order = tuple(number_of(row) for row in shown)
        number = order[k - 1]
        label = self._lookup.label(question, shown[k - 1].category, trace=number)
        others = tuple(each for each in order if each is not number)
        trace = Operation("ranked", (traced(k), number, *others))
        return replace(number, trace=trace, label=label, category=Ranked.of(order, k))

    def _labelled(self, row: Estimate) -> Number:
        number = number_of(row)
        return replace(number, label=self._lookup.label(row.question, row.category, trace=number))

    def _base_of(self, number: Number) -> Number:
        row = number.trace
        if not isinstance(row, Estimate) or row.base is None:
            raise EstimateError(Finding(problem="this estimate has no base"))
        return Number(value=row.base, unit="respondents", trace=Operation("base of", (number,)))

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
