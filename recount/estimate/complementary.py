"""What is hidden besides, so that nothing that is hidden can be had by subtraction.

Who takes all levels of a group that are shown from the total is left with the rest: the respondents of the hidden
levels and those of no level. The answers of the rest are known to everyone, those of its parts to nobody: if two
respondents of the rest changed places, whatever is shown would stay as it is, a count, a mean or a median. (Where there
are several groups, only sums are sure to: the two may differ in their other levels.) So

- a level that has one estimate on too small a base is hidden with all that is estimated of the question in it, for
  shares of those asked hold the same counts as shares of those who answered;
- the rest is an estimate like any other: while it is of somebody, but of fewer than the minimum base, one more level
  is hidden, the one of the fewest respondents in the wave, so that most questions hide the same;
- a follow-up question hides what the question behind it hides, for who was asked it tells what was answered there;
- a group is a question too: levels that are hidden in its answers by another group would stand in the answers to that
  group by this one. The second table is hidden.

This is complementary (secondary) suppression of whole levels (Hundepool and others 2012, Statistical Disclosure
Control). What the rest has in common is not protected: where all of it gave one answer, one knows whose.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from recount.estimate.hide import AGREEMENT, ALWAYS_SHOWN, TAKEN_OUT
from recount.estimate.rows import WAVE
from recount.estimate.tabulate import Flags, Floats
from recount.study.instrument import Instrument, Question

EVERYONE = 0  # the place of the total among the panels
BLOCK = ["question", "group", "level"]


def protect(estimates: pd.DataFrame, *, instrument: Instrument, wave: str, minimum_base: int) -> pd.DataFrame:
    """Hide what would give hidden estimates away, and the bases of all that is hidden.

    Args:
        estimates: the table of one wave in which estimates under the minimum base are hidden, and all bases stand.
        instrument: the questionnaire, which says who was asked what.
        wave: the name of the wave.
        minimum_base: the fewest respondents of whom anything is shown.

    Returns:
        The table with more hidden. Of a hidden level nothing is left but how many there are of it: `asked`, where
        everyone was.
    """
    questions = instrument.asked_in(wave)
    if not questions:
        return estimates
    levels = Levels(estimates, minimum_base)
    levels.settle({question.id: tuple(question.universe_in(wave)) for question in questions})
    inside = pd.MultiIndex.from_frame(estimates[BLOCK]).isin(levels.hidden())
    return _without(estimates, inside, questions, wave, f"protects base under {minimum_base}")


class Levels:
    """Which levels of which questions are hidden; the total is a panel like the levels, and the first of them."""

    def __init__(self, estimates: pd.DataFrame, minimum_base: int) -> None:
        sizes = estimates[estimates["statistic"] == "asked"].drop_duplicates(["group", "level"])
        self._panels = list(zip(sizes["group"], sizes["level"], strict=True))
        self._sizes: Floats = sizes["base"].to_numpy(dtype=np.float64)
        self._minimum_base = minimum_base
        self._bases = _bases(estimates, self._panels)
        self._groups: dict[str, list[int]] = {}
        for place, (group, _) in enumerate(self._panels[1:], start=1):
            self._groups.setdefault(group, []).append(place)
        self._hidden: dict[str, Flags] = {
            name: np.asarray(self._small(bases).any(axis=0)) for name, bases in self._bases.items()
        }
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
        small: Flags = (bases > 0) & (bases < self._minimum_base)
        return small

    def _hide_rests(self, name: str) -> None:
        for group, places in self._groups.items():
            if name != group and not self._out(name)[EVERYONE]:
                while (found := self._next(name, places)) is not None:
                    self._hidden[name][found] = True

    def _next(self, name: str, places: list[int]) -> int | None:
        """The level to hide next: of those that belong to too small a rest, the one of the fewest respondents."""
        shown = [place for place in places if not self._out(name)[place]]
        bases = self._bases[name]
        small = self._small(bases[:, EVERYONE] - bases[:, shown].sum(axis=1))
        fit = [place for place in shown if (bases[small, place] > 0).any()]
        return min(fit, key=lambda place: (self._sizes[place], place), default=None)

    def _cross(self) -> None:
        """Hide a group's question by another group where that group's question hides levels of the first."""
        for first in self._groups:
            for second in self._groups:
                if first != second and self._hidden[second][self._groups[first]].any():
                    self._crossed[first][self._groups[second]] = True


def _bases(estimates: pd.DataFrame, panels: list[tuple[str, str]]) -> dict[str, Floats]:
    """The bases of each question, of shape (statistics, panels); what is not estimated by group has nobody there."""
    about = (estimates["question"] != WAVE) & ~estimates["statistic"].isin(ALWAYS_SHOWN)
    wide = estimates[about].pivot_table("base", ["question", "statistic"], ["group", "level"], aggfunc="first")
    filled = wide.reindex(columns=pd.MultiIndex.from_tuples(panels)).astype("float64").fillna(0.0)
    return {str(name): part.to_numpy() for name, part in filled.groupby(level="question")}


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
