"""Which question of an export is which question of the instrument: every pair scored, with the reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from recount.clean.match import Match, Matcher, matcher_of, plain
from recount.fieldwork.alike import Likeness, likeness
from recount.fieldwork.pair import ALIKE, NEAR, Pair
from recount.fieldwork.posed import Posed
from recount.fieldwork.types import type_change
from recount.ingest.raw import normalised
from recount.study.instrument import Fielding, Instrument, Question

# Two pairs whose scores are nearer than this cannot be told apart.
RIVAL = 0.05
_OWN_OPTIONS = 4
# A column in which fewer of the answers are distinct names no respondents.
DISTINCT = 0.6
# Nobody's own words are all as short as this.
LONGEST_CODE = 3


@dataclass(frozen=True)
class Crosswalk:
    """The pairs that were found, in the order of the instrument, and what has none.

    `near` names, for what has no partner, the pair that comes nearest. `likeness` knows the wordings of both sides.
    """

    pairs: tuple[Pair, ...]
    unasked: tuple[Question, ...]
    new: tuple[Posed, ...]
    near: Mapping[str, Pair]
    likeness: Likeness


def crosswalk(
    asked: Iterable[Posed],
    instrument: Instrument,
    waves: Iterable[str],
    *,
    fixed: Mapping[str, tuple[str, ...]],
    trusted: bool = False,
) -> Crosswalk:
    """Pair what an export asks with the instrument, the surest pairs first; each is paired once.

    `waves` are the study's other waves, in order; a question is compared as the last of them that asked it did.
    `fixed` names, by question, the columns that a person gave it: such a pair is a pair whatever its score. `trusted`:
    columns that nothing words mean what they meant in the last wave.
    """
    order = list(waves)
    posed = list(asked)
    questions = [(each, last) for each in instrument.questions if (last := last_wave(each, order))]
    same = likeness([text for each, _ in questions for text in _texts(each)], [each.wording for each in posed])
    shared = _shared_options(questions)
    known = _Known(same, shared, instrument.missing, trusted)
    tried = (
        _pair(question, last, each, known, fixed.get(question.id, ())) for question, last in questions for each in posed
    )
    scored = [pair for pair in tried if pair]
    scored.sort(key=lambda pair: -pair.score)
    settled = [pair for pair in scored if not set(pair.posed.columns).isdisjoint(fixed.get(pair.question.id, ()))]
    named = {column for columns in fixed.values() for column in columns}
    likely = [
        pair
        for pair in scored
        if _is_likely(pair) and pair.question.id not in fixed and named.isdisjoint(pair.posed.columns)
    ]
    chosen = [*settled, *_chosen(likely)]
    taken_questions, taken_posed = {each.question.id for each in chosen}, {each.posed.name for each in chosen}
    place = {question.id: number for number, (question, _) in enumerate(questions)}
    return Crosswalk(
        pairs=tuple(sorted(chosen, key=lambda pair: place[pair.question.id])),
        unasked=tuple(each for each, _ in questions if each.id not in {*taken_questions, *fixed}),
        new=tuple(each for each in posed if each.name not in taken_posed and named.isdisjoint(each.columns)),
        near=_nearest(scored, taken_questions, taken_posed),
        likeness=same,
    )


def last_wave(question: Question, waves: Iterable[str]) -> str:
    """The last of the waves that asked a question; empty where none did."""
    return next((wave for wave in reversed(list(waves)) if wave in question.waves), "")


def fielded(question: Question, before: str, wave: str, posed: Posed, *, codes: Mapping[str, str]) -> Question:
    """Give the question with the wave in it, read as the export has it; `codes` are texts with their categories."""
    columns = posed.columns
    here = Fielding(column=columns[0], separator=posed.separator, values=dict(codes), universe={})
    offered = question.waves[before].offered if not codes else None
    return question.model_copy(update={"waves": {**question.waves, wave: here.model_copy(update={"offered": offered})}})


def reader(question: Question, before: str, posed: Posed, missing: Iterable[str]) -> Matcher:
    """Give what reads the cells of a posed question as the question's categories, as its last wave would."""
    wave = "\0"
    anew = fielded(question, before, wave, posed, codes=question.waves[before].values)
    everything = anew.waves[wave].model_copy(update={"offered": None})
    anew = anew.model_copy(update={"waves": {**question.waves, wave: everything}})
    return matcher_of(anew, wave, posed.profiles[0].column, [*missing, *question.missing])[0]


@dataclass(frozen=True)
class Read:
    """The options of a posed question with their numbers: those known, those not, those that count as written in."""

    known: Mapping[str, int]
    unknown: Mapping[str, int]
    written: Mapping[str, int]

    @property
    def share(self) -> float | None:
        """The share of the answers that are known options; None where there are none at all."""
        known, every = (sum(sum(each.values()) for each in some) for some in ([self.known], self._all()))
        return known / every if every else None

    def _all(self) -> tuple[Mapping[str, int], ...]:
        return self.known, self.unknown, self.written


def readable_options(pair: Pair, missing: Iterable[str]) -> Read:
    """Part the options of a pair: those that its question knows, those that it does not, and what was written in."""
    matcher = reader(pair.question, pair.before, pair.posed, missing)
    labels = {plain(each.written): matcher.match(each.label) for each in pair.posed.options}
    own = _of_own_columns(pair)
    told = {plain(each.written) for each in pair.posed.options if not each.seen}
    found: dict[str, dict[str, int]] = {"known": {}, "unknown": {}, "written": {}}
    for text, count in _given(pair.posed).items():
        match, label = matcher.match(text), labels.get(plain(text), Match())
        chosen = [each for each in (match, label) if each.category and each.rule != "write-in"]
        if chosen or text in own:
            found["known"][text] = count
        elif match.rule == "write-in":
            found["unknown" if plain(text) in told else "written"][text] = count
        elif match.trouble:
            found["unknown"][text] = count
    return Read(**found)


def _of_own_columns(pair: Pair) -> set[str]:
    """The options in columns that were the question's before; where nothing words them, that says which they are."""
    columns = set(pair.question.waves[pair.before].columns.values())
    return {each.label for each in pair.posed.options if pair.wording is None and each.column in columns}


def _given(posed: Posed) -> dict[str, int]:
    """The options of a posed question with the number of those who gave them; 0 where the file only names them."""
    if posed.spread:
        ticked = {each.column.name: sum(each.answers[text] for text in each.said) for each in posed.profiles}
        return {option.label: ticked[option.column] for option in posed.options}
    counts: dict[str, int] = {}
    for text, count in posed.profiles[0].answers.items():
        counts[text.strip()] = counts.get(text.strip(), 0) + count
    named = {option.written: 0 for option in posed.options if option.written not in counts}
    return {**counts, **named} if posed.told else counts


@dataclass(frozen=True)
class _Known:
    """What scoring knows of all questions: their words, which options several share, what means no answer."""

    same: Likeness
    shared: frozenset[str]
    missing: tuple[str, ...]
    trusted: bool


def _pair(question: Question, last: str, posed: Posed, known: _Known, fixed: tuple[str, ...]) -> Pair | None:
    name = _name(question, posed)
    # Options that other questions have, too (yes and no), do not tell which of them it is.
    if not posed.wording and not name and question.id in known.shared:
        return None
    wording = max(known.same.between(text, posed.wording) for text in _texts(question)) if posed.wording else None
    pair = Pair(question, posed, last, wording, None, name, trusted=known.trusted)
    if not set(posed.columns).isdisjoint(fixed):
        return replace(pair, options=_options(pair, known.missing))
    if wording is not None and wording < NEAR and not name:
        return None
    pair = replace(pair, options=_options(pair, known.missing))
    return None if wording is None and not name and pair.options != 1 else pair


def _options(pair: Pair, missing: Iterable[str]) -> float | None:
    """The share of the answers that the question can read; None where the question or the column has no options."""
    question, posed = pair.question, pair.posed
    if question.type in ("number", "weight"):
        return None if posed.asks == "unknown" else float(posed.asks == "number")
    if question.type == "id" and posed.filled:
        return float(len(posed.profiles[0].answers) > DISTINCT * posed.filled)
    if question.type == "text" and posed.filled and max(map(len, posed.profiles[0].answers)) <= LONGEST_CODE:
        return 0.0
    if not question.closed or not posed.filled:
        return None
    return readable_options(pair, missing).share


def _name(question: Question, posed: Posed) -> float | None:
    """The share of the columns that have a name which some wave gave the question."""
    names = {normalised(column) for wave in question.waves for column in question.columns_in(wave)}
    mine = [normalised(column) for column in posed.columns]
    return sum(name in names for name in mine) / len(mine)


def _is_likely(pair: Pair) -> bool:
    if pair.wording is not None:
        return pair.wording >= ALIKE
    # A name alone, over answers of another kind, is a name that was given to another question.
    return pair.unexplained or ((pair.options is None or pair.options >= ALIKE) and not type_change(pair))


def _chosen(likely: list[Pair]) -> list[Pair]:
    chosen: list[Pair] = []
    questions: set[str] = set()
    names: set[str] = set()
    for pair in likely:
        if pair.question.id in questions or pair.posed.name in names:
            continue
        questions.add(pair.question.id)
        names.add(pair.posed.name)
        chosen.append(replace(pair, rival=_rival(pair, likely)))
    return chosen


def _rival(pair: Pair, likely: list[Pair]) -> str:
    """What fits nearly as well, on either side; empty where nothing does."""
    for other in likely:
        close = other.score > pair.score - RIVAL
        if close and other.posed is pair.posed and other.question is not pair.question:
            return f"question {other.question.id}"
        if close and other.question is pair.question and other.posed is not pair.posed:
            return f"column {other.posed.name}"
    return ""


def _nearest(scored: list[Pair], questions: set[str], names: set[str]) -> dict[str, Pair]:
    near: dict[str, Pair] = {}
    for pair in scored:
        if pair.question.id not in questions and pair.posed.name not in names and (pair.wording or 0) >= NEAR:
            near.setdefault(pair.question.id, pair)
            near.setdefault(pair.posed.name, pair)
    return near


def _texts(question: Question) -> list[str]:
    """All wordings of a question, in any wave; its label, too, for files that word questions by a label."""
    waves = [each.text for each in question.waves.values() if each.text]
    return [*dict.fromkeys([question.text, *waves, question.label])]


def _shared_options(questions: list[tuple[Question, str]]) -> frozenset[str]:
    """The questions whose options another question has as well, or that have too few to be told by."""
    by_options: dict[frozenset[str], list[str]] = {}
    for question, _ in questions:
        by_options.setdefault(frozenset(plain(each.label) for each in question.categories), []).append(question.id)
    return frozenset(
        name for options, names in by_options.items() for name in names if len(names) > 1 or len(options) < _OWN_OPTIONS
    )
