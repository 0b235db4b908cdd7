"""Reading what the coding desk is made of, and writing its pages."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from recount.clean.io import read_clean
from recount.coding.desk.languages import languages_of
from recount.coding.desk.model import Desk, adjudicator_model, coder_model
from recount.coding.desk.page import desk_page
from recount.coding.io import read_codings, read_suggestions
from recount.coding.lines import answers_of
from recount.page.io import read_assets, write_page
from recount.study.codebook import read_codebook
from recount.study.instrument import read_instrument
from recount.study.versions import read_versions


class Given(Protocol):
    """The inputs of the rule: files, and lists of files that need not be there."""

    clean: str
    instrument: str
    codebook: list[str]
    suggestions: list[str]


class Pages(Protocol):
    """Where the two pages go."""

    desk: str
    adjudication: str


def read_desk(given: Given, wave: str, question: str, settings: Mapping[str, Any]) -> Desk:
    """Read the answers to a question; `settings` are parts of config.yaml by their keys."""
    instrument = read_instrument(given.instrument)
    clean = read_clean(given.clean, instrument, wave)
    answers = answers_of(clean, question)
    folder = settings["coding/folder"]
    return Desk(
        study=settings["title"],
        wave=wave,
        wave_title=settings[f"waves/{wave}/title"] or wave,
        simulated=settings[f"waves/{wave}/simulated"],
        folder=f"{folder}/{wave}",
        question=instrument.question(question),
        codebook=read_codebook(given.codebook[0]) if given.codebook else None,
        answers=answers,
        languages=languages_of(clean, answers, instrument, settings["coding/language"]),
        suggestions=read_suggestions(given.suggestions[0]) if given.suggestions else None,
        versions=read_versions(folder),
    )


def write_desk(desk: Desk, pages: Pages, *, folder: str, questions: list[str], assets: Iterable[str | Path]) -> None:
    """Write the coder's and the adjudicator's page; `folder` has the coders' files of all `questions` of the wave."""
    made = read_assets(assets)
    codings, adjudications = read_codings(folder, desk.wave, questions)
    question = desk.question.id
    write_page(desk_page(desk, coder_model(desk), made), pages.desk)
    ruled = adjudicator_model(desk, codings.get(question, {}), adjudications.get(question))
    write_page(desk_page(desk, ruled, made), pages.adjudication)
