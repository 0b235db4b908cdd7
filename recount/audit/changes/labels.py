"""To which cause a respondent belongs whose part in a number changed: between two waves, and between two builds."""

from collections.abc import Mapping

from recount.audit.changes.causes import ANSWERS, BASE, CAME, CODED, LEFT, OF_WAVES, Pair, Replacing
from recount.audit.changes.side import Side
from recount.audit.tables import WaveTables

LEFT_OUT, CORRECTION, CODE, READING, LET_IN = (
    "responses left out now",
    "corrections",
    "codes",
    "the questionnaire or a rule of cleaning",
    "responses let in now",
)
OF_BUILDS = (LEFT_OUT, CORRECTION, CODE, READING, LET_IN)


def between_waves(before: Side, now: Side) -> Replacing:
    """Replace the respondents of one wave by those of another; a wave that the paper names itself stays as it is."""
    pairs: dict[tuple[str, str], Pair] = {(wave, wave): (tables, tables) for wave, tables in now.tables.items()}
    pairs[before.wave, now.wave] = (before.tables[before.wave], now.tables[now.wave])
    return Replacing(OF_WAVES, _of_waves, pairs)


def between_builds(before: Side, now: Side) -> Replacing:
    """Replace the respondents of one build by the same ones of another."""
    shared = [wave for wave in now.tables if wave in before.tables]
    pairs = {(wave, wave): (before.tables[wave], now.tables[wave]) for wave in shared}
    return Replacing(OF_BUILDS, _of_builds, pairs, others="nobody of the base is left of the build before")


def _of_waves(pair: Pair, question: str, name: str, in_before: bool, in_now: bool) -> str:  # noqa: FBT001 - two alike
    earlier, later = pair
    if name not in later.respondents:
        return LEFT
    if name not in earlier.respondents:
        return CAME
    if not (in_before and in_now):
        return BASE
    asked = later.instrument.by_id.get(question)
    return CODED if asked is not None and asked.coded else ANSWERS


def _of_builds(pair: Pair, question: str, name: str, in_before: bool, in_now: bool) -> str:  # noqa: ARG001, FBT001
    earlier, later = pair
    if name not in later.respondents:
        return LEFT_OUT
    if name not in earlier.respondents:
        return LET_IN
    if codes_of(earlier, question, name) != codes_of(later, question, name):
        return CODE
    behind = _behind(later, question)
    return CORRECTION if _corrected(earlier, behind, name) != _corrected(later, behind, name) else READING


def codes_of(tables: WaveTables, question: str, name: str) -> frozenset[str]:
    """Give the final codes of a respondent's answer."""
    codes = tables.codes
    own = codes[(codes["question"] == question) & (codes["respondent"].astype("str") == name)]
    return frozenset(own["code"])


def corrections(tables: WaveTables) -> Mapping[tuple[str, str, str], tuple[str, str]]:
    """Give what people corrected, by respondent, row and column: the text before and what was made of it."""
    log = tables.changes[tables.changes["rule"] == "correction"]
    return {
        (str(row["respondent"]), str(row["variable"]), str(row["column"])): (str(row["before"]), str(row["after"]))
        for row in log.to_dict("records")
    }


def _behind(tables: WaveTables, question: str) -> set[str]:
    """The variables of a question, and of those that decide who was asked it."""
    if question not in tables.instrument.by_id:
        return set()
    names = {question, *tables.clean_columns(question)}
    for asked in tables.question(question).universe_in(tables.wave):
        names |= _behind(tables, asked)
    return names


def _corrected(tables: WaveTables, variables: set[str], name: str) -> dict[tuple[str, str], tuple[str, str]]:
    found = corrections(tables)
    return {key[1:]: both for key, both in found.items() if key[0] == name and key[1] in variables}
