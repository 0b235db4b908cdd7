"""Suggestions for the answers of a wave, each with its score and its reason."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from recount.coding.keywords import found_by_keywords
from recount.coding.lines import Answers
from recount.coding.suggest.known import Known
from recount.coding.suggest.learned import Learned
from recount.study.codebook import Code, Codebook

By = Literal["earlier waves", "keywords"]
EARLIER: By = "earlier waves"
KEYWORDS: By = "keywords"
COLUMNS = ("question", "respondent", "answer_sha256", "code", "score", "by", "because")
# A code that could not be learned has no likelihood; it is not suggested even where the least asked for is 0.
SMALLEST = 1e-9
Flags = npt.NDArray[np.bool_]


def suggest_wave(
    answers: Mapping[str, Answers],
    *,
    codebook: Codebook,
    earlier: Mapping[str, Sequence[Known]],
    by: Sequence[By],
    minimum_score: float,
) -> pd.DataFrame:
    """Suggest codes for each answer, by question; `earlier` holds the coded answers of earlier waves.

    A code learned from earlier waves is suggested from `minimum_score` on, which is a likelihood of 0 to 1; a code
    whose keywords occur is suggested always, and its score is the share of earlier answers with them to which people
    gave the code, blank where there are none.
    """
    rows = [
        (question, answered.respondents[place], answered.hashes[place], code, *rest)
        for question, answered in answers.items()
        for place, code, *rest in _of_question(
            answered.texts, codebook.questions[question], earlier.get(question, ()), by, minimum_score
        )
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")


def learned_codes(known: Sequence[Known], codes: Sequence[Code], texts: Sequence[str], minimum: float) -> Flags:
    """Say to which texts (rows) which codes (columns) would be suggested, by what coded answers teach."""
    scores = Learned(known, [code.id for code in codes]).scores(texts)
    none = np.zeros(len(texts))
    return np.column_stack([scores.get(code.id, none) for code in codes]) >= max(minimum, SMALLEST)


def keyword_codes(codes: Sequence[Code], texts: Sequence[str]) -> Flags:
    """Say in which texts (rows) the keywords of which codes (columns) occur."""
    found = [found_by_keywords(codes, text) for text in texts]
    return np.array([[code.id in each for code in codes] for each in found], dtype=np.bool_).reshape(-1, len(codes))


def _of_question(
    texts: Sequence[str], codes: Sequence[Code], known: Sequence[Known], by: Sequence[By], minimum: float
) -> Iterator[tuple[int, str, str, str, str]]:
    """Each suggestion: the answer's place, code, score, by, because; in the order of answers, then of the codebook."""
    found: list[tuple[int, str, str, str, str]] = []
    if EARLIER in by and known:
        found += _learned(Learned(known, [code.id for code in codes]), texts, minimum)
    if KEYWORDS in by:
        found += _by_keywords(codes, known, texts)
    order = {code.id: place for place, code in enumerate(codes)}
    yield from sorted(found, key=lambda each: (each[0], order[each[1]], each[3]))


def _learned(learned: Learned, texts: Sequence[str], minimum: float) -> Iterator[tuple[int, str, str, str, str]]:
    pairs = [
        (place, code, score)
        for code, scores in learned.scores(texts).items()
        for place, score in enumerate(scores)
        if score >= minimum
    ]
    nearest = learned.nearest([texts[place] for place, _, _ in pairs], [code for _, code, _ in pairs])
    for (place, code, score), like in zip(pairs, nearest, strict=True):
        yield place, code, f"{score:.2f}", EARLIER, "; ".join(map(_named, like))


def _named(answer: Known) -> str:
    return f"{answer.wave} {answer.respondent} ({', '.join(sorted(answer.codes))})"


def _by_keywords(
    codes: Sequence[Code], known: Sequence[Known], texts: Sequence[str]
) -> Iterator[tuple[int, str, str, str, str]]:
    met = keyword_codes(codes, [answer.text for answer in known])
    given = np.array([[code.id in answer.codes for code in codes] for answer in known]).reshape(-1, len(codes))
    often, right = met.sum(axis=0), (met & given.astype(np.bool_)).sum(axis=0)
    scores = {code.id: f"{right[place] / often[place]:.2f}" if often[place] else "" for place, code in enumerate(codes)}
    for place, text in enumerate(texts):
        for code, words in found_by_keywords(codes, text).items():
            yield place, code, scores[code], KEYWORDS, "; ".join(words)
