"""What two coders make of the open-ended answers, and how a third decides where they differ."""

import unicodedata
from hashlib import sha256

import numpy as np
import pandas as pd

from recount.simulate.play import Answers, Play

NONE = "none"


def codings_of(play: Play, answers: Answers) -> dict[str, pd.DataFrame]:
    """Give the coders' files by name: QUESTION.CODER and, where two coded, QUESTION.adjudication.

    Whatever the coders miss or add, the true codes come out: where both would err alike, one does not.
    """
    files: dict[str, pd.DataFrame] = {}
    single = play.design.wave(play.wave).single_coded
    coders = list(play.design.coders.misses)[:2]
    for question in answers.codes:
        who = np.flatnonzero(answers.answered(question))
        who = who[np.argsort(play.members.names[who], kind="stable")]
        true = answers.codes[question][who]
        names = answers.code_names[question]
        base = _answers(play.members.names[who], answers.texts[question][who])
        if question in single or len(coders) < 2:  # noqa: PLR2004 - two coders
            files[f"{question}.{(coders or ['A'])[0]}"] = base.assign(codes=_joined(true, names), note="")
            continue
        first, second = (_coded(play, question, coder, true, names) for coder in coders)
        alike = (first == second).all(axis=1) & (first != true).any(axis=1)
        second[alike] = true[alike]
        for coder, given in zip(coders, (first, second), strict=True):
            files[f"{question}.{coder}"] = base.assign(codes=_joined(given, names), note="")
        differ = (first != second).any(axis=1)
        remarks = play.chance("remarks", question).choice(
            np.array(play.design.coders.remarks, dtype=object), differ.sum()
        )
        files[f"{question}.adjudication"] = base[differ].assign(
            codes=_joined(true[differ], names), by=play.design.coders.adjudicator, why=remarks
        )
    return files


def _coded(play: Play, question: str, coder: str, true: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """The codes that one coder gives; nobody is left without any: then no code applies."""
    coders = play.design.coders
    chance = play.chance("coder", question, coder)
    missed = chance.random(true.shape) < coders.misses.get(coder, 0.0)
    added = chance.random(true.shape) < coders.adds.get(coder, 0.0)
    given = (true & ~missed) | (~true & added)
    if NONE in names:
        place = names.index(NONE)
        given[:, place] = False
        given[:, place] = ~given.any(axis=1)
    return np.asarray(given)


def _answers(respondents: np.ndarray, texts: np.ndarray) -> pd.DataFrame:
    plain = [text.strip() for text in texts]
    # The hash of recount.coding, which this stage must not import: of the NFC form, without outer blanks.
    hashes = [sha256(unicodedata.normalize("NFC", text).encode()).hexdigest() for text in plain]
    return pd.DataFrame({"respondent": respondents, "answer_sha256": hashes, "answer": plain})


def _joined(given: np.ndarray, names: tuple[str, ...]) -> list[str]:
    return [";".join(name for name, code in zip(names, row, strict=True) if code) for row in given]
