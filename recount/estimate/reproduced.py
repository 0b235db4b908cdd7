"""Whether the estimates bear out what was published before, and on which bases that can have been computed."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import numpy as np
import pandas as pd

from recount.estimate.granularity import Ints, bases, bases_of_all
from recount.estimate.rows import WAVE
from recount.estimate.waiting import waiting
from recount.study.codebook import NONE
from recount.study.instrument import Instrument
from recount.study.published import Published, PublishedFigures
from recount.study.settings import Settings

WAITS = "the answers wait for codes"
Verdict = Literal["reproduced", "consistent", "not reproduced", "not comparable"]
RESPONDENTS = "respondents"
# The statistics that are so many of a wave's respondents, none of them more than once.
OF_RESPONDENTS = ("share", "share_asked", "nonresponse", "combination")
# What a figure of each kind is when its estimate agrees, and why it is not when it does not.
AGREEING: dict[str, Verdict] = {"exact": "reproduced", "rounded": "reproduced"}
DIFFERING = {
    "bound": "outside the published bound",
    "words": "not as the words are read",
    "approximate": "outside the tolerance",
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """One published figure, what became of it here, and the bases that can have given it.

    `why` says why there is no agreement, empty where there is. `bases` are those from 1 to the number of respondents of
    the wave; None where the figure is no rounded share of whole respondents, or that number is not known.
    """

    figure: Published
    verdict: Verdict
    why: str = ""
    estimate: float = math.nan
    n: float = math.nan
    base: float = math.nan
    bases: Ints | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Granularity:
    """The bases of one wave: of all its figures that could be tested, and of them together.

    `up_to` is the number of respondents: as it was published, in the figure `stated`, or else as it is estimated.
    """

    wave: str
    up_to: int
    stated: Published | None
    tested: tuple[Outcome, ...]
    together: Ints

    @property
    def impossible(self) -> tuple[Outcome, ...]:
        """The figures that cannot be a share of all respondents of the wave."""
        return tuple(each for each in self.tested if self.up_to not in _known(each.bases))


@dataclass(frozen=True, kw_only=True, eq=False)
class Compared:
    """All published figures in their order, and the granularity of each wave that has rounded percentages."""

    outcomes: tuple[Outcome, ...]
    waves: tuple[Granularity, ...]


def compare_published(
    published: PublishedFigures, estimates: pd.DataFrame, *, instrument: Instrument, settings: Settings
) -> Compared:
    """Hold every published figure against its estimate, and against the bases that could have given it.

    Args:
        published: data/published.yaml.
        estimates: results/estimates.csv, all waves.
        instrument: the questionnaire, which says what each wave asked.
        settings: the waves.

    A percentage is tested for its bases where it is unweighted; weights make any percentage possible.
    """
    rows = estimates.set_index("key")
    sizes = {wave: _size(published, rows, wave) for wave in dict.fromkeys(each.wave for each in published.figures)}
    weighted = _weighted(estimates)
    waits = waiting(estimates)
    outcomes = []
    for figure in published.figures:
        up_to = None if figure.wave in weighted else sizes[figure.wave][0]
        bases = _bases(figure, up_to)
        if (figure.wave, figure.question) in waits:
            outcomes.append(Outcome(figure=figure, verdict="not comparable", why=WAITS, bases=bases))
        else:
            outcomes.append(_outcome(figure, rows, instrument, settings, bases))
    waves = [
        _granularity(wave, up_to, stated, outcomes) for wave, (up_to, stated) in sizes.items() if up_to is not None
    ]
    return Compared(outcomes=tuple(outcomes), waves=tuple(each for each in waves if each.tested))


def _outcome(
    figure: Published, rows: pd.DataFrame, instrument: Instrument, settings: Settings, found: Ints | None
) -> Outcome:
    why = _absent(figure, rows, instrument, settings)
    if why:
        return Outcome(figure=figure, verdict="not comparable", why=why, bases=found)
    given = (rows[each].loc[figure.key] for each in ("value", "n", "base"))
    value, n, base = (math.nan if pd.isna(each) else float(each) for each in given)
    verdict, why = _verdict(figure, str(rows["hidden"].loc[figure.key]), value, _others(figure, rows, instrument))
    return Outcome(figure=figure, verdict=verdict, why=why, estimate=value, n=n, base=base, bases=found)


def _absent(figure: Published, rows: pd.DataFrame, instrument: Instrument, settings: Settings) -> str:
    """Say why the study has no estimate that corresponds to a figure; empty where it has one."""
    if figure.wave not in settings.waves:
        return _unknown("wave", figure.wave, settings.waves)
    if figure.question is not None:
        if figure.question not in instrument.by_id:
            return _unknown("question", figure.question, instrument.by_id)
        if figure.wave not in instrument.by_id[figure.question].waves:
            return "not asked in this wave"
    if figure.key in rows.index:
        return ""
    categories = _statistics(figure, rows)["category"]
    if figure.category and len(categories):
        return _unknown("category", figure.category, categories)
    return "not estimated"


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f"the study has no {what} {name!r}" + (f"; did you mean {near[0]!r}?" if near else "")


def _verdict(figure: Published, hidden: str, value: float, others: pd.DataFrame) -> tuple[Verdict, str]:
    if hidden:
        return "not comparable", f"hidden: {hidden}"
    if math.isnan(value):
        return "not comparable", "could not be estimated"
    if figure.rank is not None and others["value"].isna().any():
        return "not comparable", "other categories are hidden, so that their order is not known"
    agrees = figure.agrees(value, [float(each) for each in others["value"]])
    if agrees is None:
        return "not comparable", "no number was published, and the words are not read as one"
    if agrees:
        return AGREEING.get(figure.kind, "consistent"), ""
    return "not reproduced", "at another rank" if figure.rank else DIFFERING.get(figure.kind, "another value")


def _statistics(figure: Published, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a figure's statistic, for all categories of its question, without groups."""
    same = (rows["wave"] == figure.wave) & (rows["question"] == (figure.question or WAVE)) & (rows["group"] == "")
    return rows[same & (rows["statistic"] == figure.statistic)]


def _others(figure: Published, rows: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """The rows among which a figure has its rank: categories with categories, nets with nets; "no code" is neither."""
    found = _statistics(figure, rows).drop(figure.key)
    if figure.question is None:
        return found
    question = instrument.by_id[figure.question]
    alike = found["category"].isin(list(question.nets)) == (figure.category in question.nets)
    return found[alike & ~((found["category"] == NONE) & question.coded)]


def _size(published: PublishedFigures, rows: pd.DataFrame, wave: str) -> tuple[int | None, Published | None]:
    """The respondents of a wave, as published or else as estimated, and the figure that says so."""
    for each in published.of_wave(wave):
        if each.kind == "exact" and each.statistic == RESPONDENTS and each.question is None and each.value is not None:
            return int(each.value), each
    key = f"{wave}/{WAVE}/{RESPONDENTS}"
    return (int(rows["value"].loc[key]) if key in rows.index else None), None


def _weighted(estimates: pd.DataFrame) -> frozenset[str]:
    """The waves in which a weighted base is another than the number of respondents in it."""
    known = estimates["base"].notna() & estimates["weighted_base"].notna()
    base = estimates["base"].astype("float64")
    return frozenset(estimates.loc[known & (base != estimates["weighted_base"]), "wave"])


def _bases(figure: Published, up_to: int | None) -> Ints | None:
    """The bases that can have given a figure; None for one that cannot be tested."""
    rounded = figure.kind in ("rounded", "exact") and figure.unit == "percent" and figure.statistic in OF_RESPONDENTS
    if not rounded or figure.value is None or up_to is None:
        return None
    return bases(figure.value, up_to, decimals=figure.decimals, rounding=figure.rounding, exact=figure.kind == "exact")


def _granularity(wave: str, up_to: int, stated: Published | None, outcomes: Iterable[Outcome]) -> Granularity:
    tested = tuple(each for each in outcomes if each.figure.wave == wave and each.bases is not None)
    together = bases_of_all(_known(each.bases) for each in tested) if tested else np.array([], dtype=np.int64)
    return Granularity(wave=wave, up_to=up_to, stated=stated, tested=tested, together=together)


def _known(found: Ints | None) -> Ints:
    return np.array([], dtype=np.int64) if found is None else found
