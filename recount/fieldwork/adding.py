"""A new wave: its export held against the instrument, and what that proposes to write."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from recount.clean.wording import words
from recount.fieldwork.aside import Aside
from recount.fieldwork.begun import Begun, begun
from recount.fieldwork.changes import MEANINGS, Change
from recount.fieldwork.comparing import reordered, reused, unpaired
from recount.fieldwork.crosswalk import crosswalk
from recount.fieldwork.draft import Proposal, proposal
from recount.fieldwork.named import free, namer
from recount.fieldwork.pair import Pair
from recount.fieldwork.past import Answered, answered, held
from recount.fieldwork.posed import Asked, Posed, asked, wording_of
from recount.fieldwork.roles import role_pairs
from recount.fieldwork.stated import Questionnaire
from recount.fieldwork.universes import with_universes
from recount.ingest.raw import RawExport
from recount.study.instrument import Instrument


@dataclass(frozen=True)
class Comparison:
    """A wave's export held against the instrument.

    `proposals` are of questions that the instrument knows, `begun` new ones; `decided` are the questions whose lines a
    person has looked at, `written` those that have lines of the wave at all. `ignored` are columns to leave out, with
    the reason.
    """

    wave: str
    proposals: tuple[Proposal, ...]
    begun: tuple[Begun, ...]
    changes: tuple[Change, ...]
    aside: tuple[Aside, ...]
    ignored: Mapping[str, str]
    decided: frozenset[str]
    written: frozenset[str]
    asked: Asked

    def sure(self, threshold: float) -> frozenset[str]:
        """The questions that nobody need look at: over the threshold, and nothing speaks against them."""
        return frozenset(
            each.pair.question.id for each in self.proposals if not each.open and each.pair.score >= threshold
        )


def compared(
    raw: RawExport,
    instrument: Instrument,
    wave: str,
    *,
    waves: Sequence[str],
    before: Mapping[str, RawExport],
    questionnaire: Questionnaire | None = None,
    same_columns: bool = False,
) -> Comparison:
    """Hold an export against the instrument.

    `waves` are the study's waves in order, `before` the exports of those at hand. `same_columns`: a person says that
    columns which nothing words mean what they meant in the last wave.
    """
    others = [each for each in waves if each != wave]
    written = {each.id: each.columns_in(wave) for each in instrument.asked_in(wave)}
    earlier = _without(instrument, wave)
    columns = held(earlier, others)
    everything = asked(raw, questionnaire, columns)
    roles = tuple(role_pairs(earlier, others, raw, before))
    known, posed = _but(earlier, {pair.question.id for pair in roles}), _open(everything, instrument, wave, written)
    found = crosswalk(posed, known, others, fixed=written, trusted=same_columns)
    found = replace(found, pairs=with_universes((*roles, *found.pairs)))
    ignored = _ignored(raw, everything, earlier, waves=others, before=before, pairs=found.pairs)
    new = tuple(each for each in found.new if not set(each.columns) <= set(ignored))
    names = reused(found, everything, columns, left_out=ignored)
    proposals = tuple(
        proposal(
            pair, wave, missing=instrument.missing, past=_past(pair, before), others=names.pop(pair.posed.name, ())
        )
        for pair in found.pairs
    )
    last = next((before[name].columns for name in reversed(others) if name in before), ())
    others_told = [
        *(each for group in names.values() for each in group),
        *(each for each in unpaired(replace(found, new=new)) if not _reads_role(each, roles)),
        *reordered(found.pairs, [each.name for each in last], [each.name for each in raw.columns]),
    ]
    return Comparison(
        wave=wave,
        proposals=proposals,
        begun=tuple(_begun(new, proposals, instrument, wave)),
        changes=_in_order([*(each for one in proposals for each in one.changes), *others_told]),
        aside=everything.aside,
        ignored={name: reason for name, reason in ignored.items() if name not in instrument.ignored.get(wave, {})},
        decided=frozenset(name for name in written if not instrument.by_id[name].waves[wave].proposed),
        written=frozenset(written),
        asked=everything,
    )


def _in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The most dangerous first."""
    return tuple(sorted(changes, key=lambda each: list(MEANINGS).index(each.kind)))


def _open(everything: Asked, instrument: Instrument, wave: str, written: Mapping[str, tuple[str, ...]]) -> list[Posed]:
    """What is still to be paired: all but what only new questions of the wave, or its `ignored`, account for."""
    alone = {name for name in written if set(instrument.by_id[name].waves) == {wave}}
    gone = {column for name in alone for column in written[name]} | set(instrument.ignored.get(wave, {}))
    return [each for each in everything.questions if not set(each.columns) <= gone]


def _without(instrument: Instrument, wave: str) -> Instrument:
    """The instrument as it was before the wave."""
    questions = tuple(
        each.model_copy(update={"waves": {name: fielding for name, fielding in each.waves.items() if name != wave}})
        for each in instrument.questions
    )
    return instrument.model_copy(update={"questions": questions})


def _but(instrument: Instrument, names: set[str]) -> Instrument:
    return instrument.model_copy(
        update={"questions": tuple(each for each in instrument.questions if each.id not in names)}
    )


def _past(pair: Pair, before: Mapping[str, RawExport]) -> Answered | None:
    """What was answered in the wave before, where its export is at hand and the question has options."""
    raw = before.get(pair.before)
    return answered(pair.question, pair.before, raw) if raw and pair.question.closed else None


def _reads_role(change: Change, roles: Sequence[Pair]) -> bool:
    return change.kind == "dropped question" and change.key in {pair.question.id for pair in roles}


def _ignored(
    raw: RawExport,
    everything: Asked,
    instrument: Instrument,
    *,
    waves: Sequence[str],
    before: Mapping[str, RawExport],
    pairs: Sequence[Pair],
) -> dict[str, str]:
    """The columns to leave out: those that are nobody's answer, and those left out before that say the same still."""
    used = {column for pair in pairs for column in pair.posed.columns}
    own = {each.column: each.reason for each in everything.aside if not each.platforms and each.column not in used}
    ignored: dict[str, str] = {}
    for wave in reversed(waves):
        for column, reason in instrument.ignored.get(wave, {}).items():
            here, there = raw.named(column), before[wave].named(column) if wave in before else None
            still = here and here.name not in {*used, *ignored} and (here.name in own or everything.holding(here.name))
            if here and there and still and words(wording_of(here)) == words(wording_of(there)):
                ignored[here.name] = reason
    return {**own, **ignored}


def _begun(new: Sequence[Posed], proposals: Sequence[Proposal], instrument: Instrument, wave: str) -> Iterator[Begun]:
    """Write the questions that are new, and those whose type changed, which are new ones as well."""
    taken = set(instrument.by_id)
    names = namer([*(each.text for each in instrument.questions), *(posed.wording for posed in new)])
    for posed in new:
        name = names.question(posed.name, posed.wording, taken)
        taken.add(name)
        yield begun(posed, wave, name=name, proposed="new question: look at id, label, type and categories")
    for each in proposals:
        question = each.pair.question
        if each.fielding is None and wave not in question.waves:
            name = free(f"{question.id}_{wave}".replace(".", "_"), taken)
            told = next(change.text for change in each.changes if change.kind == "type")
            mark = f"type of {question.id} changed ({told.split(':')[0]})"
            taken.add(name)
            yield begun(each.pair.posed, wave, name=name, proposed=mark)
