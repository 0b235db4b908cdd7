"""The questionnaire on the audit pages: what was asked, of whom, in which words, in each wave."""

from typing import Any

from recount.audit.pages.study import Study
from recount.study.instrument import Category, Question

Json = dict[str, Any]


def questions(study: Study) -> list[Json]:
    """List the questions in the order of the questionnaire."""
    return [_question(study, each) for each in study.instrument.questions]


def codebook(study: Study) -> dict[str, list[Json]]:
    """List the codes of each open-ended question, as the codebook defines them."""
    if study.codebook is None:
        return {}
    return {
        question: [code.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for code in codes]
        for question, codes in study.codebook.questions.items()
    }


def _question(study: Study, question: Question) -> Json:
    return {
        "id": question.id,
        "label": question.label,
        "text": question.text,
        "type": question.type,
        "section": question.section,
        "base": question.base,
        "unit": question.unit,
        "coded": question.coded,
        "categories": [_category(each) for each in question.categories],
        "nets": {name: list(members) for name, members in question.nets.items()},
        "labels": study.lookup.categories(question.id),
        "waves": {wave: _fielding(study, question, wave) for wave in question.waves if wave in study.tables},
    }


def _category(category: Category) -> Json:
    return category.model_dump(mode="json", exclude_defaults=True, include={"id", "label", "missing", "score", "alone"})


def _fielding(study: Study, question: Question, wave: str) -> Json:
    fielding = question.waves[wave]
    return {
        "text": question.text_in(wave),
        "columns": list(study.tables[wave].export_columns(question.id)),
        "offered": [each.id for each in question.offered_in(wave)],
        "universe": [[name, list(categories)] for name, categories in question.universe_in(wave).items()],
        "comparable": fielding.comparable,
        "note": fielding.note,
    }
