"""A study of a survey that was never here: its questionnaire, settings and first paper, from the export alone."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from recount.clean.clean import Cleaned, clean_wave
from recount.errors import Finding, RecountError, shortened
from recount.fieldwork.begun import Begun, begun
from recount.fieldwork.first_paper import Shown, paper_files
from recount.fieldwork.lines import entry, flow, quoted
from recount.fieldwork.named import namer
from recount.fieldwork.posed import Asked, Posed, asked
from recount.fieldwork.profile import profile
from recount.fieldwork.stated import Questionnaire
from recount.fieldwork.unfinished import HALF, unfinished
from recount.fieldwork.universes import Known, translated
from recount.ingest.raw import RawExport
from recount.study.declared import yaml_of
from recount.study.instrument import Instrument, Universe
from recount.study.settings import Cleaning, Roles

INSTRUMENT = "data/instrument.yaml"
# Under so many answers a figure or table of a question is not made: it would hide what it shows.
MINIMUM_BASE = 5
# Where a condition would take away more than this share of the answers it is read wrongly, or was another one.
_OUTSIDE = 0.02
_WEIGHT = re.compile(r"(\w*_)?(weights?|wt|wgt|gewicht|pond[eé]ration)(_\w*)?", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True)
class Started:
    """The files of a new study by their path, and what its author must know of them."""

    files: Mapping[str, str]
    notes: tuple[str, ...]
    left_out: tuple[str, ...]
    questions: int


@dataclass
class _Draft:
    """The questions so far; each failed reading changes one of them."""

    raw: RawExport
    wave: str
    title: str
    asked: Asked
    posed: list[Posed]
    universes: dict[str, Universe] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    platform: tuple[Begun, ...] = ()

    def questions(self) -> list[Begun]:
        taken: set[str] = {each.id for each in self.platform}
        names = namer(posed.wording for posed in self.asked.questions)
        made = []
        for posed in self.posed:
            name = names.question(posed.name, posed.wording, taken)
            universe = {key: list(each) for key, each in self.universes.get(posed.name, {}).items()}
            made.append(begun(posed, self.wave, name=name, universe=universe))
            taken.add(name)
        return [*self.platform, *made]

    def instrument(self) -> str:
        return _instrument(self)


def started(
    raw: RawExport, *, wave: str, title: str, export: str, questionnaire: Questionnaire | None = None
) -> Started:
    """Begin a study with one wave; `export` is the place of its file.

    Every answer is read: a question whose answers cannot be read as what they seemed to be becomes open-ended, and is
    told. Nothing is weighted, nothing is left out but columns of the platform's own and personal data.
    """
    everything = asked(raw, questionnaire)
    draft = _Draft(raw, wave, title, everything, [each for each in everything.questions if each.filled])
    draft.platform = tuple(_platform(raw, wave))
    draft.notes += questionnaire.notes if questionnaire else ()
    draft.notes += [
        f"{each.name}: numbers as weights are; nothing is weighted until its type is weight"
        for each in draft.posed
        if each.asks == "number" and _WEIGHT.fullmatch(each.name)
    ]
    _route(draft)
    cleaned = _readable(draft)
    cleaned = _without_wrong_routes(draft, cleaned)
    some = _cleaned(draft, Cleaning(minimum_answered=HALF)).excluded
    draft.notes[:0] = unfinished(raw, int((some["reason"] == "partial").sum()))
    instrument = Instrument.declared_in(INSTRUMENT, yaml_of(draft.instrument(), INSTRUMENT))
    shown = [Shown.of(each, cleaned.clean, minimum=MINIMUM_BASE) for each in instrument.questions if each.type != "id"]
    files = {
        "config.yaml": _config(draft, export),
        INSTRUMENT: draft.instrument(),
        **paper_files([each for each in shown if each.question.id != "recorded"]),
    }
    left_out = tuple(f"{name}: {reason}" for name, reason in (*_platforms(draft).items(), *_ignored(draft).items()))
    return Started(files, tuple(draft.notes), left_out, len(instrument.questions))


def year_of(raw: RawExport) -> str:
    """Name a wave by the year in which its last response was recorded; `first` where the export does not tell."""
    places = [raw.roles.get("recorded", ""), *(each.column for each in asked(raw).aside)]
    looked = [profile(raw.column(place), raw) for place in places if place]
    dates = next((each for each in looked if each.holds == "dates"), None)
    years = {found for text in (dates.answers if dates else ()) for found in _YEAR.findall(text)}
    return max(years, default="first")


def _platform(raw: RawExport, wave: str) -> list[Begun]:
    """The platform's number of the response, where each response has one of its own, and the date that it recorded."""
    made = []
    place = raw.roles.get("respondent", "")
    if place and place in {column.name for column in raw.columns}:
        only = profile(raw.column(place), raw)
        if len(only.answers) == raw.cells.num_rows:
            posed = Posed(place, "The platform's number of the response", "id", (only,))
            made.append(begun(posed, wave, name="response"))
    if place := raw.roles.get("recorded", ""):
        only = profile(raw.column(place), raw)
        if only.holds == "dates":
            posed = Posed(place, "Date on which the platform recorded the response", "date", (only,))
            made.append(begun(posed, wave, name="recorded"))
    return made


def _route(draft: _Draft) -> None:
    """Put the questionnaire's conditions into the new instrument's words, where it can say them."""
    known: dict[str, Known] = {}
    for posed, made in zip(draft.posed, draft.questions()[len(draft.platform) :], strict=True):
        universe = translated(posed.universe, known)
        if universe:
            draft.universes[posed.name] = universe
        elif posed.routing:
            draft.notes.append(
                f"{made.id}: shown where {posed.routing}; a comment in the instrument, as its universe cannot say it"
            )
        if made.content["type"] in ("single", "scale", "multi"):
            known[posed.name.casefold()] = Known.of(made)


def _readable(draft: _Draft) -> Cleaned:
    """Clean the wave; what cannot be read becomes an open-ended question, until all can."""
    for _ in range(len(draft.posed) + 2):
        try:
            return _cleaned(draft)
        except RecountError as error:
            if not _open(draft, error.findings):
                raise
    return _cleaned(draft)


def _cleaned(draft: _Draft, cleaning: Cleaning | None = None) -> Cleaned:
    instrument = Instrument.declared_in(INSTRUMENT, yaml_of(draft.instrument(), INSTRUMENT))
    return clean_wave(draft.raw, instrument=instrument, wave=draft.wave, cleaning=cleaning or Cleaning(), roles=Roles())


def _open(draft: _Draft, findings: Sequence[Finding]) -> bool:
    """Make open-ended what the findings name; say whether that changed anything."""
    named_by = {finding.key: finding for finding in reversed(findings)}
    named_by |= {finding.key.partition(" (column ")[0].partition(".")[0]: finding for finding in reversed(findings)}
    keys = named_by.keys()
    changed = False
    made = dict(zip([each.name for each in draft.posed], draft.questions()[len(draft.platform) :], strict=True))
    opened: list[Posed] = []
    for posed in draft.posed:
        named = [named_by[key] for key in (*posed.columns, made[posed.name].id) if key in named_by]
        if named and (posed.asks != "text" or posed.name in draft.universes):
            changed = True
            draft.universes.pop(posed.name, None)
            draft.notes.append(f"{made[posed.name].id}: {_opened(posed, named[0])}")
            opened += [_as_text(posed, place) for place in range(len(posed.profiles))]
        else:
            opened.append(posed)
    if kept := tuple(each for each in draft.platform if keys.isdisjoint({each.id, *_columns(each, draft.wave)})):
        changed |= len(kept) < len(draft.platform)
        draft.platform = kept
    draft.posed = opened
    return changed


def _opened(posed: Posed, finding: Finding) -> str:
    """Say why a question became open-ended, and what makes it what it seemed to be."""
    said = f" (row {finding.row}: {shortened(finding.value)!r})" if finding.row and finding.value else ""
    told = f"looked like {posed.asks}, but not every answer can be read so{said}; open-ended for now"
    if posed.asks not in ("number", "date"):
        return told
    return f"{told}. Write type: {posed.asks} in the instrument, and the build lists the cells to correct"


def _columns(made: Begun, wave: str) -> set[str]:
    waves = made.content["waves"]
    return {str(waves[wave]["column"])} if isinstance(waves, Mapping) else set()  # type: ignore[index, call-overload]


def _as_text(posed: Posed, place: int) -> Posed:
    only = posed.profiles[place]
    several = len(posed.profiles) > 1
    wording = f"{posed.wording} - {posed.options[place].label}" if several else posed.wording
    return Posed(only.column.name, wording.strip(" -"), "text", (only,), section=posed.section)


def _without_wrong_routes(draft: _Draft, cleaned: Cleaned) -> Cleaned:
    """Drop a condition under which many answered all the same: it was not the one."""
    outside = cleaned.changes[cleaned.changes["rule"] == "outside universe"]
    counted = outside.groupby("column").size()
    wrong = [
        each.name
        for each in draft.posed
        if each.name in draft.universes
        and sum(int(counted.get(column, 0)) for column in each.columns) > _OUTSIDE * each.filled
    ]
    for name in wrong:
        draft.universes.pop(name)
        draft.notes.append(
            f"{name}: answered by many whom the questionnaire's condition leaves out; taken as asked of all"
        )
    return _readable(draft) if wrong else cleaned


def _instrument(draft: _Draft) -> str:
    """Write the questionnaire, with what every reader must know at its head."""
    blank = sorted({text.strip() for each in draft.posed for one in each.profiles for text in one.blank})
    lines = [
        "# The questionnaire as data, drafted from the export by `recount init`; all keys: docs/instrument.md.",
        "# Look at each question: its id (the paper calls it by that), label, type, the order of its categories, who",
        "# was asked (universe), and answers that stand outside the base (missing: true).",
        f"title: {quoted(draft.title)}",
        '# Texts that mean "no answer", wherever they stand. A blank cell always does.',
        f"missing: {flow(blank)}",
        "",
        "questions:",
    ]
    for each in draft.questions():
        lines += [*(f"  {line}" for line in each.lines), ""]
    if ignored := _ignored(draft):
        lines += ["# The columns that the study does not use, and why.", "ignored:"]
        lines += entry(draft.wave, ignored, 2, quote=True, width=0)
    return "\n".join(lines).rstrip() + "\n"


def _ignored(draft: _Draft) -> dict[str, str]:
    used = {column for each in draft.platform for column in _columns(each, draft.wave)}
    left = {each.column: each.reason for each in draft.asked.aside if not each.platforms and each.column not in used}
    empty = {name: "empty in this export" for each in draft.asked.questions if not each.filled for name in each.columns}
    return {**left, **empty}


def _platforms(draft: _Draft) -> dict[str, str]:
    """The columns that every export of the platform has, and no study need declare; in one line, as they are many."""
    used = {column for each in draft.platform for column in _columns(each, draft.wave)}
    names = [each.column for each in draft.asked.aside if each.platforms and each.column not in used]
    return {", ".join(names): "the platform's own"} if names else {}


def _config(draft: _Draft, export: str) -> str:
    lines: Sequence[str] = [
        "# What an author sets; all keys: docs/settings.md of Recount. A key that is not known is an error.",
        f"title: {quoted(draft.title)}",
        'authors: ["Your name"]',
        "",
        "waves:",
        f"  {quoted(draft.wave)}:",
        "    # The export as the platform gave it; its SHA-256 is in data/raw/SHA256SUMS.",
        f"    export: {export}",
        "    # How many were asked to take part, where that is known: contacted: 120",
        "    # How the respondents came to be asked: census, probability or nonprobability; no export tells it.",
        "    design: nonprobability",
        "",
        "# Which responses do not count; as it stands, all do that are no tests, however little they answer.",
        "# cleaning:",
        "#   # Of the questions asked, the share that a response must answer.",
        f"#   minimum_answered: {HALF}",
        "",
        "estimates:",
        "  # Everything is shown also by the answers to these questions.",
        "  groups: []",
        f"  minimum_base: {MINIMUM_BASE}",
        "",
        "paper:",
        "  # The wave that the paper is about.",
        f"  wave: {quoted(draft.wave)}",
        "  # Also possible: tex, xml.",
        "  formats: [html, pdf, docx]",
    ]
    return "\n".join(lines) + "\n"
