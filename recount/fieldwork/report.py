"""The list of what a new wave brings, in Markdown: the same for the same export and instrument."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from recount.errors import Finding, shortened
from recount.fieldwork.adding import Comparison
from recount.fieldwork.changes import MEANINGS, Change
from recount.fieldwork.draft import Proposal
from recount.ingest.raw import RawExport

_TOLD = 20
_ALIKE = 5
# An export that words a smaller share of its questions words none, but for headings that happen to be words.
_WORDED = 0.2


def report(
    compared: Comparison,
    raw: RawExport,
    *,
    accepted: frozenset[str],
    next_findings: Sequence[Finding] = (),
    notes: Sequence[str] = (),
) -> str:
    """Write the list: what changed, the most dangerous first; the crosswalk; what is left out; what is next.

    `accepted` are the questions whose proposals were taken over, `next_findings` what the build would say once all
    proposals are accepted, `notes` what a questionnaire file said that could not be taken over.
    """
    rows = raw.cells.num_rows
    asked = len(compared.asked.questions)
    head = f"{raw.file}, read as {raw.format}: {rows} responses, {len(raw.columns)} columns, {asked} questions."
    lines = [f"# Wave {compared.wave}", "", head, *_another(compared), *_unworded(compared, raw), ""]
    lines += [*_changes(compared.changes), *_written(compared), *_crosswalk(compared, accepted), *_aside(compared)]
    if notes:
        lines += [
            "## What the questionnaire's file says and the instrument cannot",
            "",
            *(f"- {_safe(n)}" for n in notes),
            "",
        ]
    return "\n".join([*lines, *_next(compared, accepted, next_findings)]) + "\n"


def _another(compared: Comparison) -> Iterator[str]:
    """Say where little of an export is the study's."""
    matched, asked = len(compared.proposals), len(compared.asked.questions)
    if matched < _WORDED * asked:
        yield f"Only {matched} of its questions are the study's: is this the export of another survey?"


def _unworded(compared: Comparison, raw: RawExport) -> Iterator[str]:
    """Say what helps where the export holds nothing but names of columns."""
    asked = compared.asked.questions
    if not asked or sum(bool(each.wording) for each in asked) > _WORDED * len(asked):
        return
    if any(each.pair.by_name for each in compared.proposals):
        yield "It words none of its questions. Its columns are taken for what they were in the last wave, as was asked"
        yield "(`--same-columns`), where their answers fit."
        return
    file = (
        "the survey's structure (`.lss`)" if raw.format == "limesurvey" else "the platform's file of the questionnaire"
    )
    yield "It words none of its questions, so that nothing proves which is which. What helps:"
    yield ""
    yield f"- `--instrument FILE`, with {file}: it says what each column asked, and what codes mean;"
    yield "- or an export with the full text of questions and answers in the place of codes;"
    yield "- or `--same-columns`, where you know that each column asks what it asked in the last wave: then a column's"
    yield "  name and answers that fit are enough."


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    yield "## What changed"
    yield ""
    if not changes:
        yield "Nothing that the export tells."
        yield ""
    for kind, group in groupby(changes, key=lambda change: change.kind):
        yield f"### {MEANINGS[kind]}"
        yield ""
        yield from _group(list(group))
        yield ""


def _group(changes: Sequence[Change]) -> Iterator[str]:
    """A line a change; of those that are all alike, one for all."""
    if changes[0].kind == "not worded" and len(changes) > _ALIKE:
        columns = ", ".join(f"{_code(each.key)} (`{_code(each.text.partition(':')[0])}`)" for each in changes)
        yield f"- {len(changes)} questions, by a column's name and answers that fit alone: {columns}"
    else:
        yield from (f"- `{_code(change.key)}`: {_safe(change.text)}" for change in changes)


def _written(compared: Comparison) -> Iterator[str]:
    """What was written in often: only a person knows whether it is an option of its own."""
    told = [each for each in compared.proposals if each.written]
    if told:
        yield "## Written in often, and counted as the option for one's own words"
        yield ""
        for each in told:
            more = ", ..." if len(each.written) > _TOLD else ""
            yield f"- `{each.pair.question.id}`: {_safe(', '.join(each.written[:_TOLD]))}{more}"
        yield ""


def _crosswalk(compared: Comparison, accepted: frozenset[str]) -> Iterator[str]:
    yield "## The crosswalk"
    yield ""
    yield "| question | column | score | why | state |"
    yield "| --- | --- | --- | --- | --- |"
    for each in compared.proposals:
        pair = each.pair
        columns = pair.posed.columns
        shown = f"`{_code(columns[0])}`" + (f" and {len(columns) - 1} more" if len(columns) > 1 else "")
        state = _state(each, compared, accepted)
        yield f"| {pair.question.id} | {shown} | {pair.score:.2f} | {_cell(pair.reasons)} | {state} |"
    for new in compared.begun:
        yield f"| {new.id} | | | new | proposed |"
    yield ""


def _state(each: Proposal, compared: Comparison, accepted: frozenset[str]) -> str:
    name = each.pair.question.id
    if name in compared.decided:
        return "decided"
    if name in accepted:
        return "accepted"
    return "not proposed: another type" if each.fielding is None else "proposed"


def _aside(compared: Comparison) -> Iterator[str]:
    platforms = [each.column for each in compared.aside if each.platforms]
    if compared.ignored or platforms:
        yield "## Left out"
        yield ""
        yield from (f"- `{_code(column)}`: {_safe(reason)}" for column, reason in compared.ignored.items())
        if platforms:
            yield "- the platform's own, which need not be declared: " + ", ".join(
                f"`{_code(name)}`" for name in platforms
            )
        yield ""


def _next(compared: Comparison, accepted: frozenset[str], findings: Sequence[Finding]) -> Iterator[str]:
    waiting = [
        each.pair.question.id
        for each in compared.proposals
        if each.fielding is not None and each.pair.question.id not in {*compared.decided, *accepted}
    ]
    waiting += [new.id for new in compared.begun]
    yield "## What is next"
    yield ""
    if waiting:
        yield f"1. Look at the {len(waiting)} lines of the instrument that bear `proposed`. Where one is right, take"
        accept = f"recount wave accept {compared.wave} {waiting[0]}"
        yield f"   `proposed` out, or: `{accept}`. Where it is not, mend it first."
        yield "   The build stops until none is left."
    else:
        yield "1. Nothing waits for a decision."
    if findings:
        yield f"2. The build will then ask for {len(findings)} more:"
        yield ""
        yield from (f"   - {_safe(_told(finding))}" for finding in findings[:_TOLD])
        if len(findings) > _TOLD:
            yield f"   - ... and {len(findings) - _TOLD} more"
    else:
        yield "2. Every answer can be read as proposed."
    yield f'3. To make the paper about this wave: `wave: "{compared.wave}"` under `paper` in config.yaml.'


def _told(finding: Finding) -> str:
    value = f": {shortened(finding.value)!r}" if finding.value is not None else ""
    return f"{finding.key}{value}: {finding.problem}"


def _safe(text: str) -> str:
    """A text of strangers on one line of Markdown, in which nothing is markup."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line.replace("<", "\\<").replace("`", "'")


def _cell(text: str) -> str:
    return _safe(text).replace("|", "\\|")


def _code(text: str) -> str:
    return " ".join(text.replace("`", "'").replace("|", "/").split())
