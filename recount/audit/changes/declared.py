"""What differs around the sentences: respondents, codes, questions, corrections, settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recount.audit.changes.reasons import corrections, raw_cells, rewritten
from recount.audit.changes.side import Side
from recount.audit.parts import ABSENT, differences
from recount.audit.tables import WaveTables
from recount.display.counts import counted
from recount.study.breaks import break_between

# What kind of edit of a question a key is: what nobody could read off the numbers comes first.
KINDS = {
    "Wording": ("text",),
    "Base": ("universe", "base", "missing"),
    "Definitions": ("nets", "net", "score", "scores", "alone", "combinations"),
}


@dataclass(frozen=True)
class Section:
    """A list under a heading; `lead` says how many there are of what."""

    heading: str
    lead: str
    lines: tuple[str, ...] = ()


def respondents(before: Side, now: Side) -> Section:
    """Tell who came, who left and who returned."""
    earlier, later = (side.tables[side.wave].respondents for side in (before, now))
    came, left = sorted(set(later) - set(earlier)), sorted(set(earlier) - set(later))
    both = len(set(later) & set(earlier))
    lead = f"{len(earlier)} before, {len(later)} now: {both} in both, {len(came)} came, {len(left)} left."
    lines = [f"{what}: {', '.join(names)}" for what, names in (("Came", came), ("Left", left)) if names]
    return Section("Respondents", lead, tuple(lines))


def codes(before: Side, now: Side) -> Section:
    """Tell which codes appeared among the answers, and which are gone."""
    lines = []
    for question in now.study.instrument.asked_in(now.wave):
        if question.coded:
            sets = [_codes(side.tables[side.wave], question.id) for side in (before, now)]
            for what, names in (("appeared", sets[1] - sets[0]), ("gone", sets[0] - sets[1])):
                lines += [f"{question.label}: {what}: {', '.join(sorted(names))}"] if names else []
    return Section("Codes", "Codes that somebody's answer has on one side only.", tuple(lines))


def items(before: Side, now: Side) -> Section:
    """List the questions that cannot be compared, and those that only one of the two waves asked."""
    lines = []
    for question in now.study.instrument.questions:
        asked = [side.wave in question.waves for side in (before, now)]
        if all(asked) and (why := break_between(question, before.wave, now.wave)):
            lines.append(f"{question.label}: {why}")
        elif any(asked) and not all(asked):
            lines.append(f"{question.label}: asked in {(before.wave, now.wave)[asked.index(True)]} alone")
    return Section("Questions that are not comparable", "By what the instrument declares.", tuple(lines))


def edits(before: Side, now: Side) -> list[Section]:
    """List what differs between two builds, under what it is: an edit of the study, of the answers, or of the codes."""
    lists: dict[str, list[str]] = {}
    for line, heading in (*_of_settings(before, now), *_of_questions(before, now), *_of_codebooks(before, now)):
        lists.setdefault(heading, []).append(line)
    for wave in (each for each in now.tables if each in before.tables):
        pair = (before.tables[wave], now.tables[wave])
        lists.setdefault("Answers in the export", []).extend(_exported(wave, *pair))
        lists.setdefault("Responses left out", []).extend(_apart(wave, *map(_excluded, pair)))
        lists.setdefault("Corrections", []).extend(_apart(wave, *map(_corrected, pair)))
        lists.setdefault("Codes given", []).extend(_apart(wave, *_coded(*pair)))
    return [Section(heading, f"{len(lines)} differ.", tuple(lines)) for heading, lines in lists.items() if lines]


def _of_settings(before: Side, now: Side) -> Iterator[tuple[str, str]]:
    declared = (side.study.settings.model_dump(mode="json") for side in (before, now))
    for line in _differing(*declared):
        yield line, "Cleaning rules" if line.startswith("cleaning/") else "Settings"


def _of_questions(before: Side, now: Side) -> Iterator[tuple[str, str]]:
    """Edits of the instrument, each by the last of its keys that says what kind it is."""
    asked = ([each.model_dump(mode="json") for each in side.study.instrument.questions] for side in (before, now))
    for key, line in _keyed(*map(_by_id, asked)):
        kinds = [kind for kind, keys in KINDS.items() if set(keys) & set(key.split("/")[1:])]
        yield line, kinds[0] if kinds else "Questionnaire"


def _of_codebooks(before: Side, now: Side) -> Iterator[tuple[str, str]]:
    books = (side.study.codebook.model_dump(mode="json") if side.study.codebook else {} for side in (before, now))
    for line in _differing(*map(_by_id, books)):
        yield line.removeprefix("questions/"), "Codebook"


def _by_id(tree: Any) -> Any:
    """Let lists of things that have an id go by it, so that one edit is told and not the whole list."""
    if isinstance(tree, dict):
        return {name: _by_id(value) for name, value in tree.items()}
    if isinstance(tree, list) and tree and all(isinstance(each, dict) and "id" in each for each in tree):
        return {each["id"]: _by_id({key: value for key, value in each.items() if key != "id"}) for each in tree}
    return tree


def _exported(wave: str, before: WaveTables, now: WaveTables) -> Iterator[str]:
    """Tell who came into the export or went out of it, and whose cells it has otherwise, column by column."""
    names = [{*each.respondents, *each.excluded["respondent"].astype("str")} for each in (before, now)]
    for what, some in (("no longer", names[0] - names[1]), ("now", names[1] - names[0])):
        if some:
            yield f"{wave}, {what}: {', '.join(sorted(some))}"
    shared = [each for each in now.raw.cells.column_names[1:] if each in before.raw.cells.column_names]
    cells, names_of_both = [raw_cells(each, shared) for each in (before, now)], sorted(rewritten(before, now))
    for place, column in enumerate(shared):
        apart = [name for name in names_of_both if cells[0][name][place] != cells[1][name][place]]
        if apart:
            yield f"{wave}, {column}: {counted(len(apart), 'respondent')}: {', '.join(apart)}"


def _differing(before: object, now: object) -> Iterator[str]:
    return (line for _, line in _keyed(before, now))


def _keyed(before: object, now: object) -> Iterator[tuple[str, str]]:
    for key, one, other in differences(before, now):
        yield key, f"{key}: {_told(one)} before, {_told(other)} now"


def _told(value: object) -> str:
    return "not there" if value is ABSENT else repr(value)


def _apart(wave: str, before: set[str], now: set[str]) -> list[str]:
    return [
        f"{wave}, {what}: {line}"
        for what, lines in (("no longer", before - now), ("now", now - before))
        for line in sorted(lines)
    ]


def _excluded(tables: WaveTables) -> set[str]:
    rows = tables.excluded.to_dict("records")
    return {f"row {row['row']}, respondent {row['respondent']}: {row['reason']}" for row in rows}


def _corrected(tables: WaveTables) -> set[str]:
    found = corrections(tables).items()
    return {f"respondent {name}, {column}: {one!r} to {other!r}" for (name, _, column), (one, other) in found}


def _coded(before: WaveTables, now: WaveTables) -> tuple[set[str], set[str]]:
    """The codes of each answer of those whom both builds keep: of the others it is told that they are left out."""
    both = frozenset(before.respondents) & frozenset(now.respondents)
    one, other = (_lines_of_codes(each, both) for each in (before, now))
    return one, other


def _lines_of_codes(tables: WaveTables, names: frozenset[str]) -> set[str]:
    together: dict[tuple[str, str], list[str]] = {}
    for row in tables.codes.to_dict("records"):
        if str(row["respondent"]) in names:
            together.setdefault((str(row["respondent"]), str(row["question"])), []).append(str(row["code"]))
    return {f"respondent {name}, {asked}: {';'.join(sorted(given))}" for (name, asked), given in together.items()}


def _codes(tables: WaveTables, question: str) -> set[str]:
    return set(tables.codes.loc[tables.codes["question"] == question, "code"])
