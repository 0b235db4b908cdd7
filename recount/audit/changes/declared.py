"""What differs around the sentences: respondents, codes, questions, corrections, settings."""

from collections.abc import Iterator
from dataclasses import dataclass

from recount.audit.changes.labels import corrections
from recount.audit.changes.side import Side
from recount.audit.parts import ABSENT, differences
from recount.audit.tables import WaveTables
from recount.study.breaks import break_between


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
    """List what differs between two builds: settings, questionnaire, responses left out, corrections, codes."""
    declared = [side.study.settings.model_dump(mode="json") for side in (before, now)]
    asked = [
        {each.id: each.model_dump(mode="json") for each in side.study.instrument.questions} for side in (before, now)
    ]
    books = [side.study.codebook.model_dump(mode="json") if side.study.codebook else {} for side in (before, now)]
    lists = {
        "Settings": list(_differing(declared[0], declared[1])),
        "Questionnaire": list(_differing(asked[0], asked[1])),
        "Codebook": list(_differing(books[0], books[1])),
        "Responses left out": [],
        "Corrections": [],
        "Codes given": [],
    }
    for wave in (each for each in now.tables if each in before.tables):
        pair = (before.tables[wave], now.tables[wave])
        lists["Responses left out"] += _apart(wave, *(_excluded(each) for each in pair))
        lists["Corrections"] += _apart(wave, *(_corrected(each) for each in pair))
        lists["Codes given"] += _apart(wave, *(_coded(each) for each in pair))
    return [Section(heading, f"{len(lines)} differ.", tuple(lines)) for heading, lines in lists.items() if lines]


def _differing(before: object, now: object) -> Iterator[str]:
    for key, one, other in differences(before, now):
        yield f"{key}: {_told(one)} before, {_told(other)} now"


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


def _coded(tables: WaveTables) -> set[str]:
    together: dict[tuple[str, str], list[str]] = {}
    for row in tables.codes.to_dict("records"):
        together.setdefault((str(row["respondent"]), str(row["question"])), []).append(str(row["code"]))
    return {f"respondent {name}, {asked}: {';'.join(sorted(given))}" for (name, asked), given in together.items()}


def _codes(tables: WaveTables, question: str) -> set[str]:
    return set(tables.codes.loc[tables.codes["question"] == question, "code"])
