"""What is hidden besides, so that nothing that is hidden can be had by subtraction.

Who takes all levels of a group that are shown from the total is left with the rest: the respondents of the hidden
levels and those of no level. The answers of the rest are known to everyone, those of its parts to nobody: if two
respondents of the rest changed places, whatever is shown would stay as it is, a count, a mean or a median. (Where there
are several groups, only sums are sure to: the two may differ in their other levels.) So

- a level that has one estimate on too small a base is hidden with all that is estimated of the question in it, for
  shares of those asked hold the same counts as shares of those who answered;
- the rest is an estimate like any other: while it is of somebody, but of fewer than the minimum base, or an answer in
  it of fewer than the minimum cell, or few dominate its amounts, one more level is hidden, the one of the fewest
  respondents in the wave, so that most questions hide the same;
- where few dominate the amounts of everyone, but of no level of a group, these would add up to them: one is hidden;
- a follow-up question hides what the question behind it hides, for who was asked it tells what was answered there;
- a group is a question too: levels that are hidden in its answers by another group would stand in the answers to that
  group by this one. The second table is hidden.

This is complementary (secondary) suppression of whole levels (Hundepool and others 2012, Statistical Disclosure
Control). What the rest has in common is not protected: where all of it gave one answer, one knows whose.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from recount.estimate.dominance import Amounts
from recount.estimate.hide import AGREEMENT, ALWAYS_SHOWN, TAKEN_OUT, is_cell
from recount.estimate.mentions import STATISTICS as MENTIONS
from recount.estimate.rows import WAVE
from recount.estimate.tabulate import Flags, Floats
from recount.study.instrument import Instrument, Question
from recount.study.settings import Estimation

EVERYONE = 0  # the place of the total among the panels
BLOCK = ["question", "group", "level"]


def protect(
    estimates: pd.DataFrame, n: pd.Series, *, instrument: Instrument, wave: str, rules: Estimation, amounts: Amounts
) -> pd.DataFrame:
    """Hide what would give hidden estimates away, and the bases of all that is hidden.

    Args:
        estimates: the table of one wave in which what the rules forbid is hidden, and all bases stand.
        n: the respondents in the numerator of each row, hidden or not.
        instrument: the questionnaire, which says who was asked what.
        wave: the name of the wave.
        rules: the fewest respondents of whom anything is shown, and the other rules.
        amounts: the answers of type number.

    Returns:
        The table with more hidden. Of a hidden level nothing is left but how many there are of it: `asked`, where
        everyone was.
    """
    questions = instrument.asked_in(wave)
    if not questions:
        return estimates
    levels = Levels(estimates.assign(n=n), rules, amounts)
    levels.settle({question.id: tuple(question.universe_in(wave)) for question in questions})
    inside = pd.MultiIndex.from_frame(estimates[BLOCK]).isin(levels.hidden())
    return _without(estimates, inside, questions, wave, _reason(rules))


class Levels:
    """Which levels of which questions are hidden; the total is a panel like the levels, and the first of them."""

    def __init__(self, estimates: pd.DataFrame, rules: Estimation, amounts: Amounts) -> None:
        sizes = estimates[estimates["statistic"] == "asked"].drop_duplicates(["group", "level"])
        self._panels = list(zip(sizes["group"], sizes["level"], strict=True))
        self._sizes: Floats = sizes["base"].to_numpy(dtype=np.float64)
        self._rules = rules
        self._amounts = amounts
        about = estimates[(estimates["question"] != WAVE) & ~estimates["statistic"].isin((*ALWAYS_SHOWN, *MENTIONS))]
        counted = about[is_cell(about)]
        self._bases = _wide(about, "base", self._panels)
        self._cells = _wide(counted, "n", self._panels)
        self._cell_bases = _wide(counted, "base", self._panels)
        self._groups: dict[str, list[int]] = {}
        for place, (group, _) in enumerate(self._panels[1:], start=1):
            self._groups.setdefault(group, []).append(place)
        self._hidden: dict[str, Flags] = {
            name: np.asarray(self._small(bases).any(axis=0)) | self._few(name) for name, bases in self._bases.items()
        }
        for name, group, level in amounts.dominated():
            self._hidden[name][self._panels.index((group, level))] = True
        self._crossed: dict[str, Flags] = {name: np.zeros_like(flags) for name, flags in self._hidden.items()}
        for group, places in self._groups.items():
            # Of the respondents of a level everyone knows what they answered to the group's own question.
            self._hidden[group][places] = False

    def settle(self, universes: dict[str, Iterable[str]]) -> None:
        """Hide more until nothing calls for more; `universes` names the questions that each question follows up."""
        before: list[tuple[str, str, str]] | None = None
        while before != self.hidden():
            before = self.hidden()
            for name, behind in universes.items():
                for each in behind:
                    self._hidden[name] |= self._out(each)
                self._hide_rests(name)
            self._cross()

    def hidden(self) -> list[tuple[str, str, str]]:
        """Give question, group and level of all that is hidden."""
        return [(name, *self._panels[place]) for name in self._bases for place in np.flatnonzero(self._out(name))]

    def _out(self, name: str) -> Flags:
        out: Flags = self._hidden[name] | self._crossed[name]
        return out

    def _small(self, bases: Floats) -> Flags:
        """Whether there is somebody, and too few; of nobody there is nothing to tell."""
        small: Flags = (bases > 0) & (bases < self._rules.minimum_base)
        return small

    def _few(self, name: str) -> Flags:
        """In which panels an answer is of fewer than the minimum cell; of shape (panels,)."""
        if name not in self._cells:
            return np.zeros(len(self._panels), dtype=np.bool_)
        return np.asarray(self._too_few(self._cells[name], self._cell_bases[name]).any(axis=0))

    def _too_few(self, n: Floats, bases: Floats) -> Flags:
        few: Flags = (bases > 0) & (n < self._rules.minimum_cell) & ((n > 0) | (not self._rules.show_zeros))
        return few

    def _hide_rests(self, name: str) -> None:
        for group, places in self._groups.items():
            if name != group and not self._out(name)[EVERYONE]:
                while (found := self._next(name, places)) is not None:
                    self._hidden[name][found] = True
            elif name in self._amounts.of:
                self._hide_one(name, self._answering(name, places))

    def _hide_one(self, name: str, places: list[int]) -> None:
        """Hide a level where all are shown, and would add up to what is hidden of everyone."""
        if places and not self._out(name)[places].any():
            self._hidden[name][self._smallest(places)] = True

    def _next(self, name: str, places: list[int]) -> int | None:
        """The level to hide next: of those that belong to too small a rest, the one of the fewest respondents."""
        shown = [place for place in places if not self._out(name)[place]]
        bases = self._bases[name]
        small = self._small(_rest(bases, shown))
        fit = {place for place in shown if (bases[small, place] > 0).any()}
        if name in self._cells:
            cells = self._cells[name]
            few = self._too_few(_rest(cells, shown), _rest(self._cell_bases[name], shown))
            fit |= {place for place in shown if (cells[few, place] > 0).any()}
        if name in self._amounts.of and self._amounts.rest_is_dominated(name, shown):
            fit |= set(self._answering(name, shown))
        return self._smallest(fit)

    def _answering(self, name: str, places: Iterable[int]) -> list[int]:
        return [place for place in places if (self._bases[name][:, place] > 0).any()]

    def _smallest(self, places: Iterable[int]) -> int | None:
        return min(places, key=lambda place: (self._sizes[place], place), default=None)

    def _cross(self) -> None:
        """Hide a group's question by another group where that group's question hides levels of the first."""
        for first in self._groups:
            for second in self._groups:
                if first != second and self._hidden[second][self._groups[first]].any():
                    self._crossed[first][self._groups[second]] = True


def _wide(about: pd.DataFrame, column: str, panels: list[tuple[str, str]]) -> dict[str, Floats]:
    """Give a column by question, of shape (rows overall, panels); 0 where there is no estimate by group."""
    kept = about.astype({column: "float64"})
    wide = kept.pivot_table(column, ["question", "statistic", "category"], ["group", "level"], aggfunc="first")
    filled = wide.reindex(columns=pd.MultiIndex.from_tuples(panels)).fillna(0.0)
    return {str(name): part.to_numpy() for name, part in filled.groupby(level="question")}


def _rest(counts: Floats, shown: list[int]) -> Floats:
    rest: Floats = counts[:, EVERYONE] - counts[:, shown].sum(axis=1)
    return rest


def _reason(rules: Estimation) -> str:
    """Say what is protected: the rules that are declared."""
    cell = rules.minimum_cell > 1 or not rules.show_zeros
    amounts = rules.dominance is not None or rules.p_percent is not None
    also = f", cell under {rules.minimum_cell}" if cell else ""
    return f"protects base under {rules.minimum_base}{also}{', dominance' if amounts else ''}"


def _without(
    estimates: pd.DataFrame, inside: Flags, questions: Iterable[Question], wave: str, reason: str
) -> pd.DataFrame:
    """Take out all numbers of the rows inside hidden levels, but for what everyone knows and what is about coders."""
    of_some = estimates["question"].isin([each.id for each in questions if each.universe_in(wave)])
    within = pd.Series(inside, index=estimates.index)
    everyone = (estimates["statistic"] == "asked") & ~of_some
    out = within & ~everyone & ~estimates["statistic"].isin(AGREEMENT)
    taken: dict[str, pd.Series] = {name: estimates[name].mask(out) for name in (*TAKEN_OUT, "base", "weighted_base")}
    taken["answered"] = estimates["answered"].mask(within)
    taken["asked"] = estimates["asked"].mask(within & of_some)
    taken["hidden"] = estimates["hidden"].mask(out & (estimates["hidden"] == ""), reason)
    return estimates.assign(**taken)
