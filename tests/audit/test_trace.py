"""What `recount trace` prints, on the small wave of hand_built.py."""

from typing import Any

import pytest

from recount.audit.provenance import provenance
from recount.audit.tables import WaveTables
from recount.audit.trace import numbers_of, traced_back
from recount.audit.verify import sql_of_number
from recount.errors import AuditError, EstimateError
from recount.study.instrument import Instrument
from recount.study.settings import Settings
from recount.write.index import Index
from recount.write.ledger import FIELDS
from tests.audit.hand_built import index, tables

KEYS = ("2020/office/share/yes", "2020/staff/median", "2020/why/share/money")

QUOTED = {
    "id": "q-1",
    "wave": "2020",
    "question": "why",
    "code": "money",
    "respondent": "A",
    "language": "en",
    "cleared_by": "The team",
    "text": "money, and [name]",
    "redactions": 1,
    "answer_sha256": "cd" * 32,
    "row": 2,
    "column": "why",
    "file": "report/paper.md.j2",
    "line": 9,
    "declared_at": "",
}


def _number(place: int, key: str, display: str) -> dict[str, Any]:
    shown = {"id": f"n-{place}", "entry": f"e-{KEYS.index(key) + 1}", "display": display, "keys": [key]}
    where = {"file": "report/paper.md.j2", "line": 7, "declared_at": "", "part": "prose"}
    return {**shown, **where, "formula": key, "sentence": f"It is {display}."}


class Built:
    """A build of the small wave, as `recount.audit.io.Results` reads one."""

    settings = Settings.declared_in(
        "config.yaml",
        {"title": "T", "waves": {"2020": {"export": "a.csv", "design": "census"}}, "paper": {"wave": "2020"}},
    )

    @property
    def instrument(self) -> Instrument:
        return tables().instrument

    @property
    def estimates(self) -> Index:
        return index()

    @property
    def ledger(self) -> dict[str, Any]:
        rows = {key: {name: getattr(index().find(key), name) for name in FIELDS} for key in KEYS}
        estimates = {key: {**row, "provenance": provenance(index().find(key), tables())} for key, row in rows.items()}
        printed = ((KEYS[0], "75%"), (KEYS[1], "4"), (KEYS[0], "75%"), (KEYS[2], "33%"), (KEYS[1], "75%"))
        wave = {"export": "data/raw/a.csv", "sha256": "ab" * 32, "format": "csv", "simulated": True}
        return {
            "numbers": [_number(place, key, display) for place, (key, display) in enumerate(printed, start=1)],
            "estimates": estimates,
            "waves": {"2020": wave},
            "codebook": {"version": "1"},
            "quotations": [QUOTED],
        }

    def tables(self, wave: str) -> WaveTables:
        assert wave == "2020"
        return tables()


def trace(what: str, *, rows: bool = False) -> str:
    return traced_back(what, Built(), rows=rows)


@pytest.mark.parametrize(
    "said",
    [
        "n-1 75% prose: report/paper.md.j2, line 7",
        '"It is 75%."',
        "= 2020/office/share/yes",
        "question office",
        "3 of 4",
        "shares.py",
        "cells changed, in results/2020/changes.csv: blanks 1",
        "3 in the numerator, SHA-256",
        "data/raw/a.csv, SHA-256 abababababab…, csv; its responses are simulated",
        "also printed as n-3",
    ],
)
def test_the_chain_leads_from_the_sentence_to_the_raw_file(said: str) -> None:
    assert said in " ".join(trace("e-1").split())


def test_a_correction_is_named_by_its_row_and_coders_by_name() -> None:
    assert "corrected by hand in row 4" in trace("n-2")
    assert "coders X, Y; 1 by adjudication, 1 by agreement, 1 by single coder; codebook version 1" in " ".join(
        trace("33 %").split()
    )


def test_a_number_that_is_printed_from_several_sources_is_a_list_to_choose_from() -> None:
    got = trace("75%")
    assert "2020/office/share/yes\n  printed as n-1, n-3" in got
    assert "2020/staff/median\n  printed as n-5" in got


def test_a_key_that_the_paper_does_not_print_is_traced_all_the_same() -> None:
    assert "not printed in the paper" in trace("2020/office/share/no")
    assert "1 of 4" in trace("2020/office/share/no")


def test_the_raw_cells_are_listed_with_what_became_of_them() -> None:
    lines = trace("n-1", rows=True).splitlines()
    assert "3\tB\tnumerator\toffice\t Yes\tblanks: blanks around or between the words\tyes" in lines
    assert "5\tD\tnot counted\toffice\t?\t\tunsure" in lines


def test_a_claim_is_no_number_and_the_command_for_claims_is_named() -> None:
    with pytest.raises(AuditError, match="this is a claim, and no number") as caught:
        numbers_of({"numbers": [], "estimates": {}}, "c-17")
    assert str(caught.value).endswith("next: recount claims")


def test_what_the_paper_does_not_have_is_told_with_what_comes_nearest() -> None:
    with pytest.raises(AuditError, match="the paper has no such number"):
        trace("76%")
    with pytest.raises(EstimateError, match="there is no such estimate"):
        trace("2020/office/share/maybe")


@pytest.mark.parametrize(
    "said",
    [
        "q-1 quotation: report/paper.md.j2, line 9",
        '"money, and [name]"',
        "of A in 2020, SHA-256 cdcdcdcdcdcd…",
        "by The team, for these words, in en",
        "1 place, in results/2020/redactions.csv",
        "money, by agreement",
        "row 2, column why",
        "data/raw/a.csv, SHA-256 abababababab…, csv; its responses are simulated",
    ],
)
def test_the_chain_of_a_quotation_leads_over_its_clearance_and_what_was_taken_out_to_the_raw_cell(said: str) -> None:
    assert said in " ".join(trace("q-1").split())


def test_what_was_taken_out_of_a_quotation_is_shown_to_those_alone_who_ask_for_rows() -> None:
    assert "no money" not in trace("money, and [name]")
    assert "column why: no money" in trace("q-1", rows=True)


def test_the_sql_of_a_number_is_that_of_its_estimate() -> None:
    got = sql_of_number(Built(), "n-1")
    assert got.startswith(f"-- {KEYS[0]}\n")
    assert got == sql_of_number(Built(), KEYS[0])


def test_a_number_of_several_sources_has_no_one_sql() -> None:
    with pytest.raises(AuditError, match="numbers of several sources") as caught:
        sql_of_number(Built(), "75%")
    assert str(caught.value).endswith("verify --sql n-1")
