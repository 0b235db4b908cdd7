"""Answers with the codes that people gave them: what suggestions are learned from, and measured on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from recount.coding.decide import RULE
from recount.coding.lines import answers_of
from recount.study.codebook import NONE


@dataclass(frozen=True)
class Known:
    """A coded answer: the wave, who answered, the words, and the codes, without `none`."""

    wave: str
    respondent: str
    text: str
    codes: frozenset[str]


def known_answers(clean: pd.DataFrame, codes: pd.DataFrame, *, question: str, wave: str) -> list[Known]:
    """Gather the answers of a wave on which people decided; what a program decided teaches nothing."""
    decided = codes[(codes["question"] == question) & (codes["decided_by"] != RULE)]
    given = {str(who): frozenset(each) - {NONE} for who, each in decided.groupby("respondent", sort=False)["code"]}
    answers = answers_of(clean, question)
    pairs = zip(answers.respondents, answers.texts, strict=True)
    return [Known(wave, who, text, given[who]) for who, text in pairs if who in given]


def texts_of(answers: Iterable[Known]) -> list[str]:
    """List the words of answers."""
    return [answer.text for answer in answers]


def given_codes(answers: Sequence[Known], codes: Sequence[str]) -> dict[str, list[bool]]:
    """Say for each code which of the answers have it."""
    return {code: [code in answer.codes for answer in answers] for code in codes}
