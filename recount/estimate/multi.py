"""The rows of a question of which several categories can be ticked: shares are of respondents, never of ticks."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recount.estimate import answers
from recount.estimate.answers import NO_ANSWER
from recount.estimate.distribution import scored
from recount.estimate.mentions import mention_rows
from recount.estimate.rows import Block, Item, block
from recount.estimate.scores import mean_columns, summary_of, within_one
from recount.estimate.shares import base_counts, closed, every_question, of_asked, share_columns
from recount.estimate.tabulate import Counts, Flags, joined
from recount.study.instrument import Question

# So many categories are packed at a time: 2^30 times the number of respondents still fits into 64 bits.
BITS = 30


@dataclass(frozen=True)
class Ticks:
    """Who ticked what: one flag a respondent for each category that the wave offered; `given`: who answered at all."""

    flags: dict[str, Flags]
    given: Flags

    def within(self, asked: Flags) -> "Ticks":
        """Leave out those who were not asked."""
        return Ticks({name: flag & asked for name, flag in self.flags.items()}, self.given & asked)

    def any_of(self, names: list[str]) -> Flags:
        """Say who ticked at least one of these."""
        found = np.zeros(len(self.given), dtype=np.bool_)
        for name in names:
            if name in self.flags:
                found |= self.flags[name]
        return found


def read_ticks(clean: pd.DataFrame, question: Question, wave: str) -> Ticks:
    """Take the ticks of a question from the clean table."""
    return Ticks(*answers.ticked(clean, question, wave))


def valid_ticks(ticks: Ticks, question: Question) -> Flags:
    """Say who gave a valid answer: anything, unless all that they ticked is marked missing."""
    valid = ticks.any_of([category.id for category in question.valid])
    missing = ticks.any_of([category.id for category in question.categories if category.missing])
    return ticks.given & (valid | ~missing)


def multi_rows(of: Item, ticks: Ticks) -> list[Block]:
    """Make all rows of a question of type multi."""
    ticks = ticks.within(of.asked)
    valid = [category.id for category in of.question.valid if category.id in ticks.flags]
    missing = [category.id for category in of.question.categories if category.missing and category.id in ticks.flags]
    silent = of.sample.count_flag(of.asked & ~ticks.given)
    base = base_flags(of)
    rows = every_question(of, silent)
    rows += closed(of, valid, counted(of, ticks, valid, base), base_counts(of))
    rows.append(of_asked(of, [*missing, NO_ANSWER], joined([counted(of, ticks, missing, of.asked), silent])))
    rows += net_rows(of, ticks, base, base_counts(of))
    alone = [category.id for category in of.question.valid if category.alone]
    mentioned = [name for name in valid if name not in alone]
    rows.append(chosen_mean(of, ticks, mentioned, of.answered))
    if of.question.mentions:
        rows += mention_rows(of, {name: ticks.flags[name] for name in mentioned}, of.answered)
    if of.question.combinations:
        rows += _combinations(of, ticks, valid)
    return rows


def base_flags(of: Item) -> Flags:
    """Flag those whom the question's percentages are of."""
    if of.question.base == "respondents":
        return np.ones(len(of.sample), dtype=np.bool_)
    return of.asked if of.question.base == "asked" else of.answered


def counted(of: Item, ticks: Ticks, names: list[str], within: Flags) -> Counts:
    """Count who ticked each category, among those flagged; shape (panels, categories)."""
    nobody = np.zeros((len(of.sample.panels), 0))
    each = [of.sample.count_flag(ticks.flags[name] & within) for name in names]
    return joined([Counts(nobody, nobody, nobody), *each])


def chosen_mean(of: Item, ticks: Ticks, names: list[str], within: Flags) -> Block:
    """Make the row of the mean number of categories ticked; those that mean "none of these" are not counted."""
    number = np.zeros(len(of.sample), dtype=np.intp)
    for name in names:
        number += ticks.flags[name]
    most = len(names)
    counts = of.sample.count(np.where(within, number, most + 1), most + 2).pick(list(range(most + 1)))
    return block(of, "chosen_mean", **mean_columns(of, summary_of(scored(range(most + 1), counts), of.confidence)))


def net_rows(of: Item, ticks: Ticks, base: Flags, counts_of_base: Counts) -> list[Block]:
    """Nets are of respondents too: whoever ticked any of the members, once."""
    offered = {name: [each for each in members if each in ticks.flags] for name, members in of.question.nets.items()}
    nets = {name: ticks.any_of(members) & base for name, members in offered.items() if members}
    rows = []
    if nets:
        rows += closed(of, list(nets), joined([of.sample.count_flag(flag) for flag in nets.values()]), counts_of_base)
    if of.question.net:
        plus, minus = (ticks.any_of(list(of.question.nets.get(name, (name,)))) for name in of.question.net)
        codes = np.where(base, 1 + plus.astype(np.intp) - minus, 3)
        counts = of.sample.count(codes, 4).pick([0, 1, 2])
        summary = summary_of(scored([-1.0, 0.0, 1.0], counts), of.confidence)
        rows.append(block(of, "net", **within_one(mean_columns(of, summary, unit="difference of shares"))))
    return rows


def _combinations(of: Item, ticks: Ticks, names: list[str]) -> list[Block]:
    """Shares of each set that somebody ticked, the most frequent first; overall only, for by group they single out."""
    matrix = np.column_stack([ticks.flags[name] for name in names]) if names else np.zeros((len(of.sample), 0), bool)
    inside = np.flatnonzero(of.answered & matrix.any(axis=1))
    if not len(inside):
        return []
    first, places = _distinct(matrix[inside])
    codes = np.full(len(of.sample), len(first), dtype=np.intp)
    codes[inside] = places
    counts = of.sample.count(codes, len(first) + 1)
    sets = [tuple(matrix[inside[row]].tolist()) for row in first]
    # Within the same frequency, sets with earlier categories come first.
    order = sorted(range(len(sets)), key=lambda code: (-counts.n[0, code], tuple(not tick for tick in sets[code])))
    combined = ["+".join(name for name, tick in zip(names, sets[code], strict=True) if tick) for code in order]
    columns = share_columns(of, counts.pick(order), base_counts(of), panels=1)
    return [block(of, "combination", combined, panels=1, **columns)]


def _distinct(matrix: Flags) -> tuple[list[int], np.ndarray]:
    """The first row of each distinct row, and each row's place among them."""
    codes = np.zeros(len(matrix), dtype=np.intp)
    for column in range(matrix.shape[1]):
        codes = codes * 2 + matrix[:, column]
        if column % BITS == BITS - 1:
            codes = np.unique(codes, return_inverse=True)[1]
    _, first, places = np.unique(codes, return_index=True, return_inverse=True)
    return first.tolist(), places
