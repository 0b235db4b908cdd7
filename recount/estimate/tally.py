"""What the rows of a question are made from, where counts are enough: counts of pieces of the respondents add up."""

from dataclasses import dataclass

import pandas as pd

from recount.estimate import answers
from recount.estimate.answers import NO_ANSWER
from recount.estimate.rows import Block, Item
from recount.estimate.shares import every_question, of_asked
from recount.estimate.single import single_counts, single_rows, valid_answers
from recount.estimate.tabulate import Counts, Flags, Sample
from recount.study.instrument import Question

# Of these it is known who answered, and of the first two what.
COUNTED = ("single", "scale", "text", "id", "weight")


@dataclass(frozen=True)
class Tally:
    """The respondents asked, those who gave a valid answer, and the answers.

    `answers` counts by category, no answer and not asked; of a question without categories, those who gave no answer.
    """

    asked: Counts
    answered: Counts
    answers: Counts

    def __add__(self, other: "Tally") -> "Tally":
        """Add the counts of other respondents."""
        return Tally(self.asked + other.asked, self.answered + other.answered, self.answers + other.answers)


def counts_are_enough(question: Question) -> bool:
    """Tell whether all rows of a question follow from its counts."""
    return question.type in COUNTED and not question.coded


def tally(question: Question, clean: pd.DataFrame, asked: Flags, sample: Sample) -> Tally:
    """Count the answers of these respondents to a question of which counts are enough."""
    if question.closed:
        chosen = answers.chosen(clean, question)
        answered = valid_answers(chosen, question) & asked
        found = single_counts(sample, chosen, asked, question)
    else:
        answered = answers.written(clean, question) & asked
        found = sample.count_flag(asked & ~answered)
    return Tally(sample.count_flag(asked), sample.count_flag(answered), found)


def tallied_rows(of: Item, counts: Counts) -> list[Block]:
    """Make all rows of a question of which counts are enough; `counts` are those of its answers."""
    return single_rows(of, counts) if of.question.closed else written_rows(of, counts)


def written_rows(of: Item, silent: Counts) -> list[Block]:
    """Make the rows of a question without categories; its share_asked is that of no answer."""
    return [*every_question(of, silent), of_asked(of, [NO_ANSWER], silent)]
