"""The appendix on sign-off."""

from typing import Any

from recount.write.documents.tree import tree
from recount.write.signed import STAGES, signed_appendix


def signature(**changes: Any) -> dict[str, Any]:
    given = {"stage": "clean", "by": "Ada", "note": "", "date": "", "withdrawn": "", "state": "holds", "why": []}
    return {**given, **changes}


def rows(*signatures: dict[str, Any]) -> list[list[str]]:
    lines = [line for line in signed_appendix(signatures).splitlines() if line.startswith("| ")][2:]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]


def test_each_stage_has_a_line_and_each_signature_its_own() -> None:
    got = rows(signature(), signature(by="Bo", date="March", note="read"))
    assert [line[0] for line in got] == ["Raw data", "Cleaning", "Cleaning", *list(STAGES.values())[2:]]
    assert [line[1:] for line in got[:3]] == [["nobody"], ["Ada", "holds"], ["Bo, March", "holds", "read"]]


def test_a_lapsed_signature_says_why_and_a_withdrawn_one_that_it_is() -> None:
    why = ["a.csv has changed", "b.csv is gone", "c.csv is new", "d.csv is new"]
    got = rows(signature(state="lapsed", why=why), signature(state="withdrawn", withdrawn="a slip", why=why))
    assert got[1][2] == "lapsed: a.csv has changed; b.csv is gone; c.csv is new; and 1 more"
    assert got[2][2] == "withdrawn: a slip"


def test_what_a_signer_wrote_is_text() -> None:
    hostile = "<script>alert(1)</script> | `x`{=html} [a](javascript:b) #x \\write18"
    told = str(tree(signed_appendix([signature(by=hostile, note=hostile)])))
    assert not {"RawInline", "RawBlock", "Link", "Code"} & set(told.replace("'", " ").split())
