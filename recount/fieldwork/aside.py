"""The columns of an export that are nobody's answer: the platform's own, and those that would tell who answered."""

import re
from dataclasses import dataclass

from recount.clean.match import plain
from recount.clean.platforms import is_platforms
from recount.fieldwork.profile import Profile
from recount.ingest.raw import RawExport, normalised

# What platforms that write plain CSV add by themselves (REDCap, ODK, SurveyCTO, KoboToolbox, Google Forms, Alchemer).
_OWN = re.compile(
    r"redcap_\w+|\w+_timestamp|\w+_complete|submissiondate|starttime|endtime|today|deviceid|subscriberid|simid"
    r"|devicephonenum|username|duration|caseid|instanceid|instancename|formdef_version|key|parent_key|set-of-.*"
    r"|meta-instance(id|name)|meta/instance(id|name)|_id|_uuid|_submission_time|_validation_status|_notes|_status"
    r"|_submitted_by|__version__|_tags|_index|timestamp|time started|date submitted|startedat|finishedat"
    r"|start ?date|end ?date|recorded ?date|attachmentsexpected|attachmentspresent|reviewstate|devicephone|submitterid"
    r"|submittername|isvalidated|response ?id|respondent ?id|collector ?id|legacy value|session ?id|user ?agent"
    r"|referer",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(response )?status|completed?|finished", re.IGNORECASE)
_PROGRESS = {
    "complete",
    "completed",
    "partial",
    "incomplete",
    "in progress",
    "disqualified",
    "unfinished",
    "terminated",
}
_PERSONAL = re.compile(
    r"\b(ip|ipaddr|ip ?address|e-?mail|e-?mail ?address|first ?name|last ?name|full ?name|given ?name|surname"
    r"|your name|family ?name|phone|telephone|mobile|phone ?number|street|address|latitude|longitude|gps|geopoint"
    r"|date of birth|dob|birth ?date|passport|social security|nachname|vorname|apellido|courriel|nom de famille"
    r"|location ?latitude|location ?longitude|recipient\w*)\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_ADDRESS = re.compile(r"(\d{1,3}\.){3}\d{1,3}|([0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}", re.IGNORECASE)
_LOOKED_AT = 200
# A wording that is longer asks about a thing (do you own a mobile phone?) rather than for a person's own.
_WORDS_OF_A_FIELD = 6
# What so many respondents share on average is no data of one of them.
_SHARED = 3


@dataclass(frozen=True)
class Aside:
    """A column that is left out, and why; `platforms` are those that no study need declare."""

    column: str
    reason: str
    platforms: bool = False


def is_progress(profile: Profile) -> bool:
    """Tell whether a column says how far a response went, as some platforms do in a column called Status."""
    said = {plain(text) for text in profile.answers}
    return bool(_STATUS.fullmatch(normalised(profile.column.name))) and bool(said) and said <= _PROGRESS


def aside(profile: Profile, raw: RawExport, *, personal: bool = False) -> Aside | None:
    """Say why a column is left out unless a person decides otherwise; None where it may be an answer."""
    column = profile.column
    if personal or _is_personal(profile):
        return Aside(column.name, "personal data, not used", is_platforms(column, raw))
    if is_platforms(column, raw):
        return Aside(column.name, "the platform's own", platforms=True)
    if _OWN.fullmatch(normalised(column.name)) or is_progress(profile):
        return Aside(column.name, "the platform's own")
    if not normalised(column.texts[0] if column.texts else column.name) and profile.holds == "numbers":
        return Aside(column.name, "numbers the rows")
    return None


def _is_personal(profile: Profile) -> bool:
    named = [re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", profile.column.name), profile.column.label]
    if any(_PERSONAL.search(text) and len(text.split()) <= _WORDS_OF_A_FIELD for text in named):
        return profile.holds not in ("ticks", "options") or len(profile.answers) * _SHARED > profile.filled
    texts = [text.strip() for text in list(profile.answers)[:_LOOKED_AT]]
    alike = [text for text in texts if _EMAIL.fullmatch(text) or _ADDRESS.fullmatch(text)]
    return bool(texts) and len(alike) * 2 > len(texts)
