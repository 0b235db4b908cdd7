"""Codes that are parts of another: what a parent and its parts come to together, as a net of the question."""

from collections.abc import Iterable

from recount.study.codebook import Code, Codebook
from recount.study.instrument import Instrument

# Behind the id of a parent: the parent itself, or any part of it.
ANY = "_any"


def with_parents(instrument: Instrument, codebook: Codebook | None) -> Instrument:
    """Give each coded question a net for each code that has parts: `rooms_any` is rooms, or any part of it.

    A respondent with several of them counts once, as in all nets.
    """
    books = codebook.questions if codebook else {}
    questions = tuple(
        question.model_copy(update={"nets": {**question.nets, **nets_of(books[question.id])}})
        if question.coded and question.id in books
        else question
        for question in instrument.questions
    )
    return Instrument.model_construct(**{**dict(instrument), "questions": questions})


def nets_of(codes: Iterable[Code]) -> dict[str, tuple[str, ...]]:
    """Name the net of each parent, with its members in the order of the codebook."""
    known = list(codes)
    parents = {code.id: code.parent for code in known}
    return {
        f"{parent}{ANY}": tuple(code for code in parents if parent in _above(code, parents))
        for parent in parents
        if parent in parents.values()
    }


def _above(code: str, parents: dict[str, str | None]) -> list[str]:
    """The code itself, its parent, the parent of that, and so on."""
    found: list[str] = []
    at: str | None = code
    while at is not None and at not in found:
        found.append(at)
        at = parents.get(at)
    return found
