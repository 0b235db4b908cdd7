"""What comes home meets the coder's file: nothing that a person wrote is written over."""

import pandas as pd

from recount.coding.exchange.merge import Merged, merged
from tests.coding.hand_built import lines

THERE = lines(
    {"R0": ("a", "funding"), "R1": ("b", ""), "R2": ("old", "law"), "R3": ("d", "staff;law"), "R9": ("z", "law")},
    note="",
)


def together(brought: pd.DataFrame, *, there: pd.DataFrame | None = THERE, replace: bool = False) -> Merged:
    return merged("obstacles.ann.csv", there, brought, replace=replace)


def codes(of: Merged) -> dict[str, str]:
    return dict(zip(of.lines["respondent"], of.lines["codes"], strict=True))


def test_new_rows_come_and_gaps_are_filled_and_the_rest_stays() -> None:
    brought = lines(
        {"R1": ("b", "law"), "R2": ("new", "staff"), "R3": ("d", "law;staff"), "R4": ("e", "none")}, note=""
    )
    found = together(brought)
    assert codes(found) == {
        "R0": "funding", "R1": "law", "R2": "staff", "R3": "staff;law", "R9": "law", "R4": "none"
    }  # fmt: skip
    assert found.counts == {"new": 1, "filled": 2, "the same": 1, "different": 0}
    assert found.conflicts == ()


def test_other_codes_for_the_same_words_are_a_conflict_until_it_is_said_who_wins() -> None:
    brought = lines({"R0": ("a", "staff")}, note="")
    found = together(brought)
    assert codes(found)["R0"] == "funding"
    assert "codes of respondent R0: 'funding': the file says otherwise than what is brought: 'staff'" in str(
        found.conflicts[0]
    )
    assert codes(together(brought, replace=True))["R0"] == "staff"


def test_another_note_is_a_conflict_and_a_first_one_is_not() -> None:
    noted = lines({"R0": ("a", "funding")}, note="mine")
    assert (
        together(lines({"R0": ("a", "funding")}, note="hers"), there=noted).conflicts[0].key == "note of respondent R0"
    )
    first = together(lines({"R0": ("a", "")}, note="new"))
    assert first.lines.loc[0, "note"] == "new"


def test_a_note_without_codes_takes_no_codes_away() -> None:
    assert codes(together(lines({"R0": ("a", "")}, note="unsure")))["R0"] == "funding"


def test_without_a_file_all_rows_are_new() -> None:
    brought = lines({"R0": ("a", "law")}, note="x")
    found = together(brought, there=None)
    assert found.lines.to_dict("records") == brought.to_dict("records")
    assert found.counts["new"] == 1


def test_the_record_of_accepted_suggestions_stays_with_the_words_that_they_were_for() -> None:
    there = lines({"R0": ("a", "funding"), "R1": ("old", "law")}, note="", suggested="funding:0.9")
    brought = lines({"R0": ("a", ""), "R1": ("new", "law"), "R2": ("c", "law")}, note="new")
    assert together(brought, there=there).lines["suggested"].tolist() == ["funding:0.9", "", ""]


def test_accepted_suggestions_and_versions_of_the_codebook_stay_side_by_side() -> None:
    marks = {"note": "", "suggested": "funding:0.9", "codebook_version": "1"}
    there = lines({"R0": ("a", "funding"), "R1": ("b", "funding")}, **marks).assign(outdated=[True, False])
    found = merged("obstacles.ann.csv", there, lines({"R0": ("a", "law")}, note="x"), version="2").lines
    assert found[["codes", "suggested", "codebook_version"]].to_dict("list") == {
        "codes": ["law", "funding"],
        "suggested": ["funding:0.9", "funding:0.9"],
        "codebook_version": ["2", "1"],
    }
