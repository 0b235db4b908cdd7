"""The names of the columns of clean.parquet, which all later stages use."""

from collections import Counter

from recount.errors import Finding
from recount.study.instrument import Instrument, Question

RESPONDENT = "respondent"
ROW = "row"


def ticked_column(question: str, category: str) -> str:
    """Name the column that says whether a category of a multi-select question was ticked."""
    return f"{question}__{category}"


def columns_of(question: Question) -> tuple[str, ...]:
    """Name the clean columns of a question: one, or one per category of a multi-select question, offered or not."""
    if question.type == "multi":
        return tuple(ticked_column(question.id, category.id) for category in question.categories)
    return (question.id,)


def stored_questions(instrument: Instrument, wave: str) -> tuple[Question, ...]:
    """List the questions that have columns of their own: all but the one whose answer is `respondent`."""
    identity = instrument.of_type("id", wave)
    return tuple(question for question in instrument.asked_in(wave) if question is not identity)


def clean_columns(instrument: Instrument, wave: str) -> tuple[str, ...]:
    """Name all columns of the wave's clean table, in order."""
    named = [name for question in stored_questions(instrument, wave) for name in columns_of(question)]
    return (RESPONDENT, ROW, *named)


def column_findings(instrument: Instrument, wave: str, file: str) -> list[Finding]:
    """Find question ids that would give two clean columns the same name."""
    counted = Counter(clean_columns(instrument, wave))
    return [
        Finding(
            problem="two columns of the clean table would have this name",
            file=file,
            key="questions",
            value=name,
            expected="another id for the question",
        )
        for name, times in counted.items()
        if times > 1
    ]
