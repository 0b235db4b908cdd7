"""Who responds: the units of a panel, which of them take part in a wave, and what stays the same about them."""

from dataclasses import dataclass

import numpy as np

from recount.errors import Finding, SimulationError
from recount.simulate.chance import stream
from recount.study.simulation import Design, WaveDesign


@dataclass(frozen=True)
class Members:
    """The respondents of one wave.

    `place` is their place in the panel; `others` are pseudonyms of units that do not take part. `engagement` is what
    their answers follow (mean 0, sd 1); `traits` are their category ids by question.
    """

    names: np.ndarray
    place: np.ndarray
    others: np.ndarray
    engagement: np.ndarray
    traits: dict[str, np.ndarray]
    languages: np.ndarray

    def __len__(self) -> int:
        return len(self.names)


def members_of(design: Design, wave: str, *, seed: int, size: int | None) -> Members:
    """Choose who takes part in a wave; where `size` is given, new units whose traits are as frequent as the panel's."""
    declared = design.wave(wave)
    panelled = size is None and design.panel.size > 0
    count = design.panel.size if panelled else size or declared.respondents
    traits = _traits(design, count, seed=seed)
    place = _drawn(design, wave, seed, traits) if panelled else np.arange(count)
    outside = np.setdiff1d(np.arange(count), place) if panelled else np.arange(count, count + count // 10 + 20)
    chance = stream(seed, "engagement")
    engagement = chance.normal(size=count)[place]
    kept = {question: values[place] for question, values in traits.items()}
    return Members(
        names=_names(design.panel.prefix, place, count),
        place=place,
        others=stream(seed, wave, "others").permutation(_names(design.panel.prefix, outside, count)),
        engagement=engagement,
        traits=kept,
        languages=_languages(
            declared, kept.get(design.panel.strata or ""), len(place), stream(seed, wave, "languages")
        ),
    )


def _traits(design: Design, count: int, *, seed: int) -> dict[str, np.ndarray]:
    """The answers that units keep, over the whole panel."""
    found = {}
    for question, counts in design.panel.traits.items():
        shares = np.array(list(counts.values())) / sum(counts.values())
        numbers = np.repeat(np.arange(len(counts)), list(counts.values()))
        chance = stream(seed, "trait", question)
        chosen = chance.permutation(numbers) if count == len(numbers) else chance.choice(len(shares), count, p=shares)
        found[question] = np.array(list(counts), dtype=object)[chosen]
    return found


def _drawn(design: Design, wave: str, seed: int, traits: dict[str, np.ndarray]) -> np.ndarray:
    """Draw the units of a wave, after those of the waves before it, in the order of the design."""
    drawn: dict[str, np.ndarray] = {}
    for name, declared in design.waves.items():
        drawn[name] = _draw_wave(design, name, declared, seed=seed, traits=traits, before=drawn)
        if name == wave:
            break
    return drawn[wave]


def _draw_wave(
    design: Design,
    wave: str,
    declared: WaveDesign,
    *,
    seed: int,
    traits: dict[str, np.ndarray],
    before: dict[str, np.ndarray],
) -> np.ndarray:
    """Take those who return first, then new units, within the counts of the strata."""
    chance = stream(seed, wave, "panel")
    everywhere = np.full(design.panel.size, "all", dtype=object)
    stratum = traits[design.panel.strata] if declared.strata and design.panel.strata else everywhere
    left = dict(declared.strata) or {"all": declared.respondents}
    chosen: list[int] = []
    seen = np.unique(np.concatenate([*before.values(), np.array([], dtype=int)])).astype(int)
    for earlier, count in declared.returning.items():
        later = [before[name] for name in list(before)[list(before).index(earlier) + 1 :]]
        candidates = np.setdiff1d(before[earlier], np.concatenate([*later, np.array(chosen, dtype=int)]).astype(int))
        chosen += _take(chance.permutation(candidates), count, stratum, left, wave)
    new = np.setdiff1d(np.arange(design.panel.size), seen)
    chosen += _take(chance.permutation(new), sum(left.values()), stratum, left, wave)
    return np.sort(np.array(chosen, dtype=int))


def _take(candidates: np.ndarray, count: int, stratum: np.ndarray, left: dict[str, int], wave: str) -> list[int]:
    taken: list[int] = []
    for unit in candidates.tolist():
        if len(taken) < count and left.get(stratum[unit], 0) > 0:
            left[stratum[unit]] -= 1
            taken.append(unit)
    if len(taken) < count:
        raise SimulationError(
            Finding(
                problem=f"the panel has {len(taken)} units to give, {count} are wanted",
                key=f"waves.{wave}.strata",
                expected="a larger panel, fewer units that return, or fewer respondents",
            )
        )
    return taken


def _languages(declared: WaveDesign, stratum: np.ndarray | None, count: int, chance: np.random.Generator) -> np.ndarray:
    """The language in which each respondent writes: by stratum where the design says so, else English."""
    languages = np.full(count, "en", dtype=object)
    for name, weights in declared.languages.items():
        here = np.flatnonzero(stratum == name) if stratum is not None else np.array([], dtype=int)
        shares = np.array(list(weights.values())) / sum(weights.values())
        languages[here] = chance.choice(np.array(list(weights), dtype=object), len(here), p=shares)
    return languages


def _names(prefix: str, place: np.ndarray, count: int) -> np.ndarray:
    width = max(3, len(str(count + count // 10 + 20))) if count > 999 else 3  # noqa: PLR2004 - three digits hold 999
    return np.char.add(prefix, np.char.zfill((place + 1).astype(str), width)).astype(object)
