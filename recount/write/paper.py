"""The paper as Markdown, with its ledger, from its template and the estimates."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from recount.building import command
from recount.display.counts import counted
from recount.errors import ClaimError, Finding
from recount.study.codebook import Codebook
from recount.study.figures import Figures
from recount.study.instrument import Instrument
from recount.study.published import PublishedFigures
from recount.study.settings import Settings
from recount.study.tables import Tables
from recount.write import ledger
from recount.write.assemble import Assembler
from recount.write.claims import false_claim
from recount.write.derivable import note_derivable
from recount.write.draft import Study, drafted
from recount.write.page import Page, told
from recount.write.proofread import proofread


@dataclass(frozen=True, kw_only=True)
class Written:
    """The paper in Markdown, the contents of numbers.json and claims.json.

    `warnings` are the claims that are not true, where these do not stop the build, and what waits for codes.
    """

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
    quotable: Mapping[str, pd.DataFrame] | None = None,
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
        quotable: by wave, the answers that may be quoted, as quotable.csv has them.

    Raises:
        TemplateError: the template breaks a rule of the paper's language; also where there are faults of several kinds.
        EstimateError: all faults are estimates that do not exist or must not be shown.
        ClaimError: all faults are claims that are not true, and `paper.claims` is `stop`.
    """
    study = Study(
        estimates=estimates,
        settings=settings,
        instrument=instrument,
        figures=figures,
        tables=tables,
        literals=literals,
        bibliography_keys=bibliography_keys,
        alt_texts=alt_texts,
        codebook=codebook,
        figure_sources=figure_sources,
        published=published,
        quotable=quotable,
    )
    draft = drafted(template, file=file, study=study)
    assembler, page = draft.assembler, draft.assembler.page
    if settings.estimates.protect == "respondents":
        note_derivable(assembler, draft.lookup, estimates)
    false = _false_claims(assembler)
    if settings.paper.claims == "stop":
        page.faults.extend((ClaimError, each) for each in false)
    if tree is not None and not page.faults:
        proofread(page, tree(draft.paper), assembler.ids)
    if page.faults:
        raise told([*_overview(page, len(false), settings), *page.faults])
    return Written(
        markdown=draft.markdown,
        numbers=ledger.numbers(assembler, settings),
        claims=ledger.claims(assembler, settings),
        warnings=(*false, *_waiting(page)),
    )


def _overview(page: Page, false: int, settings: Settings) -> list[tuple[type[ClaimError], Finding]]:
    """Say first how much there is to do, where a paper has come to another wave; one mistake speaks for itself."""
    others = len(page.faults) - false
    if not (settings.paper.claims == "stop" and false > 1 and others):
        return []
    wave = settings.paper.wave
    problem = (
        f"{counted(false, 'claim')} of the paper {'are' if false > 1 else 'is'} not true of wave {wave}, and at "
        f"{counted(others, 'place')} it asks for what is not there; each is listed below with its sentence"
    )
    mend = (
        f"{command('changes', 'OTHER', wave)} shows every sentence, as it was of another wave and as it is now, and why"
    )
    return [(ClaimError, Finding(problem=problem, mend=mend))]


def _waiting(page: Page) -> list[Finding]:
    """Tell once of each question whose answers wait for codes, and at how many places the paper says so."""
    places = Counter(finding.key for finding in page.waits)
    once = {finding.key: finding for finding in page.waits}
    return [
        replace(
            finding,
            file=page.template,
            row=None,
            problem=f"{finding.problem}; the paper says so at {counted(places[key], 'place')}",
        )
        for key, finding in once.items()
    ]


def _false_claims(assembler: Assembler) -> list[Finding]:
    return [
        false_claim(entry.claim, entry.phrase, entry.sentence, assembler.formatter)
        for entry in assembler.claims
        if not entry.claim.holds
    ]
