"""The SQL of one estimate."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from recount.audit.sql.counts import Title, of_category, of_coding, of_combination, of_everyone, of_levels
from recount.audit.sql.fielded import Fielded
from recount.audit.sql.flow import FLOW, flow
from recount.audit.sql.readings import gave
from recount.audit.sql.steps import Query
from recount.audit.sql.subject import Subject, subject
from recount.audit.sql.summaries import QUANTILES, chosen_mean, extreme, net, of_mentions, summarised
from recount.audit.sql.two_waves import STATISTICS, of_two_waves
from recount.coding.statistics import AGREEMENT
from recount.ingest.raw import Column
from recount.study.instrument import Instrument, Question
from recount.study.settings import Settings

WAVE = ("", "-")
_CODERS = "agreement is measured on what each coder said, and codes.csv holds what was decided"
NOT_RECOUNTED = dict.fromkeys(AGREEMENT, _CODERS)
_RAKED = "its weights are found by steps that come nearer and nearer to the margins, which SQL is no language for"
NOT_RECOUNTED |= dict.fromkeys(("standardised_share", "standardised_mean", "effective_n"), _RAKED)
_ITEMS = "it is of the covariances of several questions, each pair among those who answered both"
NOT_RECOUNTED |= dict.fromkeys(("cronbach", "cronbach_standardised", "item_rest", "index_mean"), _ITEMS)
NOT_RECOUNTED |= dict.fromkeys(("kish_n", "margin_before", "margin_target"), _RAKED)
_TESTED = "it is a probability under a distribution that SQL has no functions for"
NOT_RECOUNTED |= dict.fromkeys(("independence", "ranks"), _TESTED)
# The difference of two levels, which stand in `level` with this between them.
DIFFERENCE, APART = "difference", ":"
# Stands in `group` of estimates of two waves; `level` is then the earlier one, or `2018,region=asia`.
SINCE = "since"

# How each statistic of a question is recounted.
WAYS: dict[str, Callable[[Title, Subject, str, str], Query]] = {
    **dict.fromkeys(("asked", "answered", "nonresponse"), of_everyone),
    **dict.fromkeys(("count", "share", "share_asked"), of_category),
    **dict.fromkeys(("double_coded", "adjudicated", "by_rule", "uncoded"), of_coding),
    **dict.fromkeys(("mean", "sd", "minimum", "maximum", *QUANTILES), summarised),
    **dict.fromkeys(("first", "last"), extreme),
    "combination": of_combination,
    "chosen_mean": chosen_mean,
    **dict.fromkeys(("mentions", "mention_share"), of_mentions),
    "net": net,
}

Estimate = Mapping[str, Any]


def sql_of(
    estimate: Estimate,
    *,
    instrument: Instrument,
    settings: Settings,
    columns: Sequence[Column],
    results: str = "results",
    others: Mapping[str, Sequence[Column]] | None = None,
) -> str:
    """Write the SQL of one estimate, to be run by DuckDB in the study's folder; of what is not recounted, the reason.

    Args:
        estimate: wave, question, statistic, category, group and level, as in estimates.csv or the ledger.
        instrument: the questionnaire, read as a declaration.
        settings: config.yaml.
        columns: the columns of the wave's export, as raw.parquet describes them.
        results: the folder of results, as seen from where the SQL will run.
        others: the columns of the other waves' exports, by wave; needed for estimates of two waves.
    """
    wave = str(estimate["wave"])
    of = Fielded(
        wave=wave, instrument=instrument, settings=settings, columns=columns, results=results, others=others or {}
    )
    return sql_in(estimate, of)


def sql_in(estimate: Estimate, of: Fielded) -> str:
    """Write the SQL of one of many estimates of a wave, as `sql_of` does; what they share is worked out once."""
    if reason := reason_not_recounted(estimate, of.settings):
        return f"-- {key_of(estimate)} is not recounted: {reason}.\n"
    return str(query_of(estimate, of))


def reason_not_recounted(estimate: Estimate, settings: Settings | None = None) -> str:
    """Say why there is no SQL for an estimate; "" where there is."""
    statistic = estimate["statistic"]
    declared = settings.waves.get(str(estimate["wave"])) if settings else None
    if declared and declared.sampling and declared.sampling.raking and estimate["question"] not in WAVE:
        return _RAKED
    if estimate.get("group") == SINCE and statistic in STATISTICS:
        return ""
    if statistic in NOT_RECOUNTED:
        return NOT_RECOUNTED[statistic]
    return "" if statistic in (*WAYS, *FLOW, DIFFERENCE) else f"there is no SQL for the statistic {statistic!r}"


def query_of(estimate: Estimate, of: Fielded) -> Query:
    """Make the query of an estimate; raise `AuditError` where there is no such question or column."""
    statistic, category, group, level = (
        str(estimate.get(part) or "") for part in ("statistic", "category", "group", "level")
    )
    if group == SINCE:
        question = "" if estimate["question"] in WAVE else str(estimate["question"])
        earlier, _, within = level.partition(",")
        return of_two_waves(
            (key_of(estimate),), of, question, statistic, category=category, earlier=earlier, within=within
        )
    if estimate["question"] in WAVE:
        return flow((key_of(estimate),), of, statistic, category)
    if statistic == DIFFERENCE:
        return _difference(estimate, of)
    counted = subject(of, str(estimate["question"]), group=group, level=level)
    return WAYS[statistic](_title(estimate, of), counted, statistic, category)


def _difference(estimate: Estimate, of: Fielded) -> Query:
    """Two levels of a group: who is in either is counted once, and each share among those of its level."""
    group, levels = of.question(str(estimate["group"])), str(estimate["level"]).split(APART)
    first = subject(of, str(estimate["question"]), group=group.id, level=levels[0])
    either = replace(first, within=gave(of, group, tuple(levels)))
    conditions = [gave(of, group, (each,)) for each in levels]
    return of_levels(_title(estimate, of), either, str(estimate["category"]), conditions)


def key_of(estimate: Estimate) -> str:
    """Give the key of an estimate, as estimates.csv makes it."""
    key = "/".join(str(estimate[part]) for part in ("wave", "question", "statistic"))
    key += f"/{estimate['category']}" if estimate.get("category") else ""
    return key + (f"/{estimate['group']}={estimate['level']}" if estimate.get("group") else "")


def _title(estimate: Estimate, of: Fielded) -> tuple[str, ...]:
    """The key, and what it is about in words."""
    question = of.question(estimate["question"])
    about = f"{question.label}: {estimate['statistic'].replace('_', ' ')}"
    if estimate.get("category"):
        about += f" of {_label(question, estimate['category'])}"
    if estimate.get("group"):
        group = of.question(estimate["group"])
        levels = [_label(group, each) for each in str(estimate["level"]).split(APART)]
        about += f", where {group.label} is {' less where it is '.join(levels)}"
    return (key_of(estimate), about)


def _label(question: Question, name: str) -> str:
    labels = {each.id: each.label for each in question.categories}
    members = question.nets.get(name, tuple(name.split("+")))
    return " or ".join(f'"{labels.get(each, each)}"' for each in members)
