"""Respondents who answered in two waves, found by their id: who came to an answer, who left it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import Any

import numpy as np
import pandas as pd

from recount.clean.columns import RESPONDENT
from recount.clean.universe import asked
from recount.estimate import answers
from recount.estimate.coded import NONE
from recount.estimate.composition import Answered
from recount.estimate.hide import hide, hide_changes
from recount.estimate.multi import read_ticks, valid_ticks
from recount.estimate.paired import Twice, newcombe_paired
from recount.estimate.rows import COLUMNS, table
from recount.estimate.since import SINCE, Since
from recount.estimate.single import valid_answers
from recount.estimate.tabulate import Flags
from recount.study.breaks import break_between
from recount.study.instrument import Instrument, Question
from recount.study.settings import Estimation, Settings

RETURNING, GAINED, LOST, CHANGE = "returning", "gained", "lost", "change"
PAIRED = "newcombe paired"

Row = dict[str, Any]


@dataclass(frozen=True)
class Choices:
    """Whom a question's percentages are of, and who chose each of its categories, nets or codes; by respondent.

    `levels` are those of a closed question as a group: whoever gave the answer, in the question's base or not.
    """

    respondents: pd.Index
    base: Flags
    chose: dict[str, Flags]
    levels: dict[str, Flags]

    def of(self, respondents: pd.Index) -> "Choices":
        """Bring them into the order of these respondents, who are among them."""
        places = self.respondents.get_indexer(respondents)
        chose, levels = ({name: each[places] for name, each in of.items()} for of in (self.chose, self.levels))
        return Choices(respondents, self.base[places], chose, levels)


def returning_rows(waves: Mapping[str, Answered], *, instrument: Instrument, settings: Settings) -> pd.DataFrame:
    """Follow the respondents of each two waves, in the order of config.yaml: all, and those of a level both times.

    Whoever moved from one level to another is in neither. Nothing is followed where either wave is weighted (the
    weights are those of another set of respondents), or has no question of type id, or where `estimates.protect` is
    `respondents`: a change is one person's answer.
    """
    followed = {} if settings.estimates.protect == "respondents" else waves
    chosen = {
        wave: _all_choices(each, instrument) for wave, each in followed.items() if _can_be_followed(instrument, wave)
    }
    rows: list[Row] = []
    for earlier, later in combinations(chosen, 2):
        rows += _pair(earlier, later, chosen, instrument, settings.estimates)
    columns = {name: np.array([row.get(name, _nothing(name)) for row in rows], dtype=object) for name in COLUMNS[1:]}
    return hide_changes(hide(table([columns]), settings.estimates), (GAINED, LOST))


def _nothing(name: str) -> object:
    return "" if name in ("category", "unit", "method", "hidden") else np.nan


def _can_be_followed(instrument: Instrument, wave: str) -> bool:
    return instrument.of_type("id", wave) is not None and instrument.of_type("weight", wave) is None


def _all_choices(of: Answered, instrument: Instrument) -> dict[str, Choices]:
    inside = asked(of.clean, instrument, of.wave)
    followed = [each for each in instrument.asked_in(of.wave) if each.closed or each.coded]
    return {each.id: choices(of, each, inside[each.id].to_numpy(dtype=np.bool_)) for each in followed}


def _pair(
    earlier: str, later: str, chosen: Mapping[str, dict[str, Choices]], instrument: Instrument, rules: Estimation
) -> Iterator[Row]:
    shared = [each for each in chosen[later] if each in chosen[earlier]]
    if not shared:
        return
    before, now = (chosen[wave][shared[0]].respondents for wave in (earlier, later))
    both = now[now.isin(before)]
    yield _row((later, Since(earlier)), "-", RETURNING, len(both), n=len(both), base=len(now))
    pairs = {name: (chosen[earlier][name].of(both), chosen[later][name].of(both)) for name in shared}
    groups = [instrument.by_id[name] for name in rules.groups if name in pairs]
    alike = [each.id for each in groups if not break_between(each, earlier, later)]
    levels = {name: _levels(Since(earlier, name), *pairs[name]) for name in alike}
    for name, pair in pairs.items():
        yield from _changes(instrument.by_id[name], pair, (later, Since(earlier)), rules.confidence)
        beside = [of_group for group, of_group in levels.items() if group != name]
        for place, inside in chain.from_iterable(each.items() for each in beside):
            part = tuple(replace(each, base=each.base & inside) for each in pair)
            yield from _changes(instrument.by_id[name], part, (later, place), rules.confidence)


def _levels(since: Since, before: Choices, now: Choices) -> dict[Since, Flags]:
    """Flag those of each level of a group in both waves."""
    shared = [name for name in now.levels if name in before.levels]
    return {replace(since, level=name): before.levels[name] & now.levels[name] for name in shared}


def _changes(
    question: Question, pair: tuple[Choices, ...], place: tuple[str, Since], confidence: float
) -> Iterator[Row]:
    before, now = pair
    base = before.base & now.base
    waves = (place[1].earlier, place[0])
    known = [name for name in now.chose if name in before.chose and not break_between(question, *waves, name)]
    if known:
        yield _row(place, question.id, RETURNING, base.sum(), n=base.sum(), base=now.base.sum())
    for name in known:
        twice = followed(base, before.chose[name], now.chose[name])
        for statistic, count in ((GAINED, twice.gained), (LOST, twice.lost)):
            yield _row(place, question.id, statistic, count, category=name, n=count, base=twice.base)
        low, high = newcombe_paired(twice, confidence)
        ends = {"low": low, "high": high, "method": PAIRED}
        change = {"category": name, "base": twice.base, "unit": "difference of shares", **ends}
        yield _row(place, question.id, CHANGE, twice.change, **change)


def followed(base: Flags, before: Flags, now: Flags) -> Twice:
    """Count those of the base by what they chose before and now."""
    return Twice(
        both=float((base & before & now).sum()),
        gained=float((base & ~before & now).sum()),
        lost=float((base & before & ~now).sum()),
        neither=float((base & ~before & ~now).sum()),
    )


def choices(of: Answered, question: Question, inside: Flags) -> Choices:
    """Say whom a question's percentages are of, and who chose what; `inside` flags who was asked."""
    respondents = pd.Index(answers.column(of.clean, RESPONDENT).astype("str"))
    valid, chose = _coded(of, question, respondents) if question.coded else _closed(of, question)
    everyone = np.ones(len(respondents), dtype=np.bool_)
    base = {"asked": inside, "respondents": everyone}.get(question.base, inside & valid)
    nets = {name: _any(chose, members, len(base)) for name, members in question.nets.items()}
    levels = chose if question.type in ("single", "scale") else {}
    return Choices(respondents, base, {name: each & inside & base for name, each in (chose | nets).items()}, levels)


def _closed(of: Answered, question: Question) -> tuple[Flags, dict[str, Flags]]:
    offered = [each.id for each in question.offered_in(of.wave) if not each.missing]
    if question.type == "multi":
        ticks = read_ticks(of.clean, question, of.wave)
        return valid_ticks(ticks, question), {name: ticks.flags[name] for name in offered}
    codes = answers.chosen(of.clean, question)
    places = {category.id: place for place, category in enumerate(question.categories)}
    return valid_answers(codes, question), {name: codes == places[name] for name in offered}


def _coded(of: Answered, question: Question, respondents: pd.Index) -> tuple[Flags, dict[str, Flags]]:
    """The base of an open-ended question is who has a final code; codes that nobody got are flags of nobody."""
    codes = of.coding.codes
    codes = pd.DataFrame(columns=["respondent", "code"]) if codes is None else codes[codes["question"] == question.id]
    book = of.coding.codebook
    ids = [code.id for code in book.questions.get(question.id, ())] if book else sorted(set(codes["code"]) - {NONE})
    named = {code: respondents.isin(codes.loc[codes["code"] == code, "respondent"].astype("str")) for code in ids}
    return respondents.isin(codes["respondent"].astype("str")), named


def _any(chose: Mapping[str, Flags], members: tuple[str, ...], size: int) -> Flags:
    found = np.zeros(size, dtype=np.bool_)
    for name in members:
        found = found | chose.get(name, np.zeros(size, dtype=np.bool_))
    return found


def _row(of: tuple[str, Since], question: str, statistic: str, value: float, **columns: Any) -> Row:
    """One row about two waves: of the later one, `since` the earlier one."""
    later, since = of
    place = {"wave": later, "question": question, "statistic": statistic, "group": SINCE, "level": str(since)}
    made = {"value": float(value), "unit": "respondents", **columns}
    return {**place, **made, **{f"weighted_{name}": made[name] for name in ("n", "base") if name in made}}
