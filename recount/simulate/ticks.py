"""Questions of which several answers hold: multi-select questions, and the codes of open-ended ones."""

from collections.abc import Mapping

import numpy as np

from recount.errors import Finding, SimulationError
from recount.simulate.allot import ticked
from recount.simulate.chance import proportional
from recount.simulate.play import Play
from recount.study.instrument import Question

# Nobody ticks more than this where ticks can be moved to others.
MOST = 6
OFTEN, SELDOM = 0.4, 0.05


def ticks_of(play: Play, question: Question, who: np.ndarray) -> np.ndarray:
    """Tick categories for each of `who`; a row a respondent of the wave, a column a category of the question."""
    ticks = np.zeros((len(play.members), len(question.categories)), dtype=bool)
    offered = [category.id for category in question.offered_in(play.wave)]
    alone = [category.id for category in question.categories if category.alone and category.id in offered]
    declared = play.declared(question.id)
    if declared is None or not declared.counts:
        counts = {name: round(len(who) * (SELDOM if name in alone else OFTEN)) for name in offered}
    else:
        counts = declared.counts
    places = {category.id: place for place, category in enumerate(question.categories)}
    found = ticked_sets(play, question.id, who, counts, alone, most=MOST)
    ticks[np.ix_(who, np.array([places[name] for name in counts]))] = found
    return ticks


def ticked_sets(
    play: Play, question: str, who: np.ndarray, counts: Mapping[str, int], alone: list[str], *, most: int
) -> np.ndarray:
    """A column a category in the order of `counts`: its ticks among `who`, of whom everybody ticks something."""
    declared = play.declared(question)
    if declared and not play.exact:
        answered = play.design.wave(play.wave).respondents - declared.no_answer
        counts = {name: proportional(count, of=max(answered, 1), to=len(who)) for name, count in counts.items()}
    names = list(counts)
    free = np.ones(len(who), dtype=bool)
    ticks: np.ndarray = np.zeros((len(who), len(names)), dtype=bool)
    order = np.argsort(play.score(question, who, column="alone"), kind="stable")
    start = 0
    for name in (each for each in names if each in alone):
        ticks[order[start : start + counts[name]], names.index(name)] = True
        free[order[start : start + counts[name]]] = False
        start += counts[name]
    others = [name for name in names if name not in alone]
    if not others:
        return ticks
    wanted = np.array([counts[name] for name in others], dtype=int)
    here = np.flatnonzero(free)
    if play.exact:
        _fits(play, question, wanted, len(here))
    wanted = np.minimum(wanted, len(here))
    if wanted.sum() < len(here):
        wanted[0] += len(here) - wanted.sum()
    scores = np.column_stack([play.score(question, who[here], column=name) for name in others])
    columns = np.array([names.index(name) for name in others])
    ticks[np.ix_(here, columns)] = ticked(scores, wanted, most=most)
    return ticks


def _fits(play: Play, question: str, wanted: np.ndarray, people: int) -> None:
    most = wanted.max(initial=0)
    if play.declared(question) and (wanted.sum() < people or most > people):
        raise SimulationError(
            Finding(
                problem=f"{people} respondents answer; the counts are {wanted.sum()} in all, the largest {most}",
                key=f"waves.{play.wave}.answers.{question}.counts",
                expected="at least one tick for each respondent, and no answer ticked by more than there are",
            )
        )
