"""How good suggestions are: held against the codes that people gave, on answers that taught nothing.

Each wave is tested by what the other waves teach. Where one wave alone is coded, each fifth of its answers is tested by
the other four; the fifths follow from the words, not from the order.

- precision: of the suggestions of a code, the share to which people gave it.
- recall: of the answers to which people gave a code, the share for which it was suggested.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from recount.coding.answers import answer_hash
from recount.coding.suggest.known import Known, given_codes, texts_of
from recount.coding.suggest.suggestions import EARLIER, By, keyword_codes, learned_codes
from recount.study.codebook import Code, Codebook

COLUMNS = ("question", "code", "by", "wave", "trained_on", "n", "given", "suggested", "right", "precision", "recall")
FOLDS = 5
OTHER_WAVES, SAME_WAVE, NOTHING = "other waves", "the same wave", ""
Flags = npt.NDArray[np.bool_]
Row = tuple[str | int, ...]


def measure_suggestions(
    known: Mapping[str, Sequence[Known]], *, codebook: Codebook, by: Sequence[By], minimum_score: float
) -> pd.DataFrame:
    """Measure suggestions, by question, on all coded answers of all waves.

    `code` is empty for all codes of the question together, `wave` for all waves; precision is blank where nothing was
    suggested, recall where people gave the code to nobody.
    """
    rows = [
        (question, *row)
        for question, answers in known.items()
        for way in by
        if answers
        for row in _of_question(answers, _measurable(codebook.questions[question], way), way, minimum_score)
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({name: "int64" if name in ("n", "given", "suggested", "right") else "str" for name in COLUMNS})


def _measurable(codes: Sequence[Code], by: By) -> list[Code]:
    return [code for code in codes if by == EARLIER or code.keywords]


def _of_question(answers: Sequence[Known], codes: Sequence[Code], by: By, minimum: float) -> Iterator[Row]:
    if not codes:
        return
    waves = list(dict.fromkeys(answer.wave for answer in answers))
    of_waves = np.array([answer.wave for answer in answers])
    given = np.column_stack(list(given_codes(answers, [code.id for code in codes]).values()))
    if by == EARLIER:
        trained_on = OTHER_WAVES if len(waves) > 1 else SAME_WAVE
        suggested = _tested(answers, codes, of_waves if len(waves) > 1 else _fifths(answers), minimum)
    else:
        trained_on, suggested = NOTHING, keyword_codes(codes, texts_of(answers))
    for wave in [*waves, ""] if len(waves) > 1 else waves:
        here = (of_waves == wave) | (wave == "")
        for name, given_here, suggested_here in (
            *((code.id, given[here, [place]], suggested[here, [place]]) for place, code in enumerate(codes)),
            ("", given[here], suggested[here]),
        ):
            yield (name, by, wave, trained_on, int(here.sum()), *_measured(given_here, suggested_here))


def _tested(answers: Sequence[Known], codes: Sequence[Code], parts: npt.NDArray[np.str_], minimum: float) -> Flags:
    """What would be suggested to the answers of each part, by what the other parts teach."""
    suggested = np.zeros((len(answers), len(codes)), dtype=np.bool_)
    for part in dict.fromkeys(parts.tolist()):
        inside = np.flatnonzero(parts == part)
        outside = [answer for answer, other in zip(answers, parts, strict=True) if other != part]
        texts = [answers[place].text for place in inside.tolist()]
        suggested[inside] = learned_codes(outside, codes, texts, minimum)
    return suggested


def _fifths(answers: Sequence[Known]) -> npt.NDArray[np.str_]:
    return np.array([str(int(answer_hash(answer.text), 16) % FOLDS) for answer in answers])


def _measured(given: Flags, suggested: Flags) -> Row:
    """Given, suggested, right, precision, recall."""
    right, all_given, all_suggested = int((given & suggested).sum()), int(given.sum()), int(suggested.sum())
    precision = f"{right / all_suggested:.4f}" if all_suggested else ""
    recall = f"{right / all_given:.4f}" if all_given else ""
    return all_given, all_suggested, right, precision, recall
