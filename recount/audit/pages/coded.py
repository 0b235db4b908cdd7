"""The coding of a wave's open-ended answers: what each coder said, what was decided, and by whom."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from recount.audit.pages.pool import table
from recount.audit.pages.study import Study
from recount.audit.tables import WaveTables
from recount.coding.answers import answer_hash
from recount.coding.sheets import SUGGESTED

Json = dict[str, Any]
NOT_CODED = ""


def coded(study: Study, wave: str) -> dict[str, Json]:
    """Make a table of each coded question: a row a respondent with an answer, with the codes of each coder."""
    tables = study.tables[wave]
    return {each.id: _lines(study, tables, each.id) for each in tables.instrument.asked_in(wave) if each.coded}


def _lines(study: Study, tables: WaveTables, question: str) -> Json:
    answers = tables.clean[question]
    written = answers.notna().to_numpy()
    names = [str(name) for name in tables.respondents[written]]
    hashes = [answer_hash(str(answer)) for answer in answers[written]]
    decided = _decided(tables.codes, question)
    waiting = _of_question(tables.uncoded, question).set_index("respondent")["problem"].to_dict()
    ruled = _of_answers(study.adjudications.get(tables.wave, {}).get(question), names, hashes)
    texts = {
        "codes": [decided.get(name, (NOT_CODED, ""))[0] for name in names],
        "decided_by": [decided.get(name, ("", ""))[1] for name in names],
        "problem": [str(waiting.get(name, "")) for name in names],
        "by": [str(each.get("by", "")) for each in ruled],
        "why": [str(each.get("why", "")) for each in ruled],
        "accepted": _accepted(tables.codings.get(question, {}), names, hashes),
    }
    made = table(study.pool, texts=texts, values={"row": tables.kept[written].tolist()})
    return {**made, "coders": _coders(study, tables.codings.get(question, {}), names, hashes)}


def _decided(codes: pd.DataFrame, question: str) -> dict[str, tuple[str, str]]:
    """The final codes of each respondent, joined, and how they were decided."""
    grouped = _of_question(codes, question).groupby("respondent", sort=False)
    return {str(name): (";".join(part["code"]), str(part["decided_by"].iloc[0])) for name, part in grouped}


def _coders(
    study: Study, sheets: Mapping[str, pd.DataFrame], names: list[str], hashes: list[str]
) -> dict[str, list[int]]:
    """The codes that each coder gave to the answer as it stands today."""
    return {
        coder: study.pool.places(str(each.get("codes", "")) for each in _of_answers(lines, names, hashes))
        for coder, lines in sorted(sheets.items())
    }


def _accepted(sheets: Mapping[str, pd.DataFrame], names: list[str], hashes: list[str]) -> list[str]:
    """The codes of each answer that were suggested and accepted, by coder, with their scores as the files have them."""
    found: list[list[str]] = [[] for _ in names]
    for coder, lines in sorted(sheets.items()):
        for told, line in zip(found, _of_answers(lines, names, hashes), strict=True):
            if cell := str(line.get(SUGGESTED, "")):
                told.append(f"{coder}: {cell.replace(';', ', ')}")
    return ["; ".join(told) for told in found]


def _of_answers(lines: pd.DataFrame | None, names: list[str], hashes: list[str]) -> list[Mapping[Any, Any]]:
    """The line of a sheet that is of each respondent's answer; nothing where it was of another answer."""
    if lines is None:
        return [{} for _ in names]
    found: dict[tuple[str, str], Mapping[Any, Any]] = {
        (str(each["respondent"]), str(each["answer_sha256"])): each for each in lines.to_dict("records")
    }
    return [found.get(pair, {}) for pair in zip(names, hashes, strict=True)]


def _of_question(frame: pd.DataFrame, question: str) -> pd.DataFrame:
    return frame[frame["question"] == question]
