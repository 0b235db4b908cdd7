"""The levels of a group, each with the composition of the same level in another wave: standardised shares and means."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from recount.errors import EstimateError
from recount.estimate.composition import Answered, common_weights, own_weights, rows_with
from recount.estimate.groups import codes_of_levels
from recount.estimate.intervals import Numbers
from recount.estimate.rows import table, wave_row
from recount.estimate.tabulate import Codes
from recount.study.breaks import break_between
from recount.study.instrument import Instrument, Question
from recount.study.settings import Comparison, Estimation, Settings

# The levels' ids and each respondent's, and the weights.
Weighed = tuple[tuple[tuple[str, ...], Codes], Numbers]


def standardised_within(waves: Mapping[str, Answered], *, instrument: Instrument, settings: Settings) -> pd.DataFrame:
    """Estimate each level of each group with the composition that config.yaml asks for, taken from the same level.

    A level of a question that the composition is by has no other composition; it is left out.
    """
    rows = [table([wave_row("", "", 0.0)]).iloc[:0]]
    for group in groups_beside(settings.comparison, waves, instrument=instrument, rules=settings.estimates):
        weighed = weights_within(group, waves, instrument=instrument, settings=settings)
        for wave, (levels, weights) in weighed.items():
            of_wave = {group.id: levels}
            made = rows_with(weights, waves[wave], instrument=instrument, settings=settings, levels=of_wave)
            rows.append(made[(made["group"] == group.id) & (made["question"] != group.id) & (made["asked"] > 0)])
    return pd.concat(rows, ignore_index=True)


def groups_beside(
    declared: Comparison | None, waves: Mapping[str, Answered], *, instrument: Instrument, rules: Estimation
) -> list[Question]:
    """Give the groups in whose levels waves are standardised: those beside the composition that all waves have alike.

    None where respondents are protected: what hides one level beside another is worked out of plain shares alone.
    """
    if declared is None or rules.protect == "respondents":
        return []
    asked = [each for each in map(instrument.question, rules.groups) if set(waves) <= set(each.waves)]
    beside = [each for each in asked if each.id not in declared.by]
    return [each for each in beside if not any(break_between(each, declared.weight_to, wave) for wave in waves)]


def weights_within(
    group: Question, waves: Mapping[str, Answered], *, instrument: Instrument, settings: Settings
) -> dict[str, Weighed]:
    """Rake the weights of each level to the composition of this level in the wave that config.yaml names.

    Respondents of a level that cannot be had with that composition in every wave are of no level.
    """
    levels = {wave: codes_of_levels(each.clean, group, wave) for wave, each in waves.items()}
    made = {
        wave: ((names, codes.copy()), own_weights(waves[wave], instrument).copy())
        for wave, (names, codes) in levels.items()
    }
    for level in dict.fromkeys(name for names, _ in levels.values() for name in names):
        inside = {wave: codes == _place(level, names) for wave, (names, codes) in levels.items()}
        parts = {wave: replace(each, clean=each.clean[inside[wave]]) for wave, each in waves.items()}
        found = _weights(parts, instrument=instrument, settings=settings)
        for wave, ((_, codes), weights) in made.items():
            if found:
                weights[inside[wave]] = found[wave]
            else:
                codes[inside[wave]] = -1
    return made


def _place(level: str, names: tuple[str, ...]) -> int:
    """The place of a level among those that a wave offered; where it did not, one that nobody has."""
    return names.index(level) if level in names else len(names)


def _weights(parts: Mapping[str, Answered], *, instrument: Instrument, settings: Settings) -> dict[str, Numbers]:
    """The weights of one level by wave; none where a wave has nobody of it, or of what its composition asks for."""
    if not all(own_weights(part, instrument).any() for part in parts.values()):
        return {}
    try:
        return common_weights(parts, instrument=instrument, settings=settings)
    except EstimateError:  # the other levels stand without this one; a paper that asks for it is told why there is none
        return {}
