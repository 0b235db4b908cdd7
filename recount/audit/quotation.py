"""The chain from an answer that the paper quotes to the raw cell: who cleared it, what was taken out, what it was."""

from collections.abc import Iterator, Mapping
from typing import Any

from recount.audit.cells import Cell, cell_of
from recount.audit.tables import WaveTables
from recount.display.counts import counted
from recount.study.instrument import Instrument

Json = Mapping[str, Any]

DIGITS = 12  # of a SHA-256, to be told apart by eye; the ledger has them all


def quotation_of(ledger: Json, what: str) -> Json | None:
    """Find the quotation that is meant, by id (`q-1`) or by its words; None where none is."""
    wanted = " ".join(what.split())
    return next((each for each in ledger["quotations"] if wanted in (each["id"], " ".join(each["text"].split()))), None)


def quotation_parts(
    quotation: Json, ledger: Json, tables: WaveTables, instrument: Instrument, *, rows: bool = False
) -> Iterator[tuple[str, str]]:
    """Name what leads from a quotation to the raw file, part by part; with `rows`, the raw cell's text itself, too.

    That text holds what was taken out of the quotation: it is for those who may see the responses.
    """
    wave, question = quotation["wave"], quotation["question"]
    cell = cell_of(question, quotation["row"], quotation["column"], tables)
    sealed = ledger["waves"][wave]
    yield "question", instrument.by_id[question].text_in(wave)
    yield "answer", f"of {quotation['respondent']} in {wave}, SHA-256 {quotation['answer_sha256'][:DIGITS]}…"
    yield "drawn", f"by lot, of the answers with the code {quotation['code']} that are cleared for quotation"
    yield "cleared", f"by {quotation['cleared_by']}, for these words, in {quotation['language']}"
    yield "redacted", _redacted(quotation["redactions"], wave)
    yield "coded", f"{', '.join(cell.codes)}, by {cell.decided_by}"
    yield "cleaned", f"{cell.rule}: {cell.reason}" if cell.rule else "the cell was not changed"
    yield "raw cell", f"row {quotation['row']}, column {quotation['column']}{_text(cell) if rows else ''}"
    simulated = "; its responses are simulated" if sealed["simulated"] else ""
    yield "raw file", f"{sealed['export']}, SHA-256 {sealed['sha256'][:DIGITS]}…, {sealed['format']}{simulated}"


def _redacted(redactions: int, wave: str) -> str:
    return f"{counted(redactions, 'place')}, in results/{wave}/redactions.csv" if redactions else "nothing"


def _text(cell: Cell) -> str:
    return f": {cell.raw}"
