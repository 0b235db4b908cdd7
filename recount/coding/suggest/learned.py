"""Codes learned from coded answers: for each code, how likely it is that an answer has it.

Words and pairs of words, and runs of two to five characters within words, weighted by TF-IDF (Salton and Buckley 1988);
runs of characters serve languages that inflect, and Chinese, which sets no blanks. For each code one logistic
regression tells the answers that have it from the rest, both sides weighing the same. Answers are few and their n-grams
many, so the penalty is the usual one, weakened (C = 10): on the built-in study's waves this found more codes than C = 1
and was as often right. All of it is deterministic.

scikit-learn takes seconds to import, so it is imported where it is used, and nowhere where no suggestions are wanted.
"""

import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from recount.coding.suggest.known import Known, given_codes, texts_of

Floats = npt.NDArray[np.float64]

PENALTY = 10.0
# One answer teaches its own words alone.
LEAST = 2
# More n-grams than this are rare ones; 100,000 answers would give millions.
FEATURES = 50_000
# Answers compared at a time, so that memory stays small.
BLOCK = 256
NEAREST = 3
# Words, or signs: an answer may hold nothing else.
TOKENS = r"\w+|[^\w\s]+"


class Learned:
    """What coded answers teach of some codes."""

    def __init__(self, answers: Sequence[Known], codes: Sequence[str]) -> None:
        """Learn from answers; codes that fewer than two of them have, or all, cannot be learned."""
        self.answers = tuple(answers)
        given = {code: np.array(each) for code, each in given_codes(answers, codes).items()}
        self.given = {code: each for code, each in given.items() if LEAST <= each.sum() < len(each)}
        self._words = _vectorizer() if self.given else None
        self._matrix: Any = self._words.fit_transform(_plain(texts_of(answers))) if self._words else None
        self._models = {code: _model().fit(self._matrix, each) for code, each in self.given.items()}

    def scores(self, texts: Sequence[str]) -> dict[str, Floats]:
        """Give, for each code that could be learned, the likelihood (0 to 1) that each text has it."""
        if self._words is None or not texts:
            return {}
        matrix = self._words.transform(_plain(texts))
        return {code: np.asarray(model.predict_proba(matrix)[:, 1]) for code, model in self._models.items()}

    def nearest(self, texts: Sequence[str], codes: Sequence[str]) -> list[list[Known]]:
        """Give, for each text and the code beside it, the answers with this code that are most like it, in order.

        Likeness is the cosine of the TF-IDF vectors; answers that share nothing with the text are left out.
        """
        found: list[list[Known]] = [[] for _ in texts]
        for code in dict.fromkeys(codes) if self._words is not None else ():
            having = np.flatnonzero(self.given[code])
            others = self._matrix[having].T.tocsr()
            places = [place for place, each in enumerate(codes) if each == code]
            for start in range(0, len(places), BLOCK):
                block = places[start : start + BLOCK]
                for place, near in zip(block, self._nearest([texts[each] for each in block], others), strict=True):
                    found[place] = [self.answers[having[each]] for each in near]
        return found

    def _nearest(self, texts: Sequence[str], others: Any) -> list[list[int]]:
        """Give for each text the places of the nearest among others, whose vectors are columns."""
        words: Any = self._words
        # Words and characters weigh the same, so the product of two vectors is twice the cosine: the order is one.
        alike = (words.transform(_plain(texts)) @ others).toarray().round(9)
        last = min(NEAREST, alike.shape[1])
        least = np.partition(alike, -last, axis=1)[:, -last]
        near = [np.flatnonzero((row >= bound) & (row > 0)) for row, bound in zip(alike, least, strict=True)]
        return [
            each[np.argsort(-row[each], kind="stable")][:NEAREST].tolist()
            for row, each in zip(alike, near, strict=True)
        ]


def _plain(texts: Sequence[str]) -> list[str]:
    return [unicodedata.normalize("NFKC", text) for text in texts]


def _vectorizer() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    common: dict[str, Any] = {"sublinear_tf": True, "max_features": FEATURES}
    return make_union(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **common),
        TfidfVectorizer(token_pattern=TOKENS, ngram_range=(1, 2), **common),
    )


def _model() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=PENALTY, class_weight="balanced", solver="liblinear", random_state=0)
