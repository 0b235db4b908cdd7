"""To which cause a respondent belongs whose part in a number changed between two builds of one wave."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

import pandas as pd

from recount.audit.changes.causes import BASE, Pair, Replacing
from recount.audit.changes.side import Side
from recount.audit.tables import WaveTables
from recount.clean.columns import RESPONDENT, ROW
from recount.coding.lines import ADJUDICATION
from recount.coding.outdated import OUTDATED
from recount.write.number import Estimate

GONE, LEFT_OUT, EXPORT, CORRECTION, RULE, CODEBOOK, CODE, DEFINITION, LET_IN, NEW = (
    "respondents who are not in the export any more",
    "responses that a cleaning rule leaves out now",
    "answers that the export has otherwise",
    "corrections",
    "a cleaning rule, or how the questionnaire reads an answer",
    "the codebook",
    "codes given",
    "definition of what is counted",
    "responses that a cleaning rule lets in now",
    "new respondents in the export",
)
# Who left goes first and who came last, as between waves; in between, what lies nearer to the raw cell goes first.
OF_BUILDS = (GONE, LEFT_OUT, EXPORT, CORRECTION, RULE, CODEBOOK, CODE, BASE, DEFINITION, LET_IN, NEW)
Differing = tuple[tuple[str, frozenset[str]], ...]
Take = Callable[[WaveTables, tuple[str, ...]], Mapping[str, object]]
# Variables of corrections that decide of a response as a whole: the platform's columns, and who answered.
OF_THE_RESPONSE = ("", RESPONDENT)


def between_builds(before: Side, now: Side) -> Replacing:
    """Replace the respondents of one build by the same ones of another."""
    pairs = {(wave, wave): (before.tables[wave], now.tables[wave]) for wave in now.tables if wave in before.tables}
    same_book = before.study.codebook == now.study.codebook
    reasons = {wave: Reasons(pair, same_book=same_book) for (wave, _), pair in pairs.items()}

    def label(_: Pair, of: Estimate, name: str, in_before: bool, in_now: bool) -> str:  # noqa: FBT001 - two alike
        return reasons[of.wave].cause(of, name, stays=in_before == in_now)

    return Replacing(OF_BUILDS, label, pairs, others="nobody of the base is left of the build before")


class Reasons:
    """What differs between two builds of a wave, respondent by respondent; each list of names is made once."""

    def __init__(self, pair: Pair, *, same_book: bool) -> None:
        """Take the tables of both builds, and whether they have the same codebook."""
        self._same_book = same_book
        self._pair = pair
        self._kept = [frozenset(each.respondents) for each in pair]
        self._out = [frozenset(each.excluded[RESPONDENT].astype("str")) for each in pair]
        self._corrections = [corrections(each) for each in pair]
        self._moved_by_hand = self._corrected(OF_THE_RESPONSE)
        self._rewritten = rewritten(*pair)
        self._differing = cache(self._of_questions)

    def cause(self, of: Estimate, name: str, *, stays: bool) -> str:
        """Say why a respondent's part in an estimate differs, if it does; `stays`: in the base both times or never."""
        if name not in self._kept[0] or name not in self._kept[1]:
            return self._came_or_gone(name)
        for why, names in self._differing(of.question, of.group):
            if name in names:
                return why
        return DEFINITION if stays else BASE

    def _came_or_gone(self, name: str) -> str:
        if name in self._moved_by_hand:
            return CORRECTION
        if name in self._kept[0]:
            return LEFT_OUT if name in self._out[1] else GONE
        return LET_IN if name in self._out[0] else NEW

    def _of_questions(self, question: str, group: str) -> Differing:
        """The names by cause, of an estimate of one question by a group: what lies nearest to the raw cell first."""
        own = tuple(each for each in (question, group) if each in self._pair[1].instrument.by_id)
        asked = tuple(dict.fromkeys(each for name in own for each in self._asked_by(name)))
        both = (*own, *asked)
        same = all(_columns(self._pair[0], each) == _columns(self._pair[1], each) for each in both)
        return (
            (EXPORT, self._apart(_raw, both) & self._rewritten if same else frozenset()),
            (CORRECTION, self._corrected([each for name in both for each in self._variables(name)])),
            (RULE, self._apart(_clean, asked)),
            (BASE, self._apart(_asked, own)),
            (RULE, self._apart(_clean, own)),
            *self._recoded(question),
        )

    def _asked_by(self, question: str) -> tuple[str, ...]:
        """The questions whose answers decide who is asked this one, in either build."""
        found: tuple[str, ...] = ()
        for tables in (each for each in self._pair if question in each.instrument.by_id):
            for each in tables.question(question).universe_in(tables.wave):
                found = (*found, each, *self._asked_by(each))
        return found

    def _variables(self, question: str) -> set[str]:
        known = [each for each in self._pair if question in each.instrument.by_id]
        return {question, *(column for tables in known for column in tables.clean_columns(question))}

    def _corrected(self, variables: Iterable[str]) -> frozenset[str]:
        """Whose cells of these variables were corrected in one build and not, or otherwise, in the other."""
        asked = set(variables)
        mine, other = self._corrections
        apart = {key for key in {*mine, *other} if mine.get(key) != other.get(key)}
        return frozenset(name for name, variable, _ in apart if variable in asked)

    def _recoded(self, question: str) -> Differing:
        """Whose codes differ: by the codebook alone where nobody gave others, or what was given is outdated now."""
        later = self._pair[1]
        if question not in later.instrument.by_id or not later.question(question).coded:
            return ()
        differ = self._apart(_codes, (question,))
        given = (self._apart(_given, (question,)) | _adjudicated(later, question)) - _outdated(later, question)
        return ((CODEBOOK, frozenset() if self._same_book else differ - given), (CODE, differ))

    def _apart(self, take: Take, questions: tuple[str, ...]) -> frozenset[str]:
        """The respondents of both builds of whom something is not the same."""
        mine, other = (take(each, questions) for each in self._pair)
        return frozenset(name for name in mine if name in other and mine[name] != other[name])


def corrections(tables: WaveTables) -> Mapping[tuple[str, str, str], tuple[str, str]]:
    """Give what people corrected, by respondent, variable and column: the text before and what was made of it."""
    log = tables.changes[tables.changes["rule"] == "correction"]
    return {
        (str(row["respondent"]), str(row["variable"]), str(row["column"])): (str(row["before"]), str(row["after"]))
        for row in log.to_dict("records")
    }


def raw_cells(tables: WaveTables, columns: Iterable[str]) -> dict[str, tuple[str | None, ...]]:
    """Give the raw cells of each respondent in these columns of the export."""
    places = {row: place for place, row in enumerate(tables.received.tolist())}
    kept = [places[row] for row in tables.kept.tolist()]
    known = [each for each in columns if each in tables.raw.cells.column_names]
    texts = [tables.raw.cells.column(each).to_pylist() for each in known]
    return {name: tuple(each[place] for each in texts) for name, place in zip(tables.respondents, kept, strict=True)}


def rewritten(before: WaveTables, now: WaveTables) -> frozenset[str]:
    """Name the respondents of both builds whose response is not in the export any more, as it was.

    Where it still is, and another one of the same respondent counts, that is a rule's doing and not the export's.
    """
    if before.raw.cells.equals(now.raw.cells):
        return frozenset()
    shared = [each for each in before.raw.cells.column_names if each in now.raw.cells.column_names and each != ROW]
    there = set(zip(*(now.raw.cells.column(each).to_pylist() for each in shared), strict=True))
    kept = frozenset(now.respondents)
    return frozenset(name for name, cells in raw_cells(before, shared).items() if name in kept and cells not in there)


def _columns(tables: WaveTables, question: str) -> tuple[str, ...]:
    found = tables.instrument.by_id.get(question)
    return tables.export_columns(question) if found and tables.wave in found.waves else ()


def _raw(tables: WaveTables, questions: tuple[str, ...]) -> Mapping[str, object]:
    return raw_cells(tables, [column for each in questions for column in _columns(tables, each)])


def _clean(tables: WaveTables, questions: tuple[str, ...]) -> Mapping[str, object]:
    known = [each for each in questions if each in tables.instrument.by_id]
    names = [each for question in known for each in tables.clean_columns(question) if each in tables.clean]
    return _by_name(tables, tables.clean[names])


def _asked(tables: WaveTables, questions: tuple[str, ...]) -> Mapping[str, object]:
    return _by_name(tables, tables.asked[[each for each in questions if each in tables.asked]])


def _by_name(tables: WaveTables, frame: pd.DataFrame) -> dict[str, object]:
    values = frame.astype("object").where(frame.notna(), None)
    return dict(zip(tables.respondents, values.itertuples(index=False, name=None), strict=True))


def _codes(tables: WaveTables, questions: tuple[str, ...]) -> Mapping[str, object]:
    codes = tables.codes[tables.codes["question"].isin(questions)]
    given = {str(name): frozenset(each) for name, each in codes.groupby(RESPONDENT)["code"]}
    return {name: given.get(name, frozenset()) for name in tables.respondents}


def _given(tables: WaveTables, questions: tuple[str, ...]) -> Mapping[str, object]:
    """What each coder gave to a respondent's answer."""
    found: dict[str, set[tuple[str, str]]] = {}
    for question in questions:
        for coder, sheet in tables.codings.get(question, {}).items():
            for name, codes in zip(sheet[RESPONDENT], sheet["codes"], strict=True):
                found.setdefault(str(name), set()).add((coder, str(codes)))
    return {name: found.get(name, set()) for name in tables.respondents}


def _adjudicated(tables: WaveTables, question: str) -> frozenset[str]:
    own = tables.codes[(tables.codes["question"] == question) & (tables.codes["decided_by"] == ADJUDICATION)]
    return frozenset(own[RESPONDENT].astype("str"))


def _outdated(tables: WaveTables, question: str) -> frozenset[str]:
    sheets = tables.codings.get(question, {}).values()
    marked = (sheet.loc[sheet[OUTDATED], RESPONDENT] for sheet in sheets if OUTDATED in sheet)
    return frozenset(str(name) for names in marked for name in names)
