"""Counts and shares: who is in the numerator, who is in the base."""

# ruff: noqa: S608 - all names and texts go through recount.audit.sql.quote

from collections.abc import Sequence
from dataclasses import replace

from recount.audit.sql.conditions import both
from recount.audit.sql.quote import text, texts
from recount.audit.sql.sources import codes, respondents, uncoded
from recount.audit.sql.steps import Query, each_once, select
from recount.audit.sql.subject import NO_ANSWER, Subject

Title = tuple[str, ...]


def of_everyone(title: Title, of: Subject, statistic: str, _category: str) -> Query:
    """Count who was asked, who answered, or who said nothing."""
    if statistic == "asked":
        return counted(title, of, of.asked, "", share=False)
    if statistic == "answered":
        return counted(title, of, of.answered, "", of.asked, share=False)
    return counted(title, of, f"NOT ({of.given})", "", of.asked, share=True)


def of_category(title: Title, of: Subject, statistic: str, category: str) -> Query:
    """Count those who chose a category, among the base; of `share_asked`, among all who were asked."""
    chose = f"NOT ({of.given})" if category == NO_ANSWER else of.chose(category)
    if statistic == "share_asked":
        return counted(title, of, chose, "", of.asked, share=True)
    return counted(title, of, in_base(of, chose, category), of.base, of.among, share=statistic == "share")


def of_combination(title: Title, of: Subject, _statistic: str, category: str) -> Query:
    """Count those who ticked these categories and none of the others that count."""
    names = category.split("+")
    others = [each for each in of.offered([each.id for each in of.question.valid]) if each not in names]
    exactly = both(
        f"list_has_all({of.chosen}, [{texts(names)}])",
        f"NOT list_has_any({of.chosen}, [{texts(others)}])" if others else "",
    )
    return counted(title, of, in_base(of, exactly, category), of.base, of.among, share=True)


def of_coding(title: Title, of: Subject, statistic: str, _category: str) -> Query:
    """Count the answers that two people, an adjudicator or keywords coded, or that still need a person."""
    question = f"question = {text(of.question.id)}"
    decided = f"SELECT respondent FROM codes WHERE {question} AND decided_by"
    waiting = f"SELECT respondent FROM uncoded WHERE {question}"
    listed = {
        "double_coded": f"{decided} IN ('agreement', 'adjudication')\n"
        f"    UNION {waiting} AND problem = 'disagreement not adjudicated'",
        "adjudicated": f"{decided} = 'adjudication'",
        "by_rule": f"{decided} = 'rule'",
        "uncoded": waiting,
    }[statistic]
    steps = each_once([*of.steps, *respondents(of.of), codes(of.of), uncoded(of.of)])
    joined = replace(of, steps=steps, tables=(*of.tables, "JOIN respondents USING (row)"))
    inside = f"respondents.respondent IN (\n    {listed}\n  )"
    return counted(title, joined, inside, of.answered, of.asked, share=False)


def of_levels(title: Title, of: Subject, category: str, levels: Sequence[str]) -> Query:
    """Take the share of a category in the second of two levels from that in the first; `levels` are conditions."""
    sums = _sum if of.weighted else _count
    chose = in_base(of, of.chose(category), category)
    shares = [f"{sums(both(each, chose))} / nullif({sums(both(each, of.base))}, 0)" for each in levels]
    columns = [f"{_count(of.base)} AS base"]
    columns += [f"{_sum(of.base)} AS weighted_base"] if of.weighted else []
    return Query(title, of.steps, select([*columns, f"{' - '.join(shares)} AS value"], of.source(of.among)))


def counted(title: Title, of: Subject, numerator: str, base: str, among: str = "", *, share: bool) -> Query:
    """Count numerator and base `among` some; the value is the share of one in the other, weighted if there are weights.

    Without `share` the value is the unweighted numerator.
    """
    columns = [f"{_count(numerator)} AS n", f"{_count(base)} AS base"]
    if of.weighted:
        columns += [f"{_sum(numerator)} AS weighted_n", f"{_sum(base)} AS weighted_base"]
    quotient = "weighted_n / nullif(weighted_base, 0)" if of.weighted else "n / nullif(base, 0)"
    columns.append(f"{quotient if share else 'n'} AS value")
    return Query(title, of.steps, select(columns, of.source(among)))


def in_base(of: Subject, condition: str, category: str) -> str:
    """Add what a condition does not say itself: that the respondent was asked, and gave a valid answer."""
    names = of.question.nets.get(category, (category,))
    missing = {each.id for each in of.question.categories if each.missing}
    valid = of.base if missing & set(names) else ""
    return both("" if of.among else of.asked, valid, condition)


def _count(condition: str) -> str:
    return f"count(*) FILTER (WHERE {condition})" if condition else "count(*)"


def _sum(condition: str) -> str:
    return f"coalesce(sum(weight) FILTER (WHERE {condition or 'true'}), 0)"
