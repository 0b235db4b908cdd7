"""What the respondents of one wave mean to answer, before anything goes wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from recount.errors import Finding, SimulationError
from recount.simulate.allot import in_order, ticked
from recount.simulate.chance import proportional, scaled, stream
from recount.simulate.design import Answering, Design
from recount.simulate.panel import Members
from recount.simulate.phrases import composed
from recount.study.instrument import Instrument, Question

# Nobody ticks more than this where ticks can be moved to others.
MOST = 6
MOST_CODES = 3
UNANSWERED = 0.03
DEFAULT_MEDIAN = 10.0


@dataclass
class Answers:
    """The answers of all respondents, by question.

    `asked` is boolean; `chosen` holds the place of a category, -1 for none; `ticks` has a column a category, all False for
    none; `numbers` holds nan for none, `texts` "" for none. `codes` are the true codes of open-ended answers, a column
    each, in the order of `code_names`.
    """

    asked: dict[str, np.ndarray] = field(default_factory=dict)
    chosen: dict[str, np.ndarray] = field(default_factory=dict)
    ticks: dict[str, np.ndarray] = field(default_factory=dict)
    numbers: dict[str, np.ndarray] = field(default_factory=dict)
    texts: dict[str, np.ndarray] = field(default_factory=dict)
    codes: dict[str, np.ndarray] = field(default_factory=dict)
    code_names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def answered(self, question: str) -> np.ndarray:
        """Who gave an answer."""
        if question in self.chosen:
            return np.asarray(self.chosen[question] >= 0)
        if question in self.ticks:
            return np.asarray(self.ticks[question].any(axis=1))
        if question in self.numbers:
            return ~np.isnan(self.numbers[question])
        return np.asarray(self.texts[question] != "")


@dataclass(frozen=True)
class Play:
    """One wave being simulated: whose answers, by which design, at the design's size (`exact`) or another."""

    instrument: Instrument
    design: Design
    wave: str
    seed: int
    members: Members
    exact: bool

    def chance(self, *names: str) -> np.random.Generator:
        """The random numbers of one decision in this wave."""
        return stream(self.seed, self.wave, *names)

    def declared(self, question: str) -> Answering | None:
        """What the design says of a question; None where it says nothing."""
        return self.design.wave(self.wave).answers.get(question)

    def score(self, question: str, who: np.ndarray, *, column: str = "") -> np.ndarray:
        """What decides who gives which answer: engagement, the unit's lasting leaning, and chance."""
        declared = self.declared(question)
        follows = declared.follows if declared else 0.0
        size = int(self.members.place.max()) + 1
        lasting = stream(self.seed, "leaning", question, column).normal(size=size)[self.members.place[who]]
        fresh = self.chance("score", question, column).normal(size=len(who))
        own = np.sqrt(1 - follows**2)
        return np.asarray(follows * self.members.engagement[who] + own * (0.8 * lasting + 0.6 * fresh))


def answers_of(play: Play) -> Answers:
    """Let every respondent answer every question that the wave asked; raise `SimulationError` with all that does not add up."""
    answers = Answers()
    findings: list[Finding] = []
    waiting = [question for question in play.instrument.asked_in(play.wave) if question.type not in ("id", "date")]
    while waiting:
        asked = {question.id for question in waiting}
        ready = [each for each in waiting if not asked.intersection(each.universe_in(play.wave))]
        for question in ready or waiting:
            answers.asked[question.id] = _asked(play, question, answers)
            try:
                _answer(play, question, answers)
            except SimulationError as error:
                findings += error.findings
                _skip(play, question, answers)
        waiting = [question for question in waiting if question.id not in answers.asked]
    if findings:
        raise SimulationError(*findings)
    return answers


def _asked(play: Play, question: Question, answers: Answers) -> np.ndarray:
    asked = np.ones(len(play.members), dtype=bool)
    for name, categories in question.universe_in(play.wave).items():
        places = [place for place, each in enumerate(play.instrument.by_id[name].categories) if each.id in categories]
        if name in answers.chosen:
            asked &= np.isin(answers.chosen[name], places)
        elif name in answers.ticks:
            asked &= answers.ticks[name][:, places].any(axis=1)
    return asked


def _answer(play: Play, question: Question, answers: Answers) -> None:
    who = np.flatnonzero(answers.asked[question.id])
    silent = _silent(play, question, who)
    who = who[~silent]
    if question.type == "multi":
        answers.ticks[question.id] = _multi(play, question, who)
    elif question.closed:
        answers.chosen[question.id] = _closed(play, question, who)
    elif question.type in ("number", "weight"):
        answers.numbers[question.id] = _numbers(play, question, who)
    else:
        _write(play, question, who, answers)


def _skip(play: Play, question: Question, answers: Answers) -> None:
    """Leave a question that cannot be answered unanswered, so that what else is wrong is found as well."""
    answers.chosen[question.id] = np.full(len(play.members), -1, dtype=np.int16)
    if question.type == "multi":
        answers.ticks[question.id] = np.zeros((len(play.members), len(question.categories)), dtype=bool)


def _silent(play: Play, question: Question, who: np.ndarray) -> np.ndarray:
    """Who does not answer: as many as declared; those who left out one question are likelier to leave out another."""
    declared = play.declared(question.id)
    if question.id in play.members.traits:
        return np.zeros(len(who), dtype=bool)
    chance = play.chance("silent", question.id)
    if declared is None:
        unanswered = UNANSWERED if question.type != "weight" else 0.0
        return np.asarray(chance.random(len(who)) < unanswered)
    number = declared.no_answer if play.exact else _silent_at_size(play, declared, len(who), question)
    care = play.chance("care").normal(size=len(play.members))[who] + chance.normal(size=len(who))
    silent = np.zeros(len(who), dtype=bool)
    silent[np.argsort(care, kind="stable")[:number]] = True
    return silent


def _silent_at_size(play: Play, declared: Answering, asked: int, question: Question) -> int:
    total = sum(declared.counts.values()) + declared.no_answer
    if question.type in ("single", "scale"):
        return proportional(declared.no_answer, of=max(total, 1), to=asked)
    return min(asked, proportional(declared.no_answer, of=play.design.wave(play.wave).respondents, to=asked))


def _closed(play: Play, question: Question, who: np.ndarray) -> np.ndarray:
    """One category for each of `who`, -1 for all others."""
    chosen = np.full(len(play.members), -1, dtype=np.int16)
    places = {category.id: place for place, category in enumerate(question.categories)}
    declared = play.declared(question.id)
    if question.id in play.members.traits:
        trait = play.members.traits[question.id]
        for category in dict.fromkeys(trait.tolist()):
            chosen[trait == category] = places[category]
    elif declared is None or not declared.counts:
        offered = np.array([places[category.id] for category in question.offered_in(play.wave)], dtype=np.int16)
        chosen[who] = play.chance("uniform", question.id).choice(offered, size=len(who))
    else:
        counts = _counts(play, declared, len(who), question)
        given = in_order(play.score(question.id, who), np.array(list(counts.values())))
        chosen[who] = np.array([places[category] for category in counts], dtype=np.int16)[given]
    return chosen


def _counts(play: Play, declared: Answering, answered: int, question: Question) -> Mapping[str, int]:
    """The counts of a question, at the size of this play; raise `SimulationError` where they do not sum to those who answer."""
    if not play.exact:
        return scaled(declared.counts, answered)
    if sum(declared.counts.values()) == answered:
        return declared.counts
    asked = answered + declared.no_answer
    raise SimulationError(
        Finding(
            problem=f"counts and no_answer sum to {sum(declared.counts.values()) + declared.no_answer}; {asked} are asked",
            key=f"waves.{play.wave}.answers.{question.id}",
            expected=f"a sum of {asked}",
        )
    )


def _multi(play: Play, question: Question, who: np.ndarray) -> np.ndarray:
    ticks = np.zeros((len(play.members), len(question.categories)), dtype=bool)
    offered = [category.id for category in question.offered_in(play.wave)]
    alone = [category.id for category in question.categories if category.alone and category.id in offered]
    declared = play.declared(question.id)
    if declared is None or not declared.counts:
        counts = {name: round(len(who) * (0.05 if name in alone else 0.4)) for name in offered}
    else:
        counts = declared.counts
    places = {category.id: place for place, category in enumerate(question.categories)}
    found = _sets(play, question.id, who, counts, alone, most=MOST)
    ticks[np.ix_(who, [places[name] for name in counts])] = found
    return ticks


def _sets(
    play: Play, question: str, who: np.ndarray, counts: Mapping[str, int], alone: list[str], *, most: int
) -> np.ndarray:
    """A column a category in the order of `counts`: its ticks among `who`, of whom everybody ticks something."""
    if play.declared(question) and not play.exact:
        declared = play.declared(question)
        answered = play.design.wave(play.wave).respondents - (declared.no_answer if declared else 0)
        counts = {name: proportional(count, of=max(answered, 1), to=len(who)) for name, count in counts.items()}
    names = list(counts)
    free = np.ones(len(who), dtype=bool)
    ticks = np.zeros((len(who), len(names)), dtype=bool)
    order = np.argsort(play.score(question, who, column="alone"), kind="stable")
    start = 0
    for name in (each for each in names if each in alone):
        ticks[order[start : start + counts[name]], names.index(name)] = True
        free[order[start : start + counts[name]]] = False
        start += counts[name]
    others = [name for name in names if name not in alone]
    wanted = np.array([counts[name] for name in others], dtype=int)
    here = np.flatnonzero(free)
    if play.exact:
        _fits(play, question, wanted, len(here))
    wanted = np.minimum(wanted, len(here))
    if len(others) and wanted.sum() < len(here):
        wanted[0] += len(here) - wanted.sum()
    scores = np.column_stack([play.score(question, who[here], column=name) for name in others])
    ticks[np.ix_(here, [names.index(name) for name in others])] = ticked(scores, wanted, most=most)
    return ticks


def _fits(play: Play, question: str, wanted: np.ndarray, people: int) -> None:
    if play.declared(question) and (wanted.sum() < people or wanted.max(initial=0) > people):
        raise SimulationError(
            Finding(
                problem=f"{people} respondents answer; {wanted.sum()} ticks, {wanted.max(initial=0)} of them for one answer",
                key=f"waves.{play.wave}.answers.{question}.counts",
                expected="at least one tick for each respondent, and no answer ticked by more than there are",
            )
        )


def _numbers(play: Play, question: Question, who: np.ndarray) -> np.ndarray:
    """Numbers around the declared median, or anywhere in the question's range; rounded, and within the range."""
    numbers = np.full(len(play.members), np.nan)
    low, high = question.range
    declared = play.declared(question.id)
    if question.type == "weight":
        drawn = np.exp(play.chance("weight", question.id).normal(scale=0.3, size=len(who)))
        numbers[who] = np.maximum(np.round(drawn / drawn.mean(), 4), 0.01) if len(who) else drawn
        return numbers
    if declared is None and low is not None and high is not None:
        drawn = play.chance("uniform", question.id).uniform(low, high, size=len(who))
    else:
        median, spread = (declared.median or DEFAULT_MEDIAN, declared.spread) if declared else (DEFAULT_MEDIAN, 0.6)
        drawn = np.exp(np.log(median) + spread * play.score(question.id, who))
    # People round: to halves where decimals are asked for, to whole numbers else.
    step = 2 if question.decimals else 1
    rounded = np.where(drawn < 5, np.round(drawn * step) / step, np.round(drawn))  # noqa: PLR2004 - small numbers
    numbers[who] = np.clip(rounded, low, high)
    return numbers


def _write(play: Play, question: Question, who: np.ndarray, answers: Answers) -> None:
    phrases = play.design.phrases.get(question.id, {})
    declared = play.declared(question.id)
    names = tuple(declared.counts) if declared else ()
    codes = np.zeros((len(play.members), len(names)), dtype=bool)
    if declared and names:
        codes[who] = _sets(play, question.id, who, declared.counts, ["none"], most=MOST_CODES)
    texts = np.full(len(play.members), "", dtype=object)
    turn = list(play.design.waves).index(play.wave) if play.wave in play.design.waves else 0
    texts[who] = composed(
        codes[who],
        names,
        play.members.languages[who],
        phrases=phrases,
        chance=play.chance("phrases", question.id),
        order=stream(play.seed, "phrases", question.id),
        turn=turn,
    )
    answers.texts[question.id] = texts
    if question.coded and names and phrases:
        answers.codes[question.id] = codes
        answers.code_names[question.id] = names
