"""Answers quoted in the paper: drawn by lot, once each, from those that a person cleared, with a trace to the cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pandas as pd
from markupsafe import Markup

from recount.building import build
from recount.errors import EstimateError, Finding, TemplateError
from recount.write.lookup import Lookup
from recount.write.page import Page

# The marks of each language; a thin blank that does not break stands within French ones.
MARKS = {"de": "„“", "es": "«»", "fr": "«\u202f\u202f»", "it": "«»", "pt": "«»", "ru": "«»", "ja": "「」"}
USUAL = "“”"
# So many of those that could be cleared are named where too few are.
NAMED = 5
HEADER = "respondent,question,answer_sha256,language,cleared_by,when"


@dataclass(frozen=True, kw_only=True)
class Quotation:
    """An answer, redacted, as it may be printed, and where it comes from: the row and column of the wave's export."""

    question: str
    code: str
    wave: str
    respondent: str
    answer_sha256: str
    language: str
    cleared_by: str
    text: str
    redactions: int
    row: int
    column: str

    @property
    def marked(self) -> str:
        """The text on one line, between the quotation marks of its language."""
        marks = MARKS.get(self.language.partition("-")[0].lower(), USUAL)
        half = len(marks) // 2
        return f"{marks[:half]}{self.line}{marks[half:]}"

    @property
    def line(self) -> str:
        """The text with a stroke where a line ended: points of a list must not run into each other."""
        return " / ".join(line.strip() for line in self.text.splitlines() if line.strip())


class Quotations:
    """The function `quote` of one paper; `quotable` holds each wave's quotable.csv."""

    def __init__(self, quotable: Mapping[str, pd.DataFrame], page: Page, lookup: Lookup) -> None:
        self._quotable = quotable
        self._page = page
        self._lookup = lookup
        self._used: set[tuple[str, str, str]] = set()

    def quote(self, question: str, *, code: str, k: int = 1, wave: str | None = None) -> Markup:
        """Quote k answers that have a code, as a block of their own.

        They are drawn by lot among the answers cleared for quotation: by the hash of question, code and answer, so that
        the same ones come every time. No answer is quoted twice. Raise `EstimateError` where the share of the code must
        not be shown, or so few answers are cleared; `TemplateError` outside of the text.
        """
        if self._page.part != "prose":
            raise TemplateError(Finding(problem="an answer is quoted in the text alone", key="quote", value=question))
        if not isinstance(k, int) or isinstance(k, bool) or k < 1:
            raise TemplateError(
                Finding(problem="say how many answers to quote", key="quote", value=str(k), expected="k=2")
            )
        share = (
            self._lookup.find("share", question, code, wave=wave)
            if wave
            else self._lookup.find("share", question, code)
        )
        if share.hidden:
            problem = f"the share of this code is hidden ({share.hidden}), so nobody who gave it may be quoted"
            raise EstimateError(Finding(problem=problem, key=f"quote({question!r}, code={code!r})"))
        wave = share.row.wave if share.row else ""
        rows = self._having(question, code, wave)
        chosen = sorted((row for row in rows if row["text"]), key=lambda row: _lot(question, code, row))[:k]
        if len(chosen) < k:
            asked = f"quote({question!r}, code={code!r}, k={k})"
            file = f"{self._lookup.settings.coding.folder}/cleared/{wave}.csv"
            raise EstimateError(_too_few(asked, rows, file=file, begun=wave in self._quotable))
        return Markup("\n\n> {}\n\n").format(Markup("\n>\n> ").join(self._quoted(row, code, wave) for row in chosen))

    def _having(self, question: str, code: str, wave: str) -> list[dict[str, Any]]:
        """The coded answers with a code that are not quoted yet; those that are not cleared have no text."""
        table = self._quotable.get(wave)
        rows = [] if table is None else table[table["question"] == question].to_dict("records")
        return [
            {str(name): value for name, value in row.items()}
            for row in rows
            if code in row["codes"].split(";") and (wave, question, row["respondent"]) not in self._used
        ]

    def _quoted(self, row: Mapping[str, Any], code: str, wave: str) -> Markup:
        self._used.add((wave, row["question"], row["respondent"]))
        known = {name: value for name, value in row.items() if name in Quotation.__dataclass_fields__}
        quotation = Quotation(**known, code=code, wave=wave)
        why = f"answer of {quotation.respondent} in {wave}, cleared by {quotation.cleared_by}"
        self._page.allow("quotation", quotation.line, why)
        self._page.allow("quotation", source_of(quotation, self._lookup.settings.waves[wave].title), why)
        return Markup(self._page.print("quotation", quotation.marked, quotation))  # noqa: S704 - a marker of ours


def _too_few(asked: str, rows: list[dict[str, Any]], *, file: str, begun: bool) -> Finding:
    """Tell how many answers could be quoted, and name some that could be cleared, as lines to add.

    Which ones could be is known once the file of those that are cleared was `begun`, if by its header alone.
    """
    there = sum(bool(row["text"]) for row in rows)
    uncleared = [f"{row['respondent']},{row['question']},{row['answer_sha256']}" for row in rows if not row["text"]]
    lines = "".join(f"\n        {line},LANGUAGE,WHO CLEARED IT," for line in uncleared[:NAMED])
    begin = f"write {file} with this header alone, then {build()}: it lists answers that could be cleared"
    mend = f"read an answer, and clear it there with a line; these have the code:{lines}" if lines else "quote fewer"
    return Finding(
        problem=f"{there} answers with this code are cleared for quotation and not quoted yet",
        key=asked,
        expected=f"enough of them in {file}, below the header {HEADER}",
        mend=mend if begun else begin,
    )


def source_of(quotation: Quotation, wave: str) -> str:
    """Say who is quoted: the respondent's pseudonym, and the wave by its title."""
    return f"{quotation.respondent}, {wave or quotation.wave}"


def _lot(question: str, code: str, row: Mapping[str, Any]) -> str:
    return sha256("\x1f".join((question, code, row["respondent"], row["answer_sha256"])).encode()).hexdigest()
