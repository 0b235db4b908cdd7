"""SurveyMonkey: a header row of questions and, in the expanded export, a second one of options."""

from recount.ingest.layout import Head, Layout
from recount.ingest.names import Keys, columns_of, compact, roles_by, row_of
from recount.ingest.raw import Column, normalised

# What the second header row says where a question has no options, in the platform's languages.
NO_OPTION = {
    "response",
    "open-ended response",
    "antwort",
    "offene antwort",
    "réponse",
    "réponse ouverte",
    "respuesta",
    "respuesta abierta",
    "resposta",
    "resposta aberta",
    "risposta",
    "risposta aperta",
}

ROLES: Keys = {
    "started": ("startdate", "datecreated"),
    "recorded": ("enddate", "datemodified"),
    "respondent": ("respondentid",),
}


def recognised(head: Head) -> Layout | None:
    """Tell a SurveyMonkey export by its first column, the respondent's id."""
    if not head or not head[0] or compact(head[0][0]) != "respondentid":
        return None
    if has_options(head):
        return Layout("surveymonkey", 2, "the first column is Respondent ID, and the second row holds options")
    return Layout("surveymonkey", 1, "the first column is Respondent ID")


def columns(header: Head) -> tuple[Column, ...]:
    """Join question and option to `Question [Option]`; a question stands for the options to its right."""
    questions = _carried(row_of(header, 0), row_of(header, 1))
    names = [_joined(question, option) for question, option in zip(questions, row_of(header, 1), strict=True)]
    return columns_of(header, names, questions)


def roles(found: tuple[Column, ...]) -> dict[str, str]:
    """Find the platform's columns: the respondent's id, when the response was started and last changed."""
    return roles_by([(compact(column.name), column.name) for column in found], ROLES)


def has_options(head: Head) -> bool:
    """Tell a second header row: it has no respondent, and it says `Response` or goes on with a question."""
    if len(head) < 2 or not head[1] or head[1][0].strip():  # noqa: PLR2004 - two rows
        return False
    cells = list(zip(row_of(head[:2], 0), row_of(head[:2], 1), strict=True))
    return any(
        normalised(option).lower() in NO_OPTION or (option.strip() and not question) for question, option in cells
    )


def _carried(questions: list[str], options: list[str]) -> list[str]:
    """Repeat a question over the nameless columns to its right that hold its options."""
    carried: list[str] = []
    last = ""
    for question, option in zip(questions, options, strict=True):
        last = question if question.strip() else last
        carried.append(last if question.strip() or option.strip() else question)
    return carried


def _joined(question: str, option: str) -> str:
    plain = not option.strip() or normalised(option).lower() in NO_OPTION
    return question if plain else f"{question} [{option}]"
