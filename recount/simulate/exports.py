"""The form of an export: the platform's own columns, the header rows, and where each question's column stands."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recount.simulate.cells import moments
from recount.simulate.play import Play
from recount.study.instrument import Question
from recount.study.simulation import Form

HEADER_ROWS: Mapping[str, int] = {"qualtrics": 3, "surveymonkey": 2, "limesurvey": 1, "csv": 1, "tsv": 1, "spss": 0}

QUALTRICS = {
    "StartDate": ("Start Date", "startDate"),
    "EndDate": ("End Date", "endDate"),
    "Status": ("Response Type", "status"),
    "IPAddress": ("IP Address", "ipAddress"),
    "Progress": ("Progress", "progress"),
    "Duration (in seconds)": ("Duration (in seconds)", "duration"),
    "Finished": ("Finished", "finished"),
    "RecordedDate": ("Recorded Date", "recordedDate"),
    "ResponseId": ("Response ID", "_recordId"),
    "RecipientLastName": ("Recipient Last Name", "recipientLastName"),
    "RecipientFirstName": ("Recipient First Name", "recipientFirstName"),
    "RecipientEmail": ("Recipient Email", "recipientEmail"),
    "ExternalReference": ("External Data Reference", "externalDataReference"),
    "LocationLatitude": ("Location Latitude", "locationLatitude"),
    "LocationLongitude": ("Location Longitude", "locationLongitude"),
    "DistributionChannel": ("Distribution Channel", "distributionChannel"),
    "UserLanguage": ("User Language", "userLanguage"),
}
SURVEYMONKEY = (
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
    "Custom Data 1",
)
LIMESURVEY = (
    "id",
    "submitdate",
    "lastpage",
    "startlanguage",
    "seed",
    "startdate",
    "datestamp",
    "interviewtime",
    "ipaddr",
)
LETTERS = np.array(list("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789"))


@dataclass(frozen=True)
class Heading:
    """A column's name, its header cells from top to bottom, and the question that it belongs to."""

    name: str
    texts: tuple[str, ...]


def platform_cells(play: Play, records: pd.DataFrame, form: Form) -> dict[str, np.ndarray]:
    """The columns that the platform adds by itself, in its order."""
    if form == "qualtrics":
        return _qualtrics(play, records)
    if form == "surveymonkey":
        return _surveymonkey(play, records)
    if form == "limesurvey":
        return _limesurvey(play, records)
    return {}


def headings(play: Play, columns: list[str], form: Form) -> list[Heading]:
    """The header cells of all columns; a design may give a column another text at its top (`headers`)."""
    own = play.design.wave(play.wave).headers
    wordings = {name: (question, wording) for question, name, wording in _wordings(play)}
    made: list[Heading] = []
    last = ""
    for place, name in enumerate(columns):
        top = own.get(name, name)
        if form == "qualtrics":
            made.append(Heading(name, _three(top, name, place, wordings)))
        elif form == "surveymonkey":
            asked, _, option = name.removesuffix("]").rpartition(" [") if name.endswith("]") else (name, "", "")
            first = "" if option and asked == last else own.get(asked, asked) if option else top
            made.append(Heading(name, (first, option or _second(name, wordings))))
            last = asked
        else:
            made.append(Heading(name, (top,)[: HEADER_ROWS[form]]))
    return made


def _wordings(play: Play) -> Iterator[tuple[Question, str, str]]:
    """Each column of the instrument with its question and its wording; of an option, with the option's label."""
    for question in play.instrument.asked_in(play.wave):
        fielding = question.waves[play.wave]
        if fielding.column is not None:
            yield question, fielding.column, question.text_in(play.wave)
        labels = {category.id: category.label for category in question.categories}
        for category, name in fielding.columns.items():
            yield question, name, f"{question.text_in(play.wave)} - {labels[category]}"


def _three(top: str, name: str, place: int, wordings: Mapping[str, tuple[Question, str]]) -> tuple[str, ...]:
    if name in QUALTRICS:
        wording, identity = QUALTRICS[name]
    else:
        question, wording = wordings.get(name, (None, name))
        identity = f"QID{place}" + ("_TEXT" if question and question.type in ("text", "number", "id") else "")
    return top, wording, json.dumps({"ImportId": identity}, separators=(",", ":"))


def _second(name: str, wordings: Mapping[str, tuple[Question, str]]) -> str:
    if name in SURVEYMONKEY:
        return ""
    question, _ = wordings.get(name, (None, ""))
    return "Response" if question is not None and question.closed else "Open-Ended Response"


def _qualtrics(play: Play, records: pd.DataFrame) -> dict[str, np.ndarray]:
    recorded = moments(records["recorded"], "qualtrics")
    complete = (records["reached"] >= 1).to_numpy()
    preview = (records["kind"] == "preview").to_numpy()
    languages = {"en": "EN", "es": "ES", "fr": "FR", "pt": "PT-BR", "zh": "ZH-S"}
    spoken = pd.Series(play.members.languages).map(languages).fillna("EN").to_numpy(dtype=object)
    columns = {
        "StartDate": moments(records["started"], "qualtrics"),
        "EndDate": recorded,
        "Status": np.where(preview, "Survey Preview", "IP Address").astype(object),
        "Progress": np.char.mod("%d", np.round(records["reached"].to_numpy() * 100)).astype(object),
        "Duration (in seconds)": records["seconds"].to_numpy().astype(str).astype(object),
        "Finished": np.where(complete, "True", "False").astype(object),
        "RecordedDate": recorded,
        "ResponseId": _tokens(play, len(records)),
        "DistributionChannel": np.where(preview, "preview", "anonymous").astype(object),
        "UserLanguage": spoken[records["respondent"].to_numpy()],
    }
    return {name: columns.get(name, _blank(len(records))) for name in QUALTRICS}


def _surveymonkey(play: Play, records: pd.DataFrame) -> dict[str, np.ndarray]:
    count = len(records)
    start = int(play.chance("platform").integers(6_700_000_000, 6_800_000_000))
    columns = {
        "Respondent ID": (start + 1_637 * np.arange(count, dtype=np.int64)).astype(str).astype(object),
        "Collector ID": np.full(count, str(start // 40), dtype=object),
        "Start Date": moments(records["started"], "surveymonkey"),
        "End Date": moments(records["recorded"], "surveymonkey"),
    }
    return {name: columns.get(name, _blank(count)) for name in SURVEYMONKEY}


def _limesurvey(play: Play, records: pd.DataFrame) -> dict[str, np.ndarray]:
    count = len(records)
    recorded = moments(records["recorded"], "limesurvey")
    complete = (records["reached"] >= 1).to_numpy()
    spoken = play.members.languages[records["respondent"].to_numpy()]
    seeds = play.chance("platform").integers(10**8, 2 * 10**9, size=count)
    columns = {
        "id": (np.arange(count) + 12).astype(str).astype(object),
        "submitdate": np.where(complete, recorded, "").astype(object),
        "lastpage": np.where(complete, "7", np.char.mod("%d", (records["reached"] * 7).to_numpy())).astype(object),
        "startlanguage": np.where(spoken == "zh", "zh-Hans", spoken).astype(object),
        "seed": seeds.astype(str).astype(object),
        "startdate": moments(records["started"], "limesurvey"),
        "datestamp": recorded,
        "interviewtime": np.char.add(records["seconds"].to_numpy().astype(str), ".37").astype(object),
    }
    return {name: columns.get(name, _blank(count)) for name in LIMESURVEY}


def _tokens(play: Play, count: int) -> np.ndarray:
    """Ids such as Qualtrics gives: R_ and fifteen letters and digits."""
    letters = LETTERS[play.chance("platform").integers(len(LETTERS), size=(count, 15))]
    joined = np.ascontiguousarray(letters).view(f"<U{letters.shape[1]}").ravel() if count else np.array([], dtype=str)
    return np.char.add("R_", joined).astype(object)


def _blank(count: int) -> np.ndarray:
    return np.full(count, "", dtype=object)
