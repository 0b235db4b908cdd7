"""The rows about the wave as a whole: from those contacted to those whose answers count."""

import pandas as pd

from recount.clean.exclusions import REASONS
from recount.clean.reading import RULES
from recount.errors import EstimateError, Finding
from recount.estimate.rows import Block, wave_row
from recount.study.settings import Wave


def flow_rows(
    wave: str, *, declared: Wave, received: int, excluded: pd.DataFrame, changes: pd.DataFrame, respondents: int
) -> list[Block]:
    """Make the rows contacted, received, excluded, respondents, response_rate, changed_cells."""
    _check(wave, declared, received, len(excluded), respondents)
    rows = [wave_row(wave, "contacted", declared.contacted)] if declared.contacted else []
    rows.append(wave_row(wave, "received", received))
    rows += [
        wave_row(wave, "excluded", count, category=reason, n=count, base=received)
        for reason, count in _counted(excluded["reason"], REASONS).items()
    ]
    rows.append(wave_row(wave, "respondents", respondents, n=respondents, base=received))
    if declared.contacted:
        rate = respondents / declared.contacted
        rows.append(wave_row(wave, "response_rate", rate, n=respondents, base=declared.contacted, unit="share"))
    rows += [
        wave_row(wave, "changed_cells", count, category=rule, unit="number")
        for rule, count in _counted(changes["rule"], RULES[1:]).items()  # the first is "no change"
    ]
    return rows


def _counted(column: pd.Series, known: tuple[str, ...]) -> dict[str, int]:
    found = column.value_counts()
    others = sorted(set(found.index) - set(known))
    return {name: int(found.get(name, 0)) for name in (*known, *others)}


def _check(wave: str, declared: Wave, received: int, excluded: int, respondents: int) -> None:
    findings = []
    if respondents + excluded != received:
        findings.append(
            Finding(
                problem=f"{respondents} rows kept and {excluded} excluded are not the {received} rows of the export",
                file="excluded.csv",
                mend="clean the wave again",
            )
        )
    for name, count in (("contacted", declared.contacted), ("frame", declared.frame)):
        if count is not None and respondents > count:
            findings.append(
                Finding(
                    problem=f"there are {respondents} respondents",
                    file="config.yaml",
                    key=f"waves.{wave}.{name}",
                    value=str(count),
                    expected=f"{respondents} or more",
                    mend="mend the number, or find the responses that are duplicates or from outside the frame",
                )
            )
    if findings:
        raise EstimateError(*findings)
