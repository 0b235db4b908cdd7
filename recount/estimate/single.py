"""The rows of a question of which one category is chosen: single or scale."""

import numpy as np

from recount.estimate.answers import NO_ANSWER
from recount.estimate.compared import tested_rows
from recount.estimate.distribution import scored
from recount.estimate.rows import Block, Item, block
from recount.estimate.scores import described, mean_columns, scores_of, summary_of, within_one
from recount.estimate.shares import base_counts, closed, every_question, of_asked
from recount.estimate.tabulate import Codes, Counts, Flags, Sample, joined
from recount.study.instrument import Question


def valid_answers(chosen: Codes, question: Question) -> Flags:
    """Say who chose a category that counts as an answer; `chosen` as `recount.estimate.answers.chosen` gives it."""
    if not any(category.missing for category in question.categories):
        return np.asarray(chosen >= 0)
    counts = np.array([not category.missing for category in question.categories] + [False])
    flags: Flags = counts[chosen]
    return flags


def single_counts(sample: Sample, chosen: Codes, asked: Flags, question: Question) -> Counts:
    """Count the answers by category; after the last one come `no answer` and `not asked`."""
    silent = len(question.categories)
    codes = np.where(chosen < 0, silent, chosen) if chosen.min(initial=0) < 0 else chosen
    return sample.count(codes if asked.all() else np.where(asked, codes, silent + 1), silent + 2)


def single_rows(of: Item, counts: Counts) -> list[Block]:
    """Make all rows of a question of type single or scale, from what `single_counts` counted."""
    categories = of.question.categories
    no_answer = len(categories)
    shown = _shown(of, counts)
    names = {code: categories[code].id for code in shown} | {no_answer: NO_ANSWER}
    counted = [code for code in shown if not categories[code].missing]
    rows = every_question(of, counts.pick([no_answer]))
    rows += closed(of, [names[code] for code in counted], counts.pick(counted), base_counts(of))
    rows.append(of_asked(of, list(names.values()), counts.pick(list(names))))
    rows += _nets(of, counts)
    return [*rows, *_scores(of, counts), *tested_rows(of, counts.pick(counted))]


def _shown(of: Item, counts: Counts) -> list[int]:
    """Categories that the wave offered, and any other that somebody has all the same."""
    offered = {category.id for category in of.question.offered_in(of.wave)}
    return [
        code for code, category in enumerate(of.question.categories) if category.id in offered or counts.n[0, code] > 0
    ]


def _nets(of: Item, counts: Counts) -> list[Block]:
    base = set(_base_codes(of.question))
    nets = {name: [code for code in _members(of.question, name) if code in base] for name in of.question.nets}
    kept = {name: codes for name, codes in nets.items() if codes}
    rows = []
    if kept:
        sums = [counts.sum(codes) for codes in kept.values()]
        rows += closed(of, list(kept), joined(sums), base_counts(of))
    if of.question.net:
        rows.append(_net(of, counts, sorted(base)))
    return rows


def _net(of: Item, counts: Counts, base: list[int]) -> Block:
    """The difference of two shares of the same base: the mean of a score that is 1, -1 or 0."""
    plus, minus = (set(_members(of.question, name)) for name in of.question.net or ())
    scores = [float(code in plus) - float(code in minus) for code in base]
    summary = summary_of(scored(scores, counts.pick(base)), of.confidence)
    return block(of, "net", **within_one(mean_columns(of, summary, unit="difference of shares")))


def _scores(of: Item, counts: Counts) -> list[Block]:
    scores = scores_of(of.question)
    if not scores:
        return []
    valid = [code for code, category in enumerate(of.question.categories) if not category.missing]
    return described(of, summary_of(scored(scores, counts.pick(valid)), of.confidence))


def _base_codes(question: Question) -> list[int]:
    """The codes of those whom percentages are of."""
    count = len(question.categories)
    if question.base == "answered":
        return [code for code, category in enumerate(question.categories) if not category.missing]
    return list(range(count + 1 if question.base == "asked" else count + 2))


def _members(question: Question, name: str) -> list[int]:
    """The codes of a net, or of a category."""
    members = question.nets.get(name, (name,))
    return [code for code, category in enumerate(question.categories) if category.id in members]
