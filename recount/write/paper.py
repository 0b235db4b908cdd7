"""The paper as Markdown, with its ledger, from its template and the estimates."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from recount.display.formatter import Formatter
from recount.errors import ClaimError, Finding, RecountError
from recount.estimate.reproduced import compare_published
from recount.study.codebook import Codebook
from recount.study.figures import Figures
from recount.study.instrument import Instrument
from recount.study.published import PublishedFigures
from recount.study.settings import Settings
from recount.study.tables import Tables
from recount.write import frontmatter, ledger
from recount.write.appendix import appendix
from recount.write.assemble import Assembler, assembled
from recount.write.claims import false_claim
from recount.write.derivable import note_derivable
from recount.write.figure_labels import enter_figures
from recount.write.floats import Floats
from recount.write.language import guarded, language
from recount.write.lookup import Lookup
from recount.write.page import Page, Place, told
from recount.write.proofread import proofread
from recount.write.prose import Prose, declared_texts
from recount.write.published import PublishedWriter
from recount.write.published_numbers import PublishedNumbers
from recount.write.rendering import rendered
from recount.write.tables import TableWriter
from recount.write.weak_codes import Exceptions, note_rules, note_weak_codes

REFERENCES = "# References {.unnumbered}\n\n::: {#refs}\n:::\n"
REFERENCES_PLACE = "{#refs}"


@dataclass(frozen=True, kw_only=True)
class Written:
    """The paper in Markdown, the contents of numbers.json and claims.json, and the claims that are not true."""

    markdown: str
    numbers: dict[str, Any]
    claims: dict[str, Any]
    warnings: tuple[Finding, ...] = ()


def write_paper(
    template: str,
    *,
    file: str,
    estimates: pd.DataFrame,
    settings: Settings,
    instrument: Instrument,
    figures: Figures,
    tables: Tables,
    literals: Mapping[str, str],
    bibliography_keys: Iterable[str],
    alt_texts: Mapping[str, str],
    codebook: Codebook | None = None,
    figure_sources: Mapping[str, pd.DataFrame] | None = None,
    tree: Callable[[str], Any] | None = None,
    published: PublishedFigures | None = None,
) -> Written:
    """Write the paper; raise one error with everything that is wrong in it.

    Args:
        template: the text of the template.
        file: its name, for messages.
        estimates: all waves, as `recount.estimate.io.read_estimates` gives them.
        settings: config.yaml.
        instrument: the questionnaire.
        figures: what report/figures.yaml declares.
        tables: what report/tables.yaml declares.
        literals: phrases that may stand though they hold numbers, or words that the design does not bear, and why.
        bibliography_keys: what may be cited.
        alt_texts: the alternative text of each figure, by its name.
        codebook: the codes of open-ended answers.
        figure_sources: the source data of each figure by its name, as `read_sources` gives them; what the figures in
            the text print is then in the ledger, and a figure that was drawn from other estimates is a fault.
        tree: reads the finished page as its documents do (`recount.write.documents.tree`); a number that is found
            there without a source is a fault, whatever way it took.
        published: figures published before, which an appendix holds against the estimates.

    Raises:
        TemplateError: the template breaks a rule of the paper's language; also where there are faults of several kinds.
        EstimateError: all faults are estimates that do not exist or must not be shown.
        ClaimError: all faults are claims that are not true, and `paper.claims` is `stop`.
    """
    page = Page(template=file)
    formatter = Formatter(settings.display)
    lookup = Lookup(estimates, settings=settings, instrument=instrument, codebook=codebook)
    keys = sorted(bibliography_keys)
    environment = language(page, lookup, formatter, template=template, file=file, bibliography=keys)
    files = {"figures": settings.paper.figures, "tables": settings.paper.tables}
    writer = TableWriter(lookup, page, formatter)
    floats = Floats(environment, figures=figures, tables=tables, writer=writer, alternatives=alt_texts, files=files)
    before = PublishedNumbers(published or PublishedFigures(), lookup.index, settings.published)
    exceptions = Exceptions(page, lookup)
    guarded(environment, **floats.functions(), published=before.published, weak_code=exceptions.weak_code)
    design = settings.waves[settings.paper.wave].design
    prose = Prose(environment, formatter, literals=literals, bibliography=keys, design=design)
    for text, place in [(template, Place(file=file)), *declared_texts(figures, tables, files)]:
        prose.check(text, place)
    body = rendered(environment, environment.get_template, file)
    assembler = Assembler(page, instrument, formatter)
    enter = partial(enter_figures, assembler, figures.figures, figure_sources, alt_texts, lookup)
    compared = compare_published(published or PublishedFigures(), estimates, instrument=instrument, settings=settings)
    section = partial(PublishedWriter(page, formatter, lookup, before).section, compared)
    paper, numbers = (
        ("", "")
        if body is None
        else _put_together(body, assembler, lookup, prose, enter_figures=enter, section=section)
    )
    note_weak_codes(assembler, lookup, exceptions)
    note_rules(assembler, lookup)
    if settings.estimates.protect == "respondents":
        note_derivable(assembler, lookup, estimates)
    false = _false_claims(assembler)
    if settings.paper.claims == "stop":
        page.faults.extend((ClaimError, each) for each in false)
    if tree is not None and not page.faults:
        proofread(page, tree(paper), {each.id for each in assembler.numbers})
    if page.faults:
        raise told(page.faults)
    return Written(
        markdown="\n".join(part for part in (paper, numbers) if part),
        numbers=ledger.numbers(assembler, settings),
        claims=ledger.claims(assembler, settings),
        warnings=tuple(false),
    )


def _put_together(
    text: str,
    assembler: Assembler,
    lookup: Lookup,
    prose: Prose,
    *,
    enter_figures: Callable[[], None],
    section: Callable[[], str],
) -> tuple[str, str]:
    """The paper with its front matter and references, and its appendix."""
    page, settings = assembler.page, lookup.settings
    try:
        own, body = frontmatter.split(text, page.template)
    except RecountError as error:
        page.fault_at(error, Place(file=page.template))
        return "", ""
    prose.check_settings(settings, own)
    prose.check_claims(page.claims.values())
    metadata, body = assembled(frontmatter.completed(own, settings), body, assembler)
    parts = [frontmatter.dumped(metadata), body.strip() + "\n"]
    if REFERENCES_PLACE not in body:
        parts.append(REFERENCES)
    parts.append(assembler.resolve(section()))
    enter_figures()
    return "\n".join(part for part in parts if part), appendix(assembler, lookup, assembler.formatter)


def _false_claims(assembler: Assembler) -> list[Finding]:
    return [
        false_claim(entry.claim, entry.phrase, entry.sentence, assembler.formatter)
        for entry in assembler.claims
        if not entry.claim.holds
    ]
