"""LimeSurvey: one header row of question codes (`G01Q02`, `Q5[SQ001]`), of wordings, or of both."""

from recount.ingest.layout import Head, Layout
from recount.ingest.names import Keys, columns_of, compact, roles_by, row_of
from recount.ingest.raw import Column

# The headings of the platform's columns: as codes, and as the English full headings.
SUBMITTED = ("submitdate", "datesubmitted")
OWN_NAMES = ("lastpage", "startlanguage", "seed", "startdate", "datestarted")

# An unfinished response has no submission date: it serves as `finished`, too.
ROLES: Keys = {
    "finished": SUBMITTED,
    "duration": ("interviewtime", "totaltime"),
    "started": ("startdate", "datestarted"),
    "recorded": SUBMITTED,
    "respondent": ("id", "responseid"),
}


def recognised(head: Head) -> Layout | None:
    """Tell a LimeSurvey export by the headings that it always writes."""
    found = {_key(name) for name in head[0]} if head else set()
    if found.isdisjoint(SUBMITTED) or found.isdisjoint(OWN_NAMES) or found.isdisjoint(ROLES["respondent"]):
        return None
    return Layout("limesurvey", 1, "the columns id, submitdate and lastpage are LimeSurvey's own")


def columns(header: Head) -> tuple[Column, ...]:
    """Name the columns by the header row; a heading of code and wording gives its wording as label."""
    names = row_of(header, 0)
    return columns_of(header, names, [_wording(name) for name in names])


def roles(found: tuple[Column, ...]) -> dict[str, str]:
    """Find the platform's columns by code or by heading."""
    return roles_by([(_key(column.name), column.name) for column in found], ROLES)


def _key(heading: str) -> str:
    return compact(heading.partition(". ")[0])


def _wording(heading: str) -> str:
    """The wording in a heading such as `Q2. How old are you?`; a code has no blanks."""
    code, point, wording = heading.partition(". ")
    return wording if point and code and not any(letter.isspace() for letter in code) else ""
