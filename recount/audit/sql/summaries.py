"""Means, spreads and quantiles of numbers and scores; how many were chosen; the net agreement; first and last dates."""

from recount.audit.sql.conditions import both
from recount.audit.sql.counts import Title
from recount.audit.sql.quote import text, texts
from recount.audit.sql.steps import Query, Step, each_once, select
from recount.audit.sql.subject import NONE, Subject
from recount.study.instrument import Question

QUANTILES = {"q1": "0.25", "median": "0.5", "q3": "0.75"}
# Sums of weights that differ by less than this part of all weights are the same: they are sums of rounded numbers.
SAME = "1e-9 * whole"
MEAN = {False: "avg(x)", True: "sum(weight * x) / sum(weight)"}


def summarised(title: Title, of: Subject, statistic: str, _category: str) -> Query:
    """Summarise the numbers of a question, or the scores of its categories."""
    x = _score(of) if of.question.closed else of.chosen
    step = _values(of, x, of.asked, of.answered)
    if statistic in QUANTILES:
        return _quantile(title, of, step, QUANTILES[statistic])
    if statistic == "sd":
        return _spread(title, of, step)
    value = {"mean": MEAN[of.weighted], "minimum": "min(x)", "maximum": "max(x)"}[statistic]
    return _query(title, of, [step], value, "FROM numbers")


def chosen_mean(title: Title, of: Subject, _statistic: str, _category: str) -> Query:
    """Average how many categories were chosen; those that mean none of these are not counted."""
    x, given = _mentioned(of)
    return _query(title, of, [_values(of, x, of.asked, given)], MEAN[of.weighted], "FROM numbers")


def of_mentions(title: Title, of: Subject, statistic: str, category: str) -> Query:
    """Count mentions, all of them or those of a category; several can be one respondent's."""
    x, given = _mentioned(of)
    chose = f"coalesce(({of.chose(category)})::INTEGER, 0)" if category else x
    columns = [f"{chose} AS chose", f"{x} AS x", *(["weight"] if of.weighted else [])]
    step = Step("numbers", select(columns, of.source(of.asked, given)))
    counted = ["coalesce(sum(chose), 0) AS n", "coalesce(sum(x), 0) AS base"]
    if of.weighted:
        counted += [
            f"coalesce(sum(weight * {each}), 0) AS weighted_{name}" for each, name in (("chose", "n"), ("x", "base"))
        ]
    quotient = "weighted_n / nullif(weighted_base, 0)" if of.weighted else "n / nullif(base, 0)"
    counted.append(f"{quotient if statistic == 'mention_share' else 'n'} AS value")
    return Query(title, each_once([*of.steps, step]), select(counted, "FROM numbers"))


def _mentioned(of: Subject) -> tuple[str, str]:
    """How many categories were chosen, and who could choose any; those that mean none of these are not counted."""
    if of.question.coded:
        return f"len({of.chosen}) - list_contains({of.chosen}, {text(NONE)})::INTEGER", f"{of.chosen} IS NOT NULL"
    countable = of.offered([each.id for each in of.question.valid if not each.alone])
    return f"len(list_intersect({of.chosen}, [{texts(countable)}]::VARCHAR[]))", of.answered


def net(title: Title, of: Subject, _statistic: str, _category: str) -> Query:
    """Average a score that is 1 for the first of two nets, -1 for the second, 0 for all others of the base."""
    plus, minus = (both("" if of.among else of.asked, of.chose(each)) for each in of.question.net or ())
    x = f"coalesce(({plus})::INTEGER, 0) - coalesce(({minus})::INTEGER, 0)"
    return _query(title, of, [_values(of, x, of.among, of.base)], MEAN[of.weighted], "FROM numbers")


def extreme(title: Title, of: Subject, statistic: str, _category: str) -> Query:
    """Find the first or last date, in days since 1970-01-01."""
    step = _values(of, f"{of.chosen} - DATE '1970-01-01'", of.asked, of.answered)
    return _query(title, of, [step], "min(x)" if statistic == "first" else "max(x)", "FROM numbers")


def scores(question: Question) -> dict[str, float]:
    """Give the score of each category that counts: the declared one, or its place on the scale."""
    return {
        each.id: float(place) if each.score is None else each.score
        for place, each in enumerate(question.valid, start=1)
    }


def _score(of: Subject) -> str:
    cases = " ".join(f"WHEN {text(name)} THEN {score!r}" for name, score in scores(of.question).items())
    return f"CAST(CASE {of.chosen} {cases} END AS DOUBLE)"


def _values(of: Subject, x: str, *conditions: str) -> Step:
    """The numbers to be summarised, with their weights."""
    return Step("numbers", select([f"{x} AS x", *(["weight"] if of.weighted else [])], of.source(*conditions)))


def _quantile(title: Title, of: Subject, numbers: Step, share: str) -> Query:
    """Hyndman and Fan's definition 2: where the distribution is flat at the share, the middle of two values."""
    each = "sum(weight)" if of.weighted else "count(*)"
    ranked = f"SELECT *, {each} OVER (ORDER BY x) AS reached, {each} OVER () AS whole\nFROM numbers"
    less, more = (f" - {SAME}", f" + {SAME}") if of.weighted else ("", "")
    value = (
        f"(min(x) FILTER (WHERE reached >= {share} * whole{less})\n"
        f"    + min(x) FILTER (WHERE reached > {share} * whole{more})) / 2"
    )
    about = "How many, or how much weight, lies at each value and under it."
    return _query(title, of, [numbers, Step("ranked", ranked, about)], value, "FROM ranked")


def _spread(title: Title, of: Subject, numbers: Step) -> Query:
    if not of.weighted:
        return _query(title, of, [numbers], "stddev_samp(x)", "FROM numbers")
    centre = Step("centre", f"SELECT {MEAN[True]} AS mean\nFROM numbers")
    value = "sqrt(sum(weight * (x - mean) ** 2) / sum(weight) * n / nullif(n - 1, 0))"
    return _query(title, of, [numbers, centre], value, "FROM numbers, centre")


def _query(title: Title, of: Subject, steps: list[Step], value: str, source: str) -> Query:
    columns = ["count(*) AS n", "n AS base"]
    if of.weighted:
        columns += ["coalesce(sum(weight), 0) AS weighted_n", "weighted_n AS weighted_base"]
    columns += _amounts(of)
    columns.append(f"{value} AS value")
    return Query(title, each_once([*of.steps, *steps]), select(columns, source))


def _amounts(of: Subject) -> list[str]:
    """What the rules of dominance ask: the sum of all amounts by their size, of the largest ones, of the first."""
    rules = of.of.settings.estimates
    if of.question.type != "number" or (rules.dominance is None and rules.p_percent is None):
        return []
    sizes = "list_reverse_sort(list(abs(x)))"
    columns = ["sum(abs(x)) AS amounts", f"{sizes}[1] AS first", f"list_sum({sizes}[1:2]) AS two"]
    return columns + ([f"list_sum({sizes}[1:{rules.dominance.largest}]) AS largest"] if rules.dominance else [])
