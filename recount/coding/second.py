"""Which answers a second coder codes: a stratified sample that anyone can draw again.

Each stratum gives its share of the sample, by the largest remainder, and one answer at least where the sample is large
enough (proportional allocation: Cochran 1977, section 5.5). Within a stratum the answers with the smallest digests of
seed, wave, question and respondent are taken: as good as random, the same on every machine, and answers that come in
later do not turn the sample over.
"""

from hashlib import sha256
from math import ceil

import numpy as np
import numpy.typing as npt
import pandas as pd

from recount.coding.lines import Answers
from recount.coding.sheets import VERSION
from recount.study.settings import DoubleCoding

# A stratum by the length of answers: thirds of all answers, shortest first.
LENGTH = "length"
THIRDS = ("short", "middling", "long")
# Stands for those who did not answer the question by which is stratified.
UNKNOWN = "-"

Places = npt.NDArray[np.intp]


def strata_of(answers: Answers, clean: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    """Give each answer's stratum: its respondent's answers to closed questions, and the length of the answer."""
    here = clean.set_index("respondent").loc[list(answers.respondents)]
    parts = [
        _thirds(answers) if name == LENGTH else here[name].astype("str").fillna(UNKNOWN).tolist() for name in names
    ]
    return pd.Series([", ".join(each) for each in zip(*parts, strict=True)] if parts else [""] * len(here), dtype="str")


def second_sample(answers: Answers, strata: pd.Series, chosen: DoubleCoding, *, wave: str, question: str) -> Places:
    """Draw the answers that a second coder codes; give their places, in the order of the answers."""
    total = len(answers.texts)
    size = min(chosen.number if chosen.number is not None else ceil(round(chosen.share * total, 9)), total)
    digests = np.array(
        [sha256(f"{chosen.seed}/{wave}/{question}/{each}".encode()).hexdigest() for each in answers.respondents]
    )
    taken = [
        places[np.argsort(digests[places], kind="stable")][:share]
        for places, share in zip(*_shares(strata, size), strict=True)
    ]
    return np.sort(np.concatenate(taken)) if taken else np.empty(0, dtype=np.intp)


def _shares(strata: pd.Series, size: int) -> tuple[list[Places], list[int]]:
    """The places of each stratum, and how many answers it gives."""
    groups = [np.flatnonzero(strata == name) for name in sorted(set(strata))]
    quotas = np.array([len(each) * size / max(len(strata), 1) for each in groups])
    least = 1 if size >= len(groups) else 0
    shares = np.maximum(np.floor(quotas).astype(int), least)
    # Those furthest below their quota are given one more, those furthest above it one less, until it adds up.
    while shares.sum() != size:
        step = 1 if shares.sum() < size else -1
        able = shares < [len(each) for each in groups] if step > 0 else shares > least
        shares[np.argmax(np.where(able, (quotas - shares) * step, -np.inf))] += step
    return groups, shares.tolist()


def _thirds(answers: Answers) -> list[str]:
    order = pd.Series([len(text) for text in answers.texts]).rank(method="first") - 1
    return [THIRDS[int(place * len(THIRDS) // max(len(order), 1))] for place in order]


def sheet_of(answers: Answers, places: Places, version: str = "") -> pd.DataFrame:
    """Make the sheet that a coder fills in: the answers at these places, without codes; with the codebook's version."""
    sheet = pd.DataFrame(
        {
            "respondent": answers.respondents[places],
            "answer_sha256": [answers.hashes[place] for place in places],
            "answer": [answers.texts[place] for place in places],
            "codes": "",
            "note": "",
        },
        dtype="str",
    )
    return sheet.assign(**{VERSION: version}) if version else sheet
