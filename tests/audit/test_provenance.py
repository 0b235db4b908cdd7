import copy
from hashlib import sha256
from typing import Any

import pytest

from recount.audit.cells import cells
from recount.audit.origin import COMPUTED_BY, INTERVALS, origin_of
from recount.audit.printable import printable
from recount.audit.provenance import Sources, provenance, settings_of_display, traced
from recount.study.settings import Settings
from recount.write.ledger import FIELDS
from tests.audit.hand_built import index, keys, tables
from tests.test_house import ROOT


def _of(key: str) -> dict[str, Any]:
    return provenance(index().find(f"2020/{key}"), tables())


def test_the_digest_of_rows_is_that_of_a_list_of_row_numbers() -> None:
    rows = _of("office/share/yes")["rows"]
    assert rows["numerator"] == {"n": 3, "sha256": sha256(b"2\n3\n4\n").hexdigest()}
    assert rows["base"] == {"n": 4, "sha256": sha256(b"2\n3\n4\n7\n").hexdigest()}


def test_what_has_no_numerator_has_no_rows_there() -> None:
    assert _of("staff/mean")["rows"]["numerator"] is None
    assert _of("-/contacted")["rows"] == {"numerator": None, "base": None}


@pytest.mark.parametrize(
    ("key", "exp"),
    [
        ("office/share/yes", {"answer": ["office"], "universe": [], "group": [], "weight": []}),
        ("staff/median/region=north", {"answer": ["staff"], "universe": ["office"], "group": ["region"], "weight": []}),
        ("networks/share/trade", {"answer": ["net_2"], "universe": [], "group": [], "weight": []}),
        ("networks/share/any_network", {"answer": ["net_1", "net_2"], "universe": [], "group": [], "weight": []}),
        ("-/respondents", {"answer": [], "universe": [], "group": [], "weight": []}),
    ],
)
def test_columns_are_those_of_the_answers_the_universe_and_the_group(key: str, exp: dict[str, list[str]]) -> None:
    assert _of(key)["columns"] == exp


def test_changes_are_counted_by_rule_and_corrections_named_by_row() -> None:
    assert _of("staff/median")["changes"] == {"by_rule": {"correction": 1}, "corrected_rows": [4]}
    assert _of("staff/median/region=north")["changes"] == {"by_rule": {}, "corrected_rows": []}


def test_a_coded_answer_names_its_coders_and_how_its_codes_were_decided() -> None:
    exp = {"coders": ["X", "Y"], "decided_by": {"adjudication": 1, "agreement": 1, "single coder": 1}}
    assert _of("why/share/money")["coding"] == exp
    assert _of("office/share/yes")["coding"] is None


@pytest.mark.parametrize("key", keys())
def test_the_line_of_the_code_is_where_the_function_begins(key: str) -> None:
    origin = origin_of(index().find(key))
    line = (ROOT / origin.file).read_text(encoding="utf-8").splitlines()[origin.line - 1]
    name = origin.function.split(".")[-1]
    assert line.strip() == "@property" or line.strip().startswith(f"def {name}(")


def test_every_statistic_and_interval_of_the_contract_has_its_function() -> None:
    listed = (ROOT / "docs/tables.md").read_text(encoding="utf-8")
    assert {each for each in COMPUTED_BY if f"`{each}`" not in listed} == set()
    assert {each for each in INTERVALS if f"`{each}`" not in listed} == set()


def test_settings_are_those_that_shape_the_value_and_its_writing() -> None:
    assert _of("office/share/yes/region=north")["settings"] == [
        "waves.2020",
        "cleaning",
        "estimates.minimum_base",
        "estimates.confidence",
        "estimates.groups",
    ]
    number = {"kind": "number", "written_as": "value", "unit": "share"}
    assert settings_of_display(number) == ["display.rounding", "display.percent_decimals", "display.percent_sign"]
    assert settings_of_display({**number, "written_as": "of_base"}) == ["display.rounding"]
    assert settings_of_display({**number, "kind": "name"}) == []


def test_tracing_adds_to_what_is_printed_and_changes_nothing_of_it() -> None:
    estimate = index().find("2020/office/share/yes")
    row = {name: getattr(estimate, name) for name in FIELDS}
    number = {"id": "n-1", "kind": "number", "written_as": "value", "unit": "share", "keys": [estimate.key]}
    head = {"version": 3, "title": "T", "wave": "2020", "simulated": []}
    printed = {**head, "numbers": [number], "estimates": {estimate.key: row}, "allowed": []}
    before = copy.deepcopy(printed)
    wave = {"export": "data/raw/a.csv", "design": "census"}
    settings = Settings.declared_in("config.yaml", {"title": "T", "waves": {"2020": wave}, "paper": {"wave": "2020"}})
    sources = Sources(
        settings=settings, exports={"2020": "ab"}, corrections={"2020": ("c.csv", "cd")}, codebook=None, code={}
    )
    got = traced(printed, {"2020": tables()}, sources)
    assert printed == before
    assert got["waves"]["2020"]["sha256"] == "ab"
    assert (got["waves"]["2020"]["received"], got["waves"]["2020"]["kept"]) == (6, 5)
    assert got["estimates"][estimate.key].pop("provenance")["rows"]["base"]["n"] == 4
    assert got["estimates"][estimate.key] == row


def test_the_cells_behind_a_share_come_with_what_the_export_said_and_what_became_of_it() -> None:
    got = [
        (each.row, each.raw, each.rule, each.clean, each.counted)
        for each in cells(index().find("2020/office/share/yes"), tables())
    ]
    assert got == [
        (2, "Yes", "", "yes", "numerator"),
        (3, " Yes", "blanks", "yes", "numerator"),
        (4, "Yes", "", "yes", "numerator"),
        (7, "No", "", "no", "base"),
        (5, "?", "", "unsure", "not counted"),
    ]


def test_the_cells_of_an_open_ended_answer_come_with_its_codes() -> None:
    got = {each.row: (each.codes, each.decided_by) for each in cells(index().find("2020/why/share/money"), tables())}
    assert got == {
        2: (("money",), "agreement"),
        3: (("staff",), "adjudication"),
        4: (("none",), "single coder"),
        5: ((), ""),
        7: ((), ""),
    }


def test_the_cells_of_a_category_with_its_own_column_are_of_that_column() -> None:
    got = {each.row: (each.column, each.clean) for each in cells(index().find("2020/networks/share/trade"), tables())}
    assert got[4] == ("net_2", "ticked")
    assert got[2] == ("net_2", "not ticked")


def test_text_for_a_terminal_moves_no_cursor_and_turns_no_line() -> None:
    assert printable("a\x1b[31mb\x7f\x9b\u202ec\n") == "a␛[31mb␡�c␊"
    assert printable("abcdef", limit=4) == "abc…"
