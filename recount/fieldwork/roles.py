"""Questions that read a column of the platform's own: the date of the response, its id."""

from collections.abc import Iterable, Iterator, Mapping

from recount.fieldwork.crosswalk import last_wave
from recount.fieldwork.pair import Pair
from recount.fieldwork.posed import Posed
from recount.fieldwork.profile import profile
from recount.ingest import limesurvey, qualtrics, surveymonkey
from recount.ingest.names import compact
from recount.ingest.raw import RawExport
from recount.study.instrument import Instrument


def role_pairs(
    instrument: Instrument, waves: Iterable[str], raw: RawExport, before: Mapping[str, RawExport]
) -> Iterator[Pair]:
    """Pair each question that read the platform's own column before with the column that plays its part now."""
    order = list(waves)
    for question in instrument.questions:
        last = last_wave(question, order)
        if not last or len(columns := question.columns_in(last)) != 1:
            continue
        role = _role(columns[0], before.get(last))
        column = raw.roles.get(role, "") if role else ""
        if column and question.type in ("date", "id", "text", "number"):
            only = profile(raw.column(column), raw)
            posed = Posed(column, "", "unknown", (only,))
            yield Pair(question, posed, last, None, None, 1.0 if column == columns[0] else 0.0, role=role)


def _role(column: str, before: RawExport | None) -> str:
    """The part that a column played in its export, or plays by its name on some platform; empty where it plays none."""
    for role, name in before.roles.items() if before else ():
        if name == column and role != "finished":
            return role
    for platform in (qualtrics, limesurvey, surveymonkey):
        for role, names in platform.ROLES.items():
            if compact(column) in names and role != "finished":
                return str(role)
    return ""
