"""The phrases that may stand in the paper although no estimate says their numbers, or the design does not bear them."""

from pathlib import Path

from pydantic import Field

from recount.study.declared import Declared, read_yaml


class Literals(Declared):
    """Each phrase as it is written in the paper, and why it may stand.

    Names with numbers (COVID-19, SDG 11), dates of treaties; denials ("do not state a sampling error") in a paper on
    respondents who were not drawn at random.
    """

    literals: dict[str, str] = Field(default={}, description="phrase: why")


def read_literals(file: str | Path) -> Literals:
    """Read report/literals.yaml; raise `StudyError` with every mistake in it."""
    return Literals.declared_in(str(file), read_yaml(file))
