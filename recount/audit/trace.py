"""The chain from a number or quotation to the raw cells, as text for a terminal: what `recount trace` prints."""

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from recount.audit.cells import Cell, cells
from recount.audit.io import Results
from recount.audit.printable import printable
from recount.audit.provenance import estimate_of, provenance
from recount.audit.quotation import quotation_of, quotation_parts
from recount.building import command
from recount.display.formatter import Formatter
from recount.errors import AuditError, Finding, nearest
from recount.study.instrument import Instrument
from recount.write.ledger import FIELDS

Json = Mapping[str, Any]

WIDTH = 100
INDENT = 12
DIGITS = 12  # of a SHA-256, to be told apart by eye; the ledger has them all
ANSWER = 60
HEAD = ("row", "respondent", "counted", "column", "raw cell", "change", "clean")


def numbers_of(ledger: Json, what: str) -> list[Json]:
    """Find the numbers that are meant: by id (`n-12`), entry (`e-3`), key of an estimate, or as printed (`86%`).

    None where it is the key of an estimate that the paper does not print; raise `AuditError` where it is nothing known.
    """
    wanted = what.strip()
    if plainly := [number for number in ledger["numbers"] if number["formula"] == wanted]:
        return plainly
    found = [
        number
        for number in ledger["numbers"]
        if wanted in (number["id"], number["entry"], *number["keys"])
        or wanted.replace(" ", "") == number["display"].replace(" ", "")
    ]
    if found or wanted.count("/") > 1:
        return found
    if re.fullmatch(r"c-\d+", wanted):
        raise AuditError(Finding(problem="this is a claim, and no number", value=wanted, mend=command("claims")))
    known = [*{number["display"]: None for number in ledger["numbers"]}, *ledger["estimates"]]
    raise AuditError(
        Finding(
            problem="the paper has no such number",
            value=wanted,
            expected=f"an id (n-1 to n-{len(ledger['numbers'])}), a number as printed, or a key; "
            + nearest(wanted, known),
            mend="see the paper's appendix, results/paper/numbers.json (quotations: q-1), results/estimates.csv",
        )
    )


class Chain:
    """Writes chains; `instrument` knows the wording of the questions, `formatter` how numbers are written."""

    def __init__(self, ledger: Json, instrument: Instrument, formatter: Formatter) -> None:
        """Take the ledger with its provenance."""
        self._ledger = ledger
        self._instrument = instrument
        self._write = formatter

    def of_number(self, number: Json) -> str:
        """Write the chain of one number: where it stands, what it is made of, and each estimate's way to raw cells."""
        place = number["file"] + (f", line {number['line']}" if number["line"] else "")
        place += f", {number['declared_at']}" if number["declared_at"] else ""
        lines = [f"{number['id']}  {number['display']}  {number['part']}: {place}"]
        lines += textwrap.wrap(f'"{number["sentence"]}"', WIDTH, initial_indent="  ", subsequent_indent="  ")
        if number["formula"] not in number["keys"]:
            lines.append(f"  = {number['formula']}")
        if not number["keys"]:
            lines.append("  declared by the study, not estimated")
        blocks = ["\n".join(map(printable, lines if number["sentence"] else [lines[0], *lines[2:]]))]
        return "\n".join([*blocks, *(self.of_estimate(key, self._ledger["estimates"][key]) for key in number["keys"])])

    def of_quotation(self, quotation: Json, parts: Iterable[tuple[str, str]]) -> str:
        """Write the chain of a quotation: where it stands, what was printed, and its way to the raw cell."""
        place = quotation["file"] + (f", line {quotation['line']}" if quotation["line"] else "")
        lines = textwrap.wrap(f'"{printable(quotation["text"])}"', WIDTH, initial_indent="  ", subsequent_indent="  ")
        head = [printable(f"{quotation['id']}  quotation: {place}"), *lines]
        return "\n".join([*head, *(_labelled(name, text) for name, text in parts)])

    def of_estimate(self, key: str, row: Json) -> str:
        """Write the chain of one estimate, from its row in results/estimates.csv to the raw file."""
        parts = self.parts(key, row)
        return "\n".join([f"  = {printable(key)}", *(_labelled(name, text) for name, text in parts)])

    def parts(self, key: str, row: Json) -> list[tuple[str, str]]:
        """Name what leads from an estimate to the raw file, part by part."""
        return [(name, text) for name, text in self._parts(key, row) if text]

    def _parts(self, key: str, row: Json) -> Iterator[tuple[str, str]]:
        provenance, wave = row["provenance"], self._ledger["waves"][row["wave"]]
        if row["question"] in self._instrument.by_id:
            yield "question", self._instrument.by_id[row["question"]].text_in(row["wave"])
        yield "value", self._value(key, row)
        code, interval = provenance["code"], provenance["interval_code"]
        yield "estimated", f"results/estimates.csv, row {row['row']}, by the rule {code['rule']}: {_code(code)}"
        yield "interval", f"{row['method']}: {_code(interval)}" if interval else ""
        yield "coded", _coding(provenance["coding"], self._ledger["codebook"])
        yield "cleaned", _cleaning(provenance["changes"], row["wave"])
        yield "rows", _rows(provenance["rows"])
        yield "columns", _columns(provenance["columns"])
        simulated = "; its responses are simulated" if wave["simulated"] else ""
        yield "raw file", f"{wave['export']}, SHA-256 {wave['sha256'][:DIGITS]}…, {wave['format']}{simulated}"
        yield "settings", ", ".join(provenance["settings"])

    def _value(self, key: str, row: Json) -> str:
        estimate = estimate_of(key, row)
        if estimate.hidden:
            return f"not shown: {estimate.hidden}"
        text = f"{self._write.value(estimate.value, estimate.unit)} ({estimate.value!r})"
        if row["provenance"]["rows"]["numerator"] and estimate.base is not None:
            text += f": {self._write.of_base(estimate.n, estimate.base)}"
        elif row["provenance"]["rows"]["base"]:
            text += f", of {self._write.count(row['provenance']['rows']['base']['n'])}"
        text += ", weighted" if estimate.weighted else ""
        if estimate.low is not None:
            text += f"; {self._write.interval(estimate.low, estimate.high, estimate.unit)}"
        if estimate.asked is not None:
            text += f"; asked {self._write.count(estimate.asked)}, answered {self._write.count(estimate.answered)}"
        return text


def traced_back(what: str, results: Results, *, rows: bool = False) -> str:
    """Write the chain of the number or quotation that is meant; with `rows`, the raw cells behind it, too.

    What means several numbers of different sources is a list of them. The key of an estimate that the paper does not
    print is traced all the same. Raise `AuditError` or `EstimateError` where nothing is meant.
    """
    chain = Chain(results.ledger, results.instrument, Formatter(results.settings.display))
    if quotation := quotation_of(results.ledger, what):
        tables = results.tables(quotation["wave"])
        parts = quotation_parts(quotation, results.ledger, tables, results.instrument, rows=rows)
        return chain.of_quotation(quotation, parts)
    numbers = numbers_of(results.ledger, what)
    if len({number["entry"] for number in numbers}) > 1:
        return f"{overview(numbers)}\n\nThese are numbers of several sources: name one, such as {numbers[0]['id']}."
    keys = numbers[0]["keys"] if numbers else [what]
    text = [chain.of_number(numbers[0])] if numbers else [_unprinted(what, results, chain)]
    text += [f"  also printed as {', '.join(each['id'] for each in numbers[1:])}"] if numbers[1:] else []
    for key in keys if rows else []:
        estimate = results.estimates.find(key)
        text.append(f"\n{key}\n{rows_table(cells(estimate, results.tables(estimate.wave)))}")
    return "\n".join(text)


def _unprinted(key: str, results: Results, chain: Chain) -> str:
    estimate = results.estimates.find(key)
    row = {field: getattr(estimate, field) for field in FIELDS}
    row["provenance"] = provenance(estimate, results.tables(estimate.wave))
    return f"{printable(key)}  not printed in the paper\n{chain.of_estimate(key, row)}"


def overview(numbers: Sequence[Json]) -> str:
    """List what numbers are, a line a source, with the ids of those that print it."""
    ids: dict[str, list[str]] = {}
    for each in numbers:
        ids.setdefault(each["formula"], []).append(each["id"])
    return "\n".join(f"{printable(formula)}\n  printed as {', '.join(several)}" for formula, several in ids.items())


def rows_table(listed: Iterable[Cell]) -> str:
    """Write the raw cells behind an estimate, a line a cell, its columns parted by tabs."""
    lines = ["\t".join(HEAD)]
    lines += ["\t".join(printable(text, limit=ANSWER) for text in _texts(cell)) for cell in listed]
    return "\n".join(lines)


def _texts(cell: Cell) -> tuple[str, ...]:
    change = f"{cell.rule}: {cell.reason}" if cell.rule else ""
    clean = f"{';'.join(cell.codes)} ({cell.decided_by})" if cell.codes else cell.clean
    raw = "(no cell)" if cell.raw is None else cell.raw
    return str(cell.row), cell.respondent, cell.counted, cell.column, raw, change, clean


def _labelled(name: str, text: str) -> str:
    start = f"    {name:<{INDENT - 2}}"
    return textwrap.fill(printable(text), WIDTH, initial_indent=start, subsequent_indent=" " * len(start))


def _code(code: Json) -> str:
    return f"{code['function']}, {code['file']}:{code['line']}"


def _coding(coding: Json | None, codebook: Json | None) -> str:
    if coding is None:
        return ""
    decided = ", ".join(f"{n} by {by}" for by, n in coding["decided_by"].items())
    coders = ", ".join(coding["coders"])
    version = f"; codebook version {codebook['version']}" if codebook else ""
    return f"coders {coders}; {decided}{version}"


def _cleaning(changes: Json, wave: str) -> str:
    if not changes["by_rule"]:
        return "no cell of these answers was changed"
    by_rule = ", ".join(f"{rule} {n}" for rule, n in changes["by_rule"].items())
    rows = changes["corrected_rows"]
    by_hand = f"; corrected by hand in row{'s'[: len(rows) > 1]} {', '.join(map(str, rows))}" if rows else ""
    return f"cells changed, in results/{wave}/changes.csv: {by_rule}{by_hand}"


def _rows(rows: Json) -> str:
    parts = [
        f"{rows[part]['n']} in the {part}, SHA-256 {rows[part]['sha256'][:DIGITS]}…" for part in rows if rows[part]
    ]
    return "; ".join(parts)


def _columns(columns: Json) -> str:
    of = {"answer": "", "universe": " (who was asked)", "group": " (the group)", "weight": " (the weight)"}
    return "; ".join(", ".join(columns[part]) + said for part, said in of.items() if columns[part])
