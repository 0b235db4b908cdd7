"""What the desk's pages carry, as plain data.

The page of a coder holds the answers and the codebook, and nothing of what others gave: who codes second must not see
what the first one gave. That stands in the adjudicator's page alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from recount.coding.desk.keys import NONE_KEY, keys_of
from recount.coding.lines import Answers
from recount.coding.sets import codes_in
from recount.coding.sheets import VERSION
from recount.study.codebook import NONE, Code, Codebook
from recount.study.instrument import Question
from recount.study.versions import Change, Versions

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One question of one wave, to be coded.

    `study` and `wave_title` are their titles, `folder` is where the wave's coders' files belong; `languages` has the
    language of each answer as far as it is known; `suggestions` the rows of suggestions.csv, of any questions;
    `versions` the codebook with the versions that were before it.
    """

    study: str
    wave: str
    wave_title: str
    simulated: bool
    folder: str
    question: Question
    codebook: Codebook | None
    answers: Answers
    languages: Sequence[str]
    suggestions: pd.DataFrame | None = None
    versions: Versions | None = None


def coder_model(desk: Desk) -> Json:
    """Make the data of the page at which a person codes."""
    return {**_common(desk), "mode": "code", "suggestions": _suggestions(desk)}


def adjudicator_model(desk: Desk, coders: Mapping[str, pd.DataFrame], ruled: pd.DataFrame | None) -> Json:
    """Make the data of the page at which a person decides: also what each coder gave, and what is decided already."""
    hashes = dict(zip(desk.answers.respondents, desk.answers.hashes, strict=True))
    return {
        **_common(desk),
        "mode": "adjudicate",
        "suggestions": [],
        "coders": {coder: list(_said(lines, hashes, ("note",))) for coder, lines in sorted(coders.items())},
        "adjudication": [] if ruled is None else list(_said(ruled, hashes, ("by", "why"))),
    }


def _common(desk: Desk) -> Json:
    codes = desk.codebook.questions.get(desk.question.id, ()) if desk.codebook else ()
    keys = keys_of([code.id for code in codes])
    answers = zip(desk.answers.respondents, desk.answers.hashes, desk.answers.texts, desk.languages, strict=True)
    names = ("respondent", "sha256", "text", "language")
    return {
        "study": {"title": desk.study},
        "wave": desk.wave,
        "wave_title": desk.wave_title,
        "folder": desk.folder,
        "question": {"id": desk.question.id, "label": desk.question.label},
        "version": desk.codebook.version if desk.codebook else "",
        "reopened": _reopened(desk),
        "codes": [_code(code, keys[code.id]) for code in codes],
        "none": {"id": NONE, "label": "No code applies", "key": NONE_KEY},
        "answers": [dict(zip(names, answer, strict=True)) for answer in answers],
    }


def _code(code: Code, key: str) -> Json:
    return {**code.model_dump(mode="json", exclude_defaults=True, exclude={"keywords"}), "key": key}


def _reopened(desk: Desk) -> Json:
    """Say by the version under which a line was given which codes open it again, and what was changed at each.

    A line that names no version was given under the oldest; without earlier versions there is nothing to say.
    """
    if desk.versions is None or not desk.versions.earlier:
        return {}
    found = {each: desk.versions.reopening(desk.question.id, each) for each in desk.versions.earlier}
    said = {
        since: {code: [_change(each) for each in changes] for code, changes in by.items()}
        for since, by in found.items()
    }
    return {"": said[desk.versions.known[0]], **said}


def _change(change: Change) -> Json:
    return {"field": change.field.replace("_", " "), "before": change.before, "after": change.after}


def _suggestions(desk: Desk) -> list[Json]:
    """List what is suggested for answers as they are now, the best first, each code once with all that speaks for it.

    The score is the highest that there is; of keywords that nobody coded before there is none.
    """
    if desk.suggestions is None:
        return []
    hashes = dict(zip(desk.answers.respondents, desk.answers.hashes, strict=True))
    codes = desk.codebook.questions.get(desk.question.id, ()) if desk.codebook else ()
    known = {code.id for code in codes} | {NONE}
    rows = desk.suggestions[desk.suggestions["question"] == desk.question.id].to_dict("records")
    found: dict[tuple[str, str], Json] = {}
    for row in sorted(rows, key=_worst_last):
        who, code = row["respondent"], row["code"]
        if hashes.get(who) == row["answer_sha256"] and code in known:
            given = {"respondent": who, "code": code, "score": row["score"], "reasons": []}
            reason = {name: row[name] for name in ("by", "score", "because")}
            found.setdefault((who, code), given)["reasons"].append(reason)
    return list(found.values())


def _worst_last(row: Mapping[Any, str]) -> tuple[float, str, str]:
    return -float(row["score"] or -1), row["code"], row["by"]


def _said(lines: pd.DataFrame, hashes: Mapping[str, str], more: tuple[str, ...]) -> Iterator[Json]:
    """Yield the lines of a file that say something; with the answer only where it is not the one that the page has."""
    for row in lines.to_dict("records"):
        line = {name: str(row[name]).strip() for name in ("respondent", "answer_sha256", "codes", *more)}
        digest = line.pop("answer_sha256").lower()
        codes = list(codes_in(line["codes"]))
        if codes or any(line[name] for name in more):
            answer = "" if hashes.get(line["respondent"]) == digest else str(row["answer"])
            version = str(row.get(VERSION, "")).strip() if codes else ""
            yield {**line, "codes": codes, "sha256": digest, "answer": answer, "version": version}
