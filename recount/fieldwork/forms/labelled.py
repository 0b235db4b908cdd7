"""SPSS and Stata files as questionnaires: labels of variables and of values."""

from recount.fieldwork.stated import Option, Questionnaire, Stated
from recount.ingest.raw import RawExport


def read(raw: RawExport) -> Questionnaire:
    """Take wordings and options from the labels of a data file, for an export that has none."""
    return Questionnaire(
        raw.format,
        "",
        tuple(
            Stated(
                name=column.name,
                text=column.label,
                asks="single" if column.labels else "unknown",
                options=tuple(Option(label, code) for code, label in column.labels.items()),
            )
            for column in raw.columns
        ),
    )
