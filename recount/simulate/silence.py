"""Who is asked a question and does not answer it."""

import numpy as np

from recount.simulate.chance import proportional
from recount.simulate.play import Answers, Play
from recount.study.instrument import Question
from recount.study.simulation import Answering

UNANSWERED = 0.03
# Who has left out this share of the questions leaves out no more: the response would not count.
CARELESS = 0.25


def silent(play: Play, question: Question, who: np.ndarray, answers: Answers) -> np.ndarray:
    """Who does not answer: as many as declared; those who left out one question are likelier to leave out another."""
    declared = play.declared(question.id)
    if question.id in play.members.traits:
        return np.zeros(len(who), dtype=bool)
    chance = play.chance("silent", question.id)
    if declared is None:
        unanswered = UNANSWERED if question.type != "weight" else 0.0
        return np.asarray(chance.random(len(who)) < unanswered)
    number = declared.no_answer if play.exact else _silent_at_size(play, declared, len(who), question)
    care = 0.5 * play.chance("care").normal(size=len(play.members))[who] + chance.normal(size=len(who))
    if question.type != "text":
        care[answers.left_out(len(play.members))[who] >= CARELESS * len(play.instrument.asked_in(play.wave))] = np.inf
    chosen = np.zeros(len(who), dtype=bool)
    chosen[np.argsort(care, kind="stable")[:number]] = True
    return chosen


def _silent_at_size(play: Play, declared: Answering, asked: int, question: Question) -> int:
    total = sum(declared.counts.values()) + declared.no_answer
    if question.type in ("single", "scale"):
        return proportional(declared.no_answer, of=max(total, 1), to=asked)
    return min(asked, proportional(declared.no_answer, of=play.design.wave(play.wave).respondents, to=asked))
