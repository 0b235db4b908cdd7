"""The answers of a wave that may be quoted: coded, cleared by a person for the words that they have now, redacted."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from recount.clean.columns import RESPONDENT
from recount.coding.lines import SHA256, answers_of
from recount.coding.verbatim.redact import Redactor
from recount.errors import CodingError, Finding, nearest
from recount.study.instrument import Instrument

CLEARED = ("respondent", "question", "answer_sha256", "language", "cleared_by", "when")
QUOTABLE = (
    *("question", "respondent", "answer_sha256", "codes", "language", "cleared_by", "text", "redactions"),
    *("row", "column"),
)
REDACTIONS = ("question", "respondent", "kind", "place")
TAG = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"


@dataclass(frozen=True)
class Quotable:
    """What may be quoted, and what of it was taken out, as docs/tables.md lists them; and what lapsed.

    An answer that is coded and not cleared has a row, too, without its text: so that one can say which could be.
    """

    answers: pd.DataFrame
    redactions: pd.DataFrame
    lapsed: tuple[Finding, ...]


def quotable(
    clean: pd.DataFrame,
    codes: pd.DataFrame,
    cleared: pd.DataFrame,
    *,
    instrument: Instrument,
    wave: str,
    redact: Redactor,
) -> Quotable:
    """Gather what may be quoted of a wave; `cleared` has besides its columns `file` and `line`.

    A clearance counts for the words that were read: where an answer has others now, it lapses. Raise `CodingError` with
    all that is wrong in the file.
    """
    asked = [question.id for question in instrument.asked_in(wave) if question.coded]
    if findings := list(_faults(cleared, asked)):
        raise CodingError(*findings)
    given = {key: ";".join(each) for key, each in codes.groupby(["question", "respondent"], sort=False)["code"]}
    rows = dict(zip(clean[RESPONDENT].astype("str"), clean["row"], strict=True))
    lines = {(line["question"], line["respondent"], line["answer_sha256"]): line for line in cleared.to_dict("records")}
    answers: list[tuple[object, ...]] = []
    redactions: list[tuple[object, ...]] = []
    for question in asked:
        fielding = instrument.by_id[question].waves[wave]
        answered = answers_of(clean, question)
        for who, text, digest in zip(answered.respondents, answered.texts, answered.hashes, strict=True):
            if (question, who) not in given:
                continue
            line = lines.pop((question, who, digest), None)
            safe, found = redact(text) if line else ("", ())
            redactions += [(question, who, each.kind, each.place) for each in found]
            who_cleared = (line["language"], line["cleared_by"]) if line else ("", "")
            place = (int(rows[who]), fielding.column)
            answers.append((question, who, digest, given[question, who], *who_cleared, safe, len(found), *place))
    whole = {"redactions": "int64", "row": "int64", "place": "int64"}
    return Quotable(
        answers=_table(answers, QUOTABLE, whole),
        redactions=_table(redactions, REDACTIONS, whole),
        lapsed=tuple(_lapsed(line) for line in lines.values()),
    )


def _table(rows: list[tuple[object, ...]], columns: tuple[str, ...], whole: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns)).astype({name: whole.get(name, "str") for name in columns})


def _faults(cleared: pd.DataFrame, asked: list[str]) -> Iterator[Finding]:
    for line in cleared.to_dict("records"):
        place = {"file": line["file"], "row": int(line["line"])}
        if line["question"] not in asked:
            problem = "the wave has no open-ended question of this name that is coded"
            yield Finding(problem=problem, value=line["question"], expected=nearest(line["question"], asked), **place)
        if not SHA256.fullmatch(line["answer_sha256"]):
            yield Finding(
                problem="this is not the hash of an answer",
                value=line["answer_sha256"],
                expected="64 hexadecimal digits, as in the coders' files",
                **place,
            )
        if not line["cleared_by"]:
            yield Finding(problem="nobody is named who cleared this", key="cleared_by", expected="a name", **place)
        if not pd.Series([line["language"]]).str.fullmatch(TAG).all():
            problem = "the language of the answer is not said"
            expected = "its tag, such as en, es, fr, pt, zh"
            yield Finding(problem=problem, key="language", value=line["language"], expected=expected, **place)


def _lapsed(line: Mapping[Hashable, Any]) -> Finding:
    return Finding(
        problem="this answer is not cleared: it has other words now, or no codes, or is left out",
        file=line["file"],
        row=int(line["line"]),
        key=f"{line['question']} of respondent {line['respondent']}",
        mend="read it anew, and enter its hash",
    )
