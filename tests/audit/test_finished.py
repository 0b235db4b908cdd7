"""What a build says at its end: where the paper is, and what a person has to look at."""

from typing import Any

import pytest

from recount.audit.finished import WIDTH, finished

PAPER = ("results/paper/paper.html", "results/paper/paper.pdf", "results/paper/paper.docx")


def claim(status: str, phrase: str, line: int | None = 7) -> dict[str, Any]:
    return {"status": status, "phrase": phrase, "line": line, "file": "report/paper.md.j2", "declared_at": "tables.a"}


def told(
    *claims: dict[str, Any],
    allowed: tuple[dict[str, Any], ...] = (),
    documents: tuple[str, ...] = PAPER,
    coding: tuple[str, ...] = (),
) -> str:
    return finished(documents, "results/audit/index.html", claims=claims, allowed=allowed, coding=coding)


def test_a_build_says_where_paper_and_audit_pages_are_and_no_more_where_all_holds() -> None:
    assert told(claim("holds", "most")).splitlines() == [
        "The paper: results/paper/paper.html (beside it paper.pdf, paper.docx)",
        "The way from each number to the raw file: results/audit/index.html",
    ]


@pytest.mark.parametrize(("documents", "exp"), [((), 1), (PAPER[:1], 2)])
def test_a_study_need_not_have_all_documents(documents: tuple[str, ...], exp: int) -> None:
    lines = told(documents=documents).splitlines()
    assert len(lines) == exp
    assert "beside" not in lines[0]


def test_claims_that_fail_come_before_fragile_ones_each_with_its_place() -> None:
    lines = told(claim("fragile", "many"), claim("fails", "most", None), claim("fragile", "few", 9)).splitlines()
    assert lines[2:] == [
        "1 untrue claim (recount claims): “most” (tables.a)",
        "2 fragile claims (recount claims --fragile): “many” (line 7), “few” (line 9)",
    ]


def test_what_waits_for_codes_is_told_with_the_page_to_open_and_each_place_once() -> None:
    allowed = tuple(
        {"kind": kind, "why": "51 answers wait", "line": line, "file": "a.j2", "declared_at": ""}
        for kind, line in [("cited", 1), *(("waiting", line) for line in (3, *range(3, 40)))]
    )
    open_it = "obstacles: 51 answers wait for a coder: open results/coding/2022/obstacles.html"
    lines = told(allowed=allowed, coding=(open_it,)).splitlines()[2:]
    assert lines[0] == f"To code: {open_it}"
    assert lines[1].startswith("The paper waits for codes: line 3, line 4, ")
    assert len(lines) > 2
    assert max(map(len, lines)) <= WIDTH
