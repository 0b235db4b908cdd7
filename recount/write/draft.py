"""The paper as it comes out of its template, with all that is wrong with it noted and nothing decided on it yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from recount.display.formatter import Formatter
from recount.errors import EstimateError, Finding, RecountError
from recount.estimate.reproduced import compare_published
from recount.study.absent import not_asked
from recount.study.codebook import Codebook
from recount.study.figures import Figures
from recount.study.instrument import Instrument
from recount.study.published import PublishedFigures
from recount.study.settings import Settings
from recount.study.tables import Tables
from recount.write import frontmatter
from recount.write.appendix import appendix
from recount.write.assemble import Assembler, assembled
from recount.write.breaks import check_breaks
from recount.write.figure_labels import enter_figures
from recount.write.floats import Floats
from recount.write.language import guarded, language
from recount.write.lookup import Lookup
from recount.write.page import Page, Place
from recount.write.prose import Prose, declared_texts
from recount.write.published import PublishedWriter
from recount.write.published_numbers import PublishedNumbers
from recount.write.quotations import Quotations
from recount.write.rendering import rendered
from recount.write.tables import TableWriter
from recount.write.weak_codes import Exceptions, note_rules, note_weak_codes

REFERENCES = "# References {.unnumbered}\n\n::: {#refs}\n:::\n"
REFERENCES_PLACE = "{#refs}"


@dataclass(frozen=True, kw_only=True)
class Study:
    """What the paper is written of: all that people declared, and what was estimated and drawn."""

    estimates: pd.DataFrame
    settings: Settings
    instrument: Instrument
    figures: Figures
    tables: Tables
    literals: Mapping[str, str]
    bibliography_keys: Iterable[str]
    alt_texts: Mapping[str, str]
    codebook: Codebook | None = None
    figure_sources: Mapping[str, pd.DataFrame] | None = None
    published: PublishedFigures | None = None
    quotable: Mapping[str, pd.DataFrame] | None = None


@dataclass(frozen=True)
class Draft:
    """The paper and its appendix as Markdown; on the page of the assembler stands what is wrong with them."""

    assembler: Assembler
    lookup: Lookup
    paper: str
    numbers: str

    @property
    def markdown(self) -> str:
        """The whole document."""
        return "\n".join(part for part in (self.paper, self.numbers) if part)


def drafted(template: str, *, file: str, study: Study) -> Draft:
    """Write the paper from the text of its template; `file` is its name, for messages.

    Nothing that is wrong is raised: it is noted on the page of the assembler. Claims are there, be they true or not.
    """
    settings, instrument = study.settings, study.instrument
    page = Page(template=file)
    formatter = Formatter(settings.display)
    lookup = Lookup(study.estimates, settings=settings, instrument=instrument, codebook=study.codebook)
    keys = sorted(study.bibliography_keys)
    environment = language(page, lookup, formatter, template=template, file=file, bibliography=keys)
    files = {"figures": settings.paper.figures, "tables": settings.paper.tables}
    writer = TableWriter(lookup, page, formatter)
    floats = Floats(
        environment,
        figures=study.figures,
        tables=study.tables,
        writer=writer,
        alternatives=study.alt_texts,
        files=files,
    )
    published = study.published or PublishedFigures()
    before = PublishedNumbers(published, lookup.index, settings.published)
    exceptions = Exceptions(page, lookup)
    quote = Quotations(study.quotable or {}, page, lookup).quote
    guarded(environment, **floats.functions(), published=before.published)
    guarded(environment, quote=quote, weak_code=exceptions.weak_code)
    design = settings.waves[settings.paper.wave].design
    prose = Prose(environment, formatter, literals=study.literals, bibliography=keys, design=design)
    for text, place in [(template, Place(file=file)), *declared_texts(study.figures, study.tables, files)]:
        prose.check(text, place)
    _note_not_asked(page, study)
    body = rendered(environment, environment.get_template, file)
    titles = {name: wave.title for name, wave in settings.waves.items()}
    assembler = Assembler(page, instrument, formatter, titles=titles)
    if body is None:
        return Draft(assembler, lookup, "", "")
    compared = compare_published(published, study.estimates, instrument=instrument, settings=settings)
    section = PublishedWriter(page, formatter, lookup, before).section(compared)
    paper = _put_together(body, assembler, lookup, prose, section)
    enter_figures(assembler, study.figures.figures, study.figure_sources, study.alt_texts, lookup)
    check_breaks(assembler, instrument)
    note_weak_codes(assembler, lookup, exceptions)
    note_rules(assembler, lookup)
    _tell_sentences(assembler)
    return Draft(assembler, lookup, paper, appendix(assembler, lookup, formatter))


def _put_together(text: str, assembler: Assembler, lookup: Lookup, prose: Prose, section: str) -> str:
    """The paper with its front matter and references."""
    page, settings = assembler.page, lookup.settings
    try:
        own, body = frontmatter.split(text, page.template)
    except RecountError as error:
        page.fault_at(error, Place(file=page.template))
        return ""
    prose.check_settings(settings, own)
    prose.check_claims(page.claims.values())
    metadata, body = assembled(frontmatter.completed(own, settings), body, assembler)
    parts = [frontmatter.dumped(metadata), body.strip() + "\n"]
    if REFERENCES_PLACE not in body:
        parts.append(REFERENCES)
    parts.append(assembler.resolve(section))
    return "\n".join(part for part in parts if part)


def _note_not_asked(page: Page, study: Study) -> None:
    """Note each figure whose wave did not ask what it shows: it was drawn as an empty sheet."""
    wave = study.settings.paper.wave
    for name, figure in study.figures.figures.items():
        for question in not_asked(figure, study.instrument, wave):
            missing = Finding(
                problem=f"wave {figure.wave or wave} did not ask this question, and the figure is empty",
                key=f"figures.{name}.items",
                value=question,
                mend="take the item out, or the figure",
            )
            page.fault_at(EstimateError(missing), Place(file=study.settings.paper.figures))


def _tell_sentences(assembler: Assembler) -> None:
    """Say with each fault of a number the sentence that has to be rewritten, where it has no better advice."""
    faults = assembler.page.faults
    for printed, sentence in assembler.lacking:
        for place, (kind, finding) in enumerate(faults):
            here = (finding.file, finding.row) == (printed.place.file, printed.place.line)
            if sentence and here and finding.problem == printed.thing and not finding.mend:
                faults[place] = (kind, replace(finding, mend=f"rewrite the sentence: {sentence}"))
