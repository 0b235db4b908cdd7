"""What is refused before anything is written: a name that is no folder's, an export of another survey."""

import re

from recount.building import command
from recount.errors import ExportError, Finding, StudyError
from recount.fieldwork.adding import Comparison

_NAME = re.compile(r"\w[\w.-]*")


def check_name(wave: str) -> None:
    """Raise `StudyError` where a wave's name cannot be that of its folder."""
    if not _NAME.fullmatch(wave):
        raise StudyError(
            Finding(
                problem="this cannot be the name of a wave: its files stand in a folder of that name",
                value=wave,
                expected="letters, digits, `_`, `-` and `.`, such as 2024 or spring-2024",
                mend=command("wave", "add", "EXPORT", "--wave", "NAME"),
            )
        )


def check_same_survey(compared: Comparison, *, file: str) -> None:
    """Raise `ExportError` where none of an export's questions is one of the study's."""
    if compared.asked.questions and not compared.written and all(each.pair.role for each in compared.proposals):
        raise ExportError(
            Finding(
                problem="none of its questions is one of the study's: this seems to be another survey",
                file=file,
                expected="an export of the survey that the instrument describes",
                mend="for another survey: recount init --from EXPORT FOLDER; where the columns are known and nothing "
                "words them: --same-columns, or --instrument FILE",
            )
        )
