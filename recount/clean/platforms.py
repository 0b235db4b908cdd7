"""The columns that platforms add to every export: known, so that no study need declare them."""

import json
import re
from collections.abc import Iterable

import pyarrow.compute as pc

from recount.clean.match import plain
from recount.ingest import limesurvey, qualtrics, surveymonkey
from recount.ingest.raw import Column, RawExport
from recount.study.settings import Roles

_QUALTRICS = """
startdate enddate status ipaddress progress duration durationinseconds finished recordeddate responseid recordid
recipientlastname recipientfirstname recipientemail externalreference externaldatareference locationlatitude
locationlongitude locationaccuracy distributionchannel userlanguage responseset
"""
_LEGACY = "name emailaddress"
_SURVEYMONKEY = """
respondentid collectorid startdate enddate datecreated datemodified ipaddress emailaddress firstname lastname
customdata customdata1 customdata2 customdata3 customdata4 customdata5 customdata6
"""
_LIMESURVEY = """
id responseid submitdate datesubmitted lastpage startlanguage seed startdate datestarted datestamp datelastaction
ipaddr ipaddress refurl referrerurl token accesscode firstname lastname email emailaddress interviewtime totaltime
"""
_KNOWN = {
    "qualtrics": set(_QUALTRICS.split()),
    "qualtrics-legacy": set((_QUALTRICS + _LEGACY).split()),
    "surveymonkey": set(_SURVEYMONKEY.split()),
    "limesurvey": set(_LIMESURVEY.split()),
}
# Qualtrics' checks against fraud and LimeSurvey's timings are named by pattern.
_PATTERNS = {
    "qualtrics": re.compile(
        r"Q_(RecaptchaScore|RelevantID\w*|BallotBoxStuffing|DuplicateRespondent|TotalDuration|Language|URL|CHL|StraightliningCount"
        r"|StraightliningPercentage|StraightliningQuestions|UnansweredPercentage|UnansweredQuestions|TerminateFlag)"
    ),
    "limesurvey": re.compile(r"groupTime\d+|.+Time|Group time: .+|Question time: .+"),
}
# A status has few values; a column of many different texts is none.
_FEW = 50


def is_platforms(column: Column, raw: RawExport) -> bool:
    """Tell whether a column is the platform's own, by its name, import id or (legacy) second header."""
    if column.name in raw.roles.values():
        return True
    known = _KNOWN.get(raw.format, set())
    names = {_compact(column.name), _compact(column.name.partition(". ")[0]), *map(_import_id, column.texts[1:])}
    if raw.format == "qualtrics-legacy" and re.fullmatch(r"V\d+", column.name):
        names.add(_compact(column.label))
    pattern = _PATTERNS.get(raw.format.removesuffix("-legacy"))
    return bool(names & known) or bool(pattern and pattern.fullmatch(column.name))


def role_of(column: Column, raw: RawExport, tests: Iterable[str]) -> str:
    """Tell which role an undeclared column seems to have, by a name that some platform uses or by what it holds.

    `tests` are the statuses of tests and previews; their numbers tell nothing, since any column can hold them. Empty
    where it seems to have none.
    """
    for platform in (qualtrics, limesurvey, surveymonkey):
        for role, names in platform.ROLES.items():
            if role in Roles.model_fields and _compact(column.name) in names:
                return str(role)
    said = {plain(status) for status in tests if not status.strip().isdigit()}
    texts = pc.unique(raw.texts(column.name).drop_null())
    few = len(texts) <= _FEW and any(plain(text) in said for text in texts.to_pylist())
    return "status" if few else ""


def _compact(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _import_id(text: str) -> str:
    if not text.startswith('{"ImportId"'):
        return ""
    try:
        return _compact(str(json.loads(text).get("ImportId", "")))
    except (json.JSONDecodeError, RecursionError):
        return ""
