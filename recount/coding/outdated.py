"""Codes that were given under an earlier version of the codebook, and have changed their meaning since.

The lines of a coder's file say in `codebook_version` under which version they were given; a line that does not say was
given under the oldest. A line with a code that means something else today counts no longer: it is blank, and marked.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from recount.coding.sets import codes_in
from recount.coding.sheets import VERSION
from recount.errors import Finding, nearest
from recount.study.versions import Versions

OUTDATED = "outdated"


def standing(lines: pd.DataFrame, question: str, versions: Versions | None) -> pd.DataFrame:
    """Blank the codes of lines that are outdated, and mark these; without earlier versions none are."""
    marks = outdated(lines, question, versions)
    return lines.assign(codes=lines["codes"].mask(marks, ""), **{OUTDATED: marks})


def outdated(lines: pd.DataFrame, question: str, versions: Versions | None) -> npt.NDArray[np.bool_]:
    """Say of each line whether it has a code that means something else today, or is gone."""
    if versions is None or len(versions.all) == 1:
        return np.zeros(len(lines), dtype=np.bool_)
    gone = {each: versions.outdated(question, each) for each in versions.known}
    cells = zip(lines["codes"].fillna(""), _versions(lines, versions), strict=True)
    marks = [not gone.get(version, frozenset()).isdisjoint(codes_in(cell)) for cell, version in cells]
    return np.array(marks, dtype=np.bool_)


def unknown_versions(lines: pd.DataFrame, versions: Versions | None) -> list[Finding]:
    """Find the lines that name a version which nobody kept."""
    if versions is None or VERSION not in lines:
        return []
    return [
        Finding(
            problem="there is no such version of the codebook",
            file=str(line["file"]),
            row=int(line["row"]),
            key=f"{VERSION} of respondent {line['respondent']}",
            value=str(line[VERSION]),
            expected=nearest(str(line[VERSION]), list(versions.known)),
            mend="keep that version as data/coding/codebook/VERSION.yaml, or mend the cell",
        )
        for line in lines[~lines[VERSION].isin(["", *versions.known])].to_dict("records")
    ]


def _versions(lines: pd.DataFrame, versions: Versions) -> list[str]:
    if VERSION not in lines:
        return [versions.known[0]] * len(lines)
    return [str(each).strip() or versions.known[0] for each in lines[VERSION].fillna("")]
