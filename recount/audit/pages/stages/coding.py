"""The stage of coding: which answers got which codes, by whose decision, and how far the coders agreed."""

from typing import Any

import pandas as pd

from recount.audit.pages.checks import Check
from recount.audit.pages.exact import exact
from recount.audit.pages.study import Study
from recount.coding.statistics import AGREEMENT
from recount.display.formatter import COEFFICIENT_DECIMALS
from recount.study.instrument import Question

Json = dict[str, Any]
SHARES = ("precision", "recall")


def coding(study: Study, wave: str) -> Json:
    """Tell how a wave's open-ended answers were coded, question by question."""
    found = [_question(study, each, wave) for each in study.tables[wave].instrument.asked_in(wave) if each.coded]
    return {
        "in": sum(each["answers"] for each in found),
        "out": sum(each["coded"] for each in found),
        "questions": found,
        "checks": [each.plain() for each in _checks(study, wave, found)],
    }


def _question(study: Study, question: Question, wave: str) -> Json:
    tables = study.tables[wave]
    codes = tables.codes[tables.codes["question"] == question.id]
    each_once = codes.drop_duplicates("respondent")
    return {
        "question": question.id,
        "answers": int(tables.clean[question.id].notna().sum()),
        "coded": len(each_once),
        "uncoded": int((tables.uncoded["question"] == question.id).sum()),
        "decided_by": {str(by): int(n) for by, n in sorted(each_once["decided_by"].value_counts().items())},
        "codes": {str(code): int(n) for code, n in sorted(codes["code"].value_counts().items())},
        "agreement": _agreement(study, wave, question.id),
        "suggestions": _suggestions(study, wave, question.id),
    }


def _agreement(study: Study, wave: str, question: str) -> list[Json]:
    """Each code's coefficients, and under "" those of the question as a whole; blank where not estimable."""
    frame = study.agreement.get(wave, pd.DataFrame({"question": []}))
    rows: dict[str, Json] = {}
    for each in frame[frame["question"] == question].to_dict("records"):
        row = rows.setdefault(str(each["code"]), {"code": str(each["code"]), "n": int(each["n"])})
        row[str(each["statistic"])] = _written(study, str(each["statistic"]), each["value"])
    return list(rows.values())


def _suggestions(study: Study, wave: str, question: str) -> list[Json]:
    """How often suggestions of each code were right (precision) and how many were found (recall), by what suggests."""
    if study.suggestions is None:
        return []
    here = study.suggestions[(study.suggestions["question"] == question) & (study.suggestions["wave"] == wave)]
    rows: dict[str, Json] = {}
    for each in here.to_dict("records"):
        row = rows.setdefault(str(each["code"]), {"code": str(each["code"])})
        row[str(each["by"])] = {
            "given": int(each["given"]),
            "suggested": int(each["suggested"]),
            **{name: study.formatter.percent(float(each[name])) if each[name] else "" for name in SHARES},
        }
    return list(rows.values())


def _written(study: Study, statistic: str, value: float) -> str:
    if not exact(value):
        return ""
    if AGREEMENT[statistic] == "share":
        return study.formatter.percent(value)
    return study.formatter.value(value, "coefficient", decimals=COEFFICIENT_DECIMALS)


def _checks(study: Study, wave: str, found: list[Json]) -> list[Check]:
    tables = study.tables[wave]
    known = study.codebook.questions if study.codebook else {}
    used = {(str(each["question"]), str(each["code"])) for each in tables.codes.to_dict("records")}
    codes = {(question, code.id) for question, several in known.items() for code in several}
    strangers = sorted("/".join(pair) for pair in used - codes if pair[1] != "none")
    return [
        *(
            study.checks.adds_up(
                f"{study.instrument.by_id[each['question']].label}: every answer is coded, or listed as waiting",
                {"coded": each["coded"], "waiting": each["uncoded"]},
                {"answers": each["answers"]},
            )
            for each in found
        ),
        study.checks.none_of("Every code stands in the codebook", strangers, len(used)),
    ]
