"""What the respondents of one wave mean to answer, before anything goes wrong."""

from collections.abc import Mapping

import numpy as np

from recount.errors import Finding, SimulationError
from recount.simulate.allot import in_order
from recount.simulate.chance import scaled, stream
from recount.simulate.phrases import composed
from recount.simulate.play import Answers, Play
from recount.simulate.silence import silent
from recount.simulate.ticks import ticked_sets, ticks_of
from recount.study.instrument import Question
from recount.study.simulation import Answering

MOST_CODES = 3
DEFAULT_MEDIAN = 10.0
# Below this, numbers may be halves.
SMALL = 5


def answers_of(play: Play) -> Answers:
    """Let every respondent answer every question of the wave; raise `SimulationError` with all that does not add up."""
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
    who = who[~silent(play, question, who, answers)]
    if question.type == "multi":
        answers.ticks[question.id] = ticks_of(play, question, who)
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
    """The counts of a question, at the size of this play; raise `SimulationError` where not as many answer."""
    if not play.exact:
        return scaled(declared.counts, answered)
    if sum(declared.counts.values()) == answered:
        return declared.counts
    asked = answered + declared.no_answer
    total = sum(declared.counts.values()) + declared.no_answer
    raise SimulationError(
        Finding(
            problem=f"counts and no_answer sum to {total}, but {asked} are asked",
            key=f"waves.{play.wave}.answers.{question.id}",
            expected=f"a sum of {asked}",
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
    rounded = np.where(drawn < SMALL, np.round(drawn * step) / step, np.round(drawn))
    numbers[who] = np.clip(rounded, low, high)
    return numbers


def _write(play: Play, question: Question, who: np.ndarray, answers: Answers) -> None:
    phrases = play.design.phrases.get(question.id, {})
    declared = play.declared(question.id)
    names = tuple(declared.counts) if declared else ()
    codes = np.zeros((len(play.members), len(names)), dtype=bool)
    if declared and names:
        codes[who] = ticked_sets(play, question.id, who, declared.counts, ["none"], most=MOST_CODES)
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
