"""The coding stage: coders' files applied to open-ended answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from recount.clean.columns import RESPONDENT
from recount.coding.asked import not_asked, stands_twice, without_codes
from recount.coding.decide import DISAGREEMENT, RULE, Decided, decide, nothing_said, raw_decisions, said_of
from recount.coding.desk.files import adjudication_file, desk_file
from recount.coding.lines import ADJUDICATION, Answers, answers_of, faults, unknown, unused, with_places
from recount.coding.measure import BOOTSTRAP, Bootstrap, Measured, measure, measure_all
from recount.coding.measure import COLUMNS as AGREEMENT
from recount.coding.outdated import standing, unknown_versions
from recount.coding.rules import cannot_decide, coded_by_rule
from recount.coding.sets import UNDECIDED, CodeSets, code_sets
from recount.errors import CodingError, Finding
from recount.study.codebook import CODEBOOK, Codebook
from recount.study.instrument import Instrument
from recount.study.versions import Versions

CODES = ("respondent", "question", "code", "decided_by", "codebook_version")
UNCODED = ("respondent", "question", "answer_sha256", "answer", "problem")
LINES = ("respondent", "answer_sha256", "answer", "codes")

Sheets = Mapping[str, Mapping[str, pd.DataFrame]]


@dataclass(frozen=True)
class Coded:
    """What the stage writes, as docs/tables.md lists it: codes.csv, agreement.csv, uncoded.csv.

    `unused` tells of the lines that code nothing now, since cleaning leaves the response out or removed the answer.
    That is no error, as the rules of cleaning change: the lines stay where they are, and count when they change back.
    `wave` is the wave's name, where it is known.
    """

    codes: pd.DataFrame
    agreement: pd.DataFrame
    uncoded: pd.DataFrame
    unused: tuple[Finding, ...] = ()
    wave: str = ""

    @property
    def waiting(self) -> tuple[str, ...]:
        """Say of each question how many answers wait for a person, and at which page of the coding desk."""
        return tuple(waiting_in(self.wave or "WAVE", self.uncoded))


@dataclass(frozen=True)
class _Question:
    """One question with all that was said of it: each coder's lines by name, the adjudicator's among them."""

    id: str
    answers: Answers
    lines: dict[str, pd.DataFrame]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """What one question adds to the tables of the wave."""

    codes: pd.DataFrame
    uncoded: pd.DataFrame
    measured: Measured


def code_wave(
    clean: pd.DataFrame,
    *,
    instrument: Instrument,
    wave: str,
    codebook: Codebook | None,
    codings: Sheets,
    adjudications: Mapping[str, pd.DataFrame],
    excluded: pd.DataFrame | None = None,
    confidence: float = 0.95,
    bootstrap: Bootstrap = BOOTSTRAP,
    by_rule: Sequence[str] = (),
    versions: Versions | None = None,
    codebook_file: str = CODEBOOK,
) -> Coded:
    """Decide the codes of every open-ended answer, measure the coders' agreement, list what needs a person.

    `codings` holds, by question and coder, the lines of the coders' files, `adjudications` those of the adjudicators';
    the coder `rule` is a program (see recount.coding.decide), which for the questions `by_rule` goes by the codebook's
    keywords. `excluded` is excluded.csv: with it, a line of a respondent whom the export does not have is told from one
    whom cleaning leaves out. Codes are taken as given: one does not bring its parent along. Raise `CodingError` with
    everything that is wrong in the files, and where the codebook, which messages call `codebook_file`, has no codes for
    a question; answers that nobody coded are no error. With `versions`, lines of an older codebook whose codes have
    changed their meaning since do not count.
    """
    asked = [question.id for question in instrument.asked_in(wave) if question.coded]
    respondents = pd.Index(clean[RESPONDENT].astype("str"))
    findings = [
        *not_asked(codings, adjudications, asked),
        *stands_twice(respondents),
        *without_codes(asked, codebook, codebook_file),
        *cannot_decide([each for each in asked if each in by_rule], codebook, codings, RULE, codebook_file),
    ]
    if findings:
        raise CodingError(*findings)
    known = codebook.questions if codebook else {}
    questions = [
        _Question(
            id=question,
            answers=answers_of(clean, question),
            lines=_lines(question, codings, adjudications, versions),
            codes=tuple(code.id for code in known[question]),
        )
        for question in asked
    ]
    if codebook:
        questions = [_with_rule(each, codebook, codebook_file) if each.id in by_rule else each for each in questions]
    findings = [finding for each in questions for finding in _faults(each, respondents, excluded)]
    sheets = [lines for question in questions for lines in question.lines.values()]
    findings += [finding for lines in sheets for finding in unknown_versions(lines, versions)]
    if findings:
        raise CodingError(*sorted(findings, key=lambda finding: (finding.file, finding.row or 0)))
    version = codebook.version if codebook else ""
    parts = [_coded(question, version, bootstrap) for question in questions]
    return Coded(
        codes=_below([part.codes for part in parts], CODES),
        agreement=_below(_agreement([part.measured for part in parts], confidence), AGREEMENT),
        uncoded=_below([part.uncoded for part in parts], UNCODED),
        unused=tuple(
            finding
            for question in questions
            for lines in question.lines.values()
            for finding in unused(lines, question.answers, respondents)
        ),
        wave=wave,
    )


def waiting_in(wave: str, uncoded: pd.DataFrame) -> Iterator[str]:
    """Say of each question how many answers of uncoded.csv wait for whom, and which page to open."""
    for question, problems in uncoded.groupby("question", sort=False)["problem"]:
        differ = int((problems == DISAGREEMENT).sum())
        for count, person, page in (
            (len(problems) - differ, "a coder", desk_file(wave, str(question))),
            (differ, "an adjudicator", adjudication_file(wave, str(question))),
        ):
            wait = "answer waits" if count == 1 else "answers wait"
            if count:
                yield f"{question}: {count} {wait} for {person}: open {page} or see results/{wave}/uncoded.csv"


def _lines(
    question: str, codings: Sheets, adjudications: Mapping[str, pd.DataFrame], versions: Versions | None
) -> dict[str, pd.DataFrame]:
    """Each coder's lines as they count today, the adjudicator's last."""
    sheets = dict(sorted(codings.get(question, {}).items()))
    if question in adjudications:
        sheets[ADJUDICATION] = adjudications[question]
    return {coder: standing(with_places(sheet, question, coder), question, versions) for coder, sheet in sheets.items()}


def _with_rule(question: _Question, codebook: Codebook, file: str) -> _Question:
    found = with_places(coded_by_rule(question.id, question.answers, codebook, file), question.id, RULE)
    return replace(question, lines={**question.lines, RULE: standing(found, question.id, None)})


def _faults(question: _Question, respondents: pd.Index, excluded: pd.DataFrame | None) -> list[Finding]:
    found = [finding for lines in question.lines.values() for finding in faults(lines, question.codes)]
    if excluded is not None:
        everyone = respondents.union(pd.Index(excluded[RESPONDENT].dropna().astype("str")))
        found += [each for lines in question.lines.values() for each in unknown(lines, question.answers, everyone)]
    return found


def _agreement(measured: list[Measured], confidence: float) -> list[pd.DataFrame]:
    """The tables of the questions, then of all together."""
    return [each.table(confidence) for each in ([*measured, measure_all(measured)] if measured else [])]


def _coded(question: _Question, version: str, bootstrap: Bootstrap) -> _Part:
    sets = code_sets((lines["codes"] for lines in question.lines.values()), question.codes)
    said = {coder: said_of(question.answers, lines, sets) for coder, lines in question.lines.items()}
    nothing = nothing_said(question.answers)
    coders = [each for coder, each in said.items() if coder not in (RULE, ADJUDICATION)]
    decided = decide(coders, rule=said.get(RULE, nothing), adjudicator=said.get(ADJUDICATION, nothing))
    measured = measure(question.id, raw_decisions(coders, len(question.answers.texts)), sets, bootstrap)
    return _Part(_codes(question, decided, sets, version), _uncoded(question, decided), measured)


def _codes(question: _Question, decided: Decided, sets: CodeSets, version: str) -> pd.DataFrame:
    places = np.flatnonzero(decided.sets != UNDECIDED)
    answer, code = np.nonzero(sets.members[decided.sets[places]])
    return pd.DataFrame(
        {
            "respondent": question.answers.respondents[places[answer]],
            "question": question.id,
            "code": np.array(sets.codes, dtype=object)[code],
            "decided_by": decided.by[places[answer]],
            "codebook_version": version,
        }
    )


def _uncoded(question: _Question, decided: Decided) -> pd.DataFrame:
    places = np.flatnonzero(decided.sets == UNDECIDED)
    return pd.DataFrame(
        {
            "respondent": question.answers.respondents[places],
            "question": question.id,
            "answer_sha256": np.array(question.answers.hashes, dtype=object)[places],
            "answer": np.array(question.answers.texts, dtype=object)[places],
            "problem": decided.problems[places],
        }
    )


def _below(tables: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    """Put tables one below the other, with the types that the contract says; none gives an empty table."""
    kinds = {"n": "int64", **dict.fromkeys(("value", "se", "low", "high"), "float64")}
    joined = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(columns))
    return joined.astype({name: kinds.get(name, "str") for name in columns})[list(columns)]
