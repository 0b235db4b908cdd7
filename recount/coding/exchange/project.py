"""A REFI-QDA project (.qdpx) of a wave's answers: the codebook, one text an answer, and what coders gave."""

from collections.abc import Mapping, Sequence

import pandas as pd

from recount.coding.exchange.archive import packed
from recount.coding.exchange.elements import Given, Source, project_xml, text_path
from recount.coding.exchange.identity import source_names
from recount.coding.lines import Answers
from recount.coding.sets import codes_in
from recount.study.codebook import Codebook

Sheets = Mapping[str, Mapping[str, pd.DataFrame]]
Cell = tuple[tuple[str, ...], str]


def project_of(
    wave: str,
    codebook: Codebook,
    answers: Mapping[str, Answers],
    codings: Sheets,
    *,
    title: str,
    coders: Sequence[str] = (),
) -> bytes:
    """Write the answers of some questions as a project, with the codings of these coders and of no others.

    `codings` holds, by question and coder, the lines of the coders' files. A coding of an answer that was edited since
    stays out: it was given to other words. Equal input gives equal bytes.
    """
    asked = {question: codebook.questions[question] for question in answers}
    own = codebook.model_copy(update={"questions": asked})
    sources = _sources(wave, answers, codings, coders)
    contents = project_xml(f"{title}, {wave}", own, coders, sources)
    return packed({"project.qde": contents, **{text_path(each): each.text.encode("utf-8") for each in sources}})


def _sources(wave: str, answers: Mapping[str, Answers], codings: Sheets, coders: Sequence[str]) -> list[Source]:
    keys = [(question, who) for question, answered in answers.items() for who in answered.respondents]
    names = source_names(wave, keys)
    given = {
        (question, coder): _given(codings.get(question, {}).get(coder)) for question in answers for coder in coders
    }
    return [
        Source(wave, question, who, names[question, who], text, _said(given, question, coders, who, digest))
        for question, answered in answers.items()
        for who, text, digest in zip(answered.respondents, answered.texts, answered.hashes, strict=True)
    ]


def _given(lines: pd.DataFrame | None) -> dict[tuple[str, str], Cell]:
    """What a coder's file says of each answer, by respondent and hash."""
    if lines is None:
        return {}
    cells = zip(lines["respondent"], lines["answer_sha256"], lines["codes"], lines["note"], strict=True)
    return {(who.strip(), digest.strip().lower()): (codes_in(codes), note) for who, digest, codes, note in cells}


def _said(
    given: Mapping[tuple[str, str], Mapping[tuple[str, str], Cell]],
    question: str,
    coders: Sequence[str],
    who: str,
    digest: str,
) -> tuple[Given, ...]:
    cells = {coder: given[question, coder].get((who, digest)) for coder in coders}
    return tuple(Given(coder, *cell) for coder, cell in cells.items() if cell is not None)
