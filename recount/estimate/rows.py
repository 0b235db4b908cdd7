"""The rows of estimates.csv: their columns, their keys, and the one way to make them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from recount.estimate.tabulate import Counts, Flags, Floats, Panel, Sample
from recount.study.instrument import Question

TEXTS = ("key", "wave", "question", "statistic", "category", "group", "level")
VALUES = ("value", "low", "high", "se")
COUNTS = ("n", "base", "weighted_n", "weighted_base", "asked", "answered")
WHOLE = ("n", "base", "asked", "answered")
DESIGN = ("df", "deff", "effective_n")
NUMBERS = (*VALUES, *COUNTS, *DESIGN)
COLUMNS = (*TEXTS, *VALUES, *COUNTS, *DESIGN, "unit", "method", "hidden")

# The question of rows that are about the wave as a whole.
WAVE = "-"

Block = dict[str, NDArray[Any]]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question as one wave asked it: who was asked, who gave a valid answer, and what the interval needs.

    `frames` is, for each panel, the number of units that could have answered; nan where it is not known. `interval` is
    the method for shares of a sample whose drawing is declared. `compared` are the groups whose levels are held against
    each other; `together` those of them whose levels are no independent samples.
    """

    question: Question
    wave: str
    sample: Sample
    asked: Flags
    answered: Flags
    confidence: float
    interval: str
    frames: Floats
    asked_counts: Counts
    answered_counts: Counts
    compared: tuple[str, ...] = ()
    together: tuple[str, ...] = ()


def item(
    question: Question,
    *,
    wave: str,
    sample: Sample,
    asked: Flags,
    answered: Flags,
    confidence: float,
    frame: int | None,
    interval: str = "wilson",
    compared: tuple[str, ...] = (),
    together: tuple[str, ...] = (),
    counts: tuple[Counts, Counts] | None = None,
) -> Item:
    """Count who was asked and who answered, once for all rows of the question; `counts` where they were counted."""
    asked_counts, answered_counts = counts or (sample.count_flag(asked), sample.count_flag(answered & asked))
    return Item(
        question=question,
        wave=wave,
        sample=sample,
        asked=asked,
        answered=answered & asked,
        confidence=confidence,
        interval=interval,
        frames=_frames(asked_counts, len(sample), frame, everyone=not question.universe_in(wave)),
        asked_counts=asked_counts,
        answered_counts=answered_counts,
        compared=compared,
        together=together,
    )


def _frames(asked: Counts, respondents: int, frame: int | None, *, everyone: bool) -> Floats:
    """The units behind each panel: overall the frame, if everyone was asked.

    How many of the frame belong to a level, or to a question's universe, is known only where the whole frame responded:
    then those asked are all there are.
    """
    if frame is not None and respondents >= frame:
        return asked.n
    frames = np.full(asked.n.shape, np.nan)
    if frame is not None and everyone:
        frames[0] = frame
    return frames


def block(
    of: Item, statistic: str, categories: Sequence[str] = ("",), *, panels: int | None = None, **columns: ArrayLike
) -> Block:
    """Make the rows of one statistic, category by category, each overall first and then by group.

    Args:
        of: the question.
        statistic: its name.
        categories: the categories that the rows are about; one empty text where there are none.
        panels: only the first so many panels; 1 gives the rows overall.
        **columns: the other columns, each a single value or an array of shape (panels, categories) or (panels, 1).
    """
    chosen = of.sample.panels[:panels]
    given: Mapping[str, Any] = {
        "asked": of.asked_counts.n[: len(chosen)],
        "answered": of.answered_counts.n[: len(chosen)],
        **columns,
    }
    return _block(of, statistic, categories, chosen, given)


def block_of_several(
    of: Item,
    statistic: str,
    categories: Sequence[str],
    levels: Mapping[Panel, Sequence[int]],
    **columns: ArrayLike,
) -> Block:
    """Make the rows of a statistic of several levels at once.

    Args:
        of: the question.
        statistic: its name.
        categories: the categories that the rows are about.
        levels: what stands for group and level in each row, and the places of the panels that it is of.
        **columns: the other columns, each a single value or an array of shape (rows, categories) or (rows, 1).
    """
    counts = {"asked": of.asked_counts, "answered": of.answered_counts}
    added = {name: sums_of(each.n, levels.values()) for name, each in counts.items()}
    return _block(of, statistic, categories, list(levels), {**added, **columns})


def sums_of(counts: Floats, several: Collection[Sequence[int]]) -> Floats:
    """Add the panels at these places up, line by line."""
    return np.array([counts[list(places)].sum(axis=0) for places in several]).reshape(len(several), -1)


def _block(
    of: Item, statistic: str, categories: Sequence[str], chosen: Sequence[Panel], columns: Mapping[str, Any]
) -> Block:
    shape = (len(chosen), len(categories))
    made = {name: np.broadcast_to(np.asarray(values), shape).T.ravel() for name, values in columns.items()}
    return {**_texts(of.wave, of.question.id, statistic, categories, chosen), **made}


def wave_row(wave: str, statistic: str, value: float, *, category: str = "", **columns: ArrayLike) -> Block:
    """Make one row that is about the wave as a whole."""
    given = {"value": value, "unit": "respondents", **columns}
    # The flow counts responses, which are not weighted.
    given |= {f"weighted_{name}": given[name] for name in ("n", "base") if name in given}
    return {
        **_texts(wave, WAVE, statistic, (category,), (Panel(),)),
        **{name: np.asarray([values]) for name, values in given.items()},
    }


def _texts(
    wave: str, question: str, statistic: str, categories: Sequence[str], panels: Sequence[Panel]
) -> dict[str, NDArray[Any]]:
    count = len(panels)
    size = count * len(categories)
    return {
        "wave": np.full(size, wave, dtype=object),
        "question": np.full(size, question, dtype=object),
        "statistic": np.full(size, statistic, dtype=object),
        "category": np.repeat(np.array(categories, dtype=object), count),
        "group": np.tile(np.array([panel.group for panel in panels], dtype=object), len(categories)),
        "level": np.tile(np.array([panel.level for panel in panels], dtype=object), len(categories)),
    }


def table(blocks: Sequence[Block]) -> pd.DataFrame:
    """Put blocks one below the other, with all columns of the contract and a key in each row."""
    columns = {name: _column(blocks, name) for name in COLUMNS if name != "key"}
    frame = pd.DataFrame(columns)
    frame.insert(0, "key", _keys(frame))
    return typed(frame)


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give each column its type: text as str, counts of respondents as Int64, everything else as float64."""
    types: dict[str, Any] = dict.fromkeys((*VALUES, *DESIGN, "weighted_n", "weighted_base"), "float64")
    types |= dict.fromkeys(WHOLE, "Int64")
    types |= dict.fromkeys((*TEXTS, "unit", "method", "hidden"), "str")
    return frame.astype(types)[list(COLUMNS)]


def _column(blocks: Sequence[Block], name: str) -> NDArray[Any]:
    text = name in (*TEXTS, "unit", "method", "hidden")
    parts = []
    for each in blocks:
        size = len(each["wave"])
        missing: Any = "" if text else np.nan
        values = each.get(name, np.full(size, missing, dtype=object if text else np.float64))
        # Adding 0 turns a negative zero into a plain one.
        parts.append(values.astype(object) if text else values.astype(np.float64) + 0.0)
    return np.concatenate(parts)


def _keys(frame: pd.DataFrame) -> pd.Series:
    key = frame["wave"] + "/" + frame["question"] + "/" + frame["statistic"]
    key += ("/" + frame["category"]).where(frame["category"] != "", "")
    by_group: pd.Series = ("/" + frame["group"] + "=" + frame["level"]).where(frame["group"] != "", "")
    return key + by_group
