"""A coder's file and what came home from another program, row by row: nothing that a person wrote is written over."""

from dataclasses import dataclass

import pandas as pd

from recount.coding.outdated import OUTDATED
from recount.coding.sets import codes_in
from recount.coding.sheets import CODER_HEADER, SUGGESTED, VERSION
from recount.errors import Finding

NEW, FILLED, SAME, DIFFERENT = "new", "filled", "the same", "different"


@dataclass(frozen=True)
class Merged:
    """The file as it would be, how many rows came in which way, and the rows in which both say something else."""

    lines: pd.DataFrame
    counts: dict[str, int]
    conflicts: tuple[Finding, ...]

    @property
    def changed(self) -> bool:
        """Whether anything came that was not there."""
        return any(count for way, count in self.counts.items() if way != SAME)


def merged(
    file: str, there: pd.DataFrame | None, brought: pd.DataFrame, *, replace: bool = False, version: str = ""
) -> Merged:
    """Put rows into a coder's file, `file`: new ones at its end, codes where there were none or for other words.

    `version` is that of the codebook, where it has had others: rows that bring codes are given under it, and take the
    place of codes that have changed their meaning (`outdated`). A row of the file that holds other codes or another
    note for the same answer is a conflict; with `replace`, the row brought takes its place. What is not brought stays
    as it is, and so does the record of accepted suggestions.
    """
    rows = {row["respondent"]: row for row in ([] if there is None else _rows(there))}
    counts = dict.fromkeys((NEW, FILLED, SAME, DIFFERENT), 0)
    conflicts: list[Finding] = []
    for row in _rows(brought):
        row |= {VERSION: version if row["codes"] else ""}
        who = row["respondent"]
        way = _way(rows.get(who), row)
        counts[way] += 1
        if way == DIFFERENT and not replace:
            conflicts.append(_conflict(file, rows[who], row))
        elif way != SAME:
            rows[who] = _together(rows.get(who, row), row)
    kept = [name for name in (SUGGESTED, VERSION) if any(row[name] for row in rows.values())]
    names = [*CODER_HEADER, *kept]
    lines = pd.DataFrame([{name: row[name] for name in names} for row in rows.values()], columns=names, dtype="str")
    return Merged(lines, counts, tuple(conflicts))


def _rows(lines: pd.DataFrame) -> list[dict[str, str]]:
    names = (*CODER_HEADER, SUGGESTED, VERSION, OUTDATED)
    given = {name: lines[name].astype("str") if name in lines else "" for name in names}
    rows = lines.assign(**given)[[*given]].to_dict("records")
    return [{str(name): str(text) for name, text in row.items()} for row in rows]


def _way(there: dict[str, str] | None, row: dict[str, str]) -> str:
    if there is None:
        return NEW
    if there["answer_sha256"].strip().lower() != row["answer_sha256"]:
        return FILLED
    if there[OUTDATED] == str(True) and row["codes"]:
        return FILLED
    have, come = set(codes_in(there["codes"])), set(codes_in(row["codes"]))
    if (come and have and come != have) or (row["note"] and there["note"] and row["note"] != there["note"]):
        return DIFFERENT
    return FILLED if (come and not have) or (row["note"] and not there["note"]) else SAME


def _together(there: dict[str, str], row: dict[str, str]) -> dict[str, str]:
    """What is brought, and where that is silent, what was there; codes for other words are not."""
    current = there["answer_sha256"].strip().lower() == row["answer_sha256"]
    kept = current and not row["codes"]
    codes, version = (there if kept else row)["codes"], (there if kept else row)[VERSION]
    suggested = there[SUGGESTED] if current else ""
    return {**row, "codes": codes, "note": row["note"] or there["note"], SUGGESTED: suggested, VERSION: version}


def _conflict(file: str, there: dict[str, str], row: dict[str, str]) -> Finding:
    differs = "codes" if set(codes_in(there["codes"])) != set(codes_in(row["codes"])) else "note"
    return Finding(
        problem=f"the file says otherwise than what is brought: {row[differs]!r}",
        file=file,
        key=f"{differs} of respondent {row['respondent']}",
        value=there[differs],
        expected="the same, or nothing yet",
        mend="decide which holds; --replace takes what is brought, in these rows",
    )
