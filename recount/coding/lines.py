"""The lines of a coder's or an adjudicator's file, and what can be wrong with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from recount.clean.columns import RESPONDENT
from recount.coding.answers import answer_hash
from recount.coding.sets import codes_in
from recount.coding.sheets import SUGGESTED
from recount.coding.suggested import malformed
from recount.errors import Finding, nearest
from recount.study.codebook import NONE

ADJUDICATION = "adjudication"
SHA256 = re.compile(r"[0-9a-f]{64}")
# Looking for the nearest of many ids takes long, and says little.
FEW = 2_000


@dataclass(frozen=True)
class Answers:
    """The answers that one question has in the clean table, in its order: respondents, texts, hashes."""

    respondents: pd.Index
    texts: tuple[str, ...]
    hashes: tuple[str, ...]


def answers_of(clean: pd.DataFrame, question: str) -> Answers:
    """Gather the answers that a question has in the clean table."""
    answered = clean[clean[question].notna()]
    texts = answered[question].astype("str")
    hashes = {text: answer_hash(text) for text in texts.unique()}
    return Answers(pd.Index(answered[RESPONDENT].astype("str")), tuple(texts), tuple(texts.map(hashes)))


def with_places(lines: pd.DataFrame, question: str, coder: str) -> pd.DataFrame:
    """Bring lines into one form, each with the `file` and `row` at which it stands.

    A frame made by hand may lack these two; its lines are counted below a header.
    """
    texts = {name: lines[name].fillna("").astype("str").str.strip() for name in lines if name not in ("file", "row")}
    plain = pd.DataFrame(texts, index=lines.index)
    return plain.assign(
        answer_sha256=plain["answer_sha256"].str.lower(),
        file=lines.get("file", f"{question}.{coder}.csv"),
        row=lines.get("row", np.arange(2, len(lines) + 2)),
    )


def faults(lines: pd.DataFrame, codes: tuple[str, ...]) -> list[Finding]:
    """Find all that is wrong with lines by themselves and by the codebook; `codes` are the codebook's."""
    found = [*_code_faults(lines, codes), *_hash_faults(lines), *_twice(lines)]
    if SUGGESTED in lines:
        found += _at(
            lines[lines[SUGGESTED].map(malformed).astype(bool)],
            SUGGESTED,
            problem="this is not a list of accepted suggestions",
            expected="codes with their scores, such as funding:0.83;staff:0.61, or nothing",
        )
    if "by" in lines:
        found += _at(
            lines[(lines["by"] == "") & (lines["codes"] != "")],
            "by",
            problem="nobody is named for this decision",
            expected="who adjudicated",
        )
    return found


def unknown(lines: pd.DataFrame, answers: Answers, known: pd.Index) -> list[Finding]:
    """Find the lines of respondents whom the export does not have; `known` are those it has."""
    strangers = lines[~_among(lines, known)]
    owner = dict(zip(answers.hashes, answers.respondents, strict=True)) if len(strangers) else {}
    found = _at(strangers, "respondent", problem="the export has no such respondent")
    return [
        replace(finding, expected=_whose(digest, owner) or _near(finding.value or "", known))
        for finding, digest in zip(found, strangers["answer_sha256"], strict=True)
    ]


def unused(lines: pd.DataFrame, answers: Answers, respondents: pd.Index) -> list[Finding]:
    """Tell of the lines that code nothing now; `respondents` are those of the clean table."""
    decided = lines[lines["codes"] != ""]
    here = _among(decided, respondents)
    silent = here & ~_among(decided, answers.respondents)
    return [
        *_at(decided[~here], "respondent", problem="the line is not used: cleaning leaves this response out"),
        *_at(decided[silent], "respondent", problem="the line is not used: the respondent has no answer now"),
    ]


def _among(lines: pd.DataFrame, respondents: pd.Index) -> npt.NDArray[np.bool_]:
    """Whether each line is of one of these respondents; `isin` of text takes ten times as long."""
    return np.asarray(respondents.get_indexer(pd.Index(lines["respondent"])) >= 0)


def _code_faults(lines: pd.DataFrame, codes: tuple[str, ...]) -> list[Finding]:
    allowed = {*codes, NONE}
    wrong: dict[str, list[Finding]] = {}
    for cell in lines["codes"].unique():
        given = codes_in(cell)
        wrong[cell] = [
            Finding(
                problem="the codebook has no such code",
                value=code,
                expected=nearest(code, sorted(allowed)),
                mend="mend the code here, or add it to the codebook; several are joined by a semicolon",
            )
            for code in given
            if code not in allowed
        ]
        if NONE in given and len(set(given)) > 1:
            wrong[cell].append(
                Finding(
                    problem=f"`{NONE}` stands beside another code",
                    value=cell,
                    expected=f"`{NONE}` alone, where no code applies",
                )
            )
        if cell and not given:
            wrong[cell].append(Finding(problem="there is no code here", value=cell, expected="codes, or nothing"))
    faulty = lines[lines["codes"].map(wrong).map(len) > 0]
    return [
        replace(place, problem=fault.problem, value=fault.value, expected=fault.expected, mend=fault.mend)
        for place in _at(faulty, "codes", problem="")
        for fault in wrong[place.value or ""]
    ]


def _hash_faults(lines: pd.DataFrame) -> list[Finding]:
    return _at(
        lines[~lines["answer_sha256"].str.fullmatch(SHA256.pattern).astype(bool)],
        "answer_sha256",
        problem="this is not the hash of an answer",
        expected="64 hexadecimal digits",
        mend="take it from uncoded.csv, which lists every answer without codes with its hash",
    )


def _twice(lines: pd.DataFrame) -> list[Finding]:
    return _at(
        lines[lines["respondent"].duplicated(keep="first")],
        "respondent",
        problem="this respondent has a line already",
        expected="one line a respondent",
        mend="keep the line that holds the decision",
    )


def _at(lines: pd.DataFrame, column: str, **said: str) -> list[Finding]:
    """One finding for each line, at a column of it."""
    places = zip(lines["file"], lines["row"], lines["respondent"], lines[column], strict=True)
    return [
        Finding(
            file=file,
            row=int(row),
            key=column if column == "respondent" else f"{column} of respondent {respondent}",
            value=value,
            **said,
        )
        for file, row, respondent, value in places
    ]


def _whose(digest: str, owner: Mapping[str, str]) -> str:
    return f"the answer with this hash is respondent {owner[digest]!r}'s" if digest in owner else ""


def _near(respondent: str, known: pd.Index) -> str:
    if len(known) > FEW:
        return "a respondent of the export, spelt as there"
    return nearest(respondent, sorted(known))
