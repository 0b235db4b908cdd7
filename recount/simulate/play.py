"""A wave being simulated, and the answers that its respondents mean to give."""

from dataclasses import dataclass, field

import numpy as np

from recount.simulate.chance import stream
from recount.simulate.panel import Members
from recount.study.instrument import Instrument
from recount.study.simulation import Answering, Design


@dataclass
class Answers:
    """The answers of all respondents, by question.

    `asked` is boolean; `chosen` holds the place of a category, -1 for none; `ticks` has a column a category, all False
    for none; `numbers` holds nan for none, `texts` "" for none. `codes` are the true codes of open-ended answers, a
    column each, in the order of `code_names`.
    """

    asked: dict[str, np.ndarray] = field(default_factory=dict)
    chosen: dict[str, np.ndarray] = field(default_factory=dict)
    ticks: dict[str, np.ndarray] = field(default_factory=dict)
    numbers: dict[str, np.ndarray] = field(default_factory=dict)
    texts: dict[str, np.ndarray] = field(default_factory=dict)
    codes: dict[str, np.ndarray] = field(default_factory=dict)
    code_names: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def left_out(self, size: int) -> np.ndarray:
        """How many of the closed and number questions asked so far each of `size` respondents left unanswered."""
        left: np.ndarray = np.zeros(size, dtype=int)
        for question in (*self.chosen, *self.ticks, *self.numbers):
            left += self.asked[question] & ~self.answered(question)
        return np.asarray(left)

    def answered(self, question: str) -> np.ndarray:
        """Who gave an answer."""
        if question in self.chosen:
            return np.asarray(self.chosen[question] >= 0)
        if question in self.ticks:
            return np.asarray(self.ticks[question].any(axis=1), dtype=bool)
        if question in self.numbers:
            return np.asarray(~np.isnan(self.numbers[question]))
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
