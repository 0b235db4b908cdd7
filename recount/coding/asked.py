"""What must be in order before a wave can be coded: questions, respondents, a codebook that has codes for each."""

from collections.abc import Iterable

import pandas as pd

from recount.clean.columns import RESPONDENT
from recount.errors import Finding, nearest
from recount.study.codebook import Codebook


def without_codes(asked: list[str], codebook: Codebook | None, file: str) -> list[Finding]:
    """Tell of questions that are to be coded, but by no codes, with entries of the codebook to begin with."""
    known = codebook.questions if codebook else {}
    lacking = [question for question in asked if not known.get(question)]
    mend = "declare the codes there, or take `coded: true` out of the instrument:"
    if not lacking:
        return []
    if codebook is None:
        entries = "".join(map(_entry, lacking))
        expected = "the codes of each question that has `coded: true` in the instrument"
        mend = f'{mend}\n        version: "1"\n        questions:{entries}'
        return [Finding(problem="there is no codebook", file=file, expected=expected, mend=mend)]
    return [
        Finding(
            problem="the codebook has no codes for this question",
            file=file,
            key=f"questions.{question}",
            expected=nearest(question, list(known)),
            mend=f"{mend}\n        questions:{_entry(question)}",
        )
        for question in lacking
    ]


def _entry(question: str) -> str:
    code = '{id: money, label: "Money", definition: "Asks for money."}'
    return f"\n          {question}:\n            - {code}"


def not_asked(codings: Iterable[str], adjudications: Iterable[str], asked: list[str]) -> list[Finding]:
    """Tell of questions that have coders' files, and that the wave does not ask or nobody codes."""
    return [
        Finding(
            problem="the wave has no open-ended question of this name that is coded",
            key=question,
            expected=nearest(question, asked),
            mend="set `coded: true` at the question in the instrument, or mend the file's name",
        )
        for question in sorted({*codings, *adjudications} - {*asked})
    ]


def stands_twice(respondents: pd.Index) -> list[Finding]:
    """Tell of respondents who stand twice in the clean table."""
    twice = sorted(set(respondents[respondents.duplicated()]))
    return [
        Finding(problem="this respondent stands twice in the clean table", key=RESPONDENT, value=each) for each in twice
    ]
