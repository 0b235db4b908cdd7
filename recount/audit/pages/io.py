"""Reading what the audit pages are made of, and writing them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from recount.audit.io import read_all_tables
from recount.audit.pages.model import model
from recount.audit.pages.page import audit_page
from recount.audit.pages.paper import parts_of
from recount.audit.pages.study import Study
from recount.audit.sign.io import read_signed
from recount.coding.io import read_agreement, read_codings, read_suggestions_quality
from recount.estimate.io import read_estimates
from recount.page.io import read_assets, write_page
from recount.study.codebook import read_codebook_of
from recount.study.instrument import read_instrument
from recount.study.parents import with_parents
from recount.study.settings import Settings
from recount.write.io import read_alternatives, read_claims, read_numbers, read_sources

QUALITY = "coding/suggestions-quality.csv"


def read_study(
    settings: Settings,
    *,
    house: Path,
    figures: Iterable[str | Path] = (),
    signatures: Iterable[str | Path] = (),
    results: str | Path = "results",
) -> Study:
    """Read a study and its results; `house` is Recount's own folder.

    `figures` are the source data of its figures, `signatures` the file with what reviewers signed, where there is one.
    """
    folder, sources = Path(results), [Path(each) for each in figures]
    codebook = read_codebook_of(settings.coding.folder)
    instrument = with_parents(read_instrument(settings.instrument), codebook)
    ledger = read_numbers(folder / "paper" / "numbers.json")
    tables = read_all_tables(settings=settings, instrument=instrument, results=folder)
    asked = {wave: [each.id for each in instrument.asked_in(wave) if each.coded] for wave in settings.waves}
    return Study(
        settings=settings,
        instrument=instrument,
        codebook=codebook,
        ledger=ledger,
        claims=read_claims(folder / "paper" / "claims.json"),
        estimates=read_estimates(folder / "estimates.csv"),
        tables=tables,
        suggestions=read_suggestions_quality(folder / QUALITY) if settings.coding.suggest else None,
        agreement={wave: read_agreement(folder / wave / "agreement.csv") for wave in settings.waves},
        adjudications={
            wave: read_codings(settings.coding.folder, wave, questions)[1] for wave, questions in asked.items()
        },
        figures=read_sources(sources),
        alternatives=read_alternatives(each.with_suffix(".txt") for each in sources),
        code=read_code(ledger, house),
        signatures=[each for file in signatures for each in read_signed(file)],
    )


def read_code(ledger: Mapping[str, Any], house: Path) -> dict[str, str]:
    """Read the files of the library that computed the ledger's estimates."""
    origins = [row["provenance"] for row in ledger["estimates"].values()]
    named = {part["file"] for each in origins for part in (each["code"], each.get("interval_code")) if part}
    return {file: (house / file).read_text(encoding="utf-8") for file in sorted(named)}


def write_audit(study: Study, paper: str | Path, output: str | Path, *, assets: Iterable[str | Path]) -> None:
    """Write the audit pages beside the paper that they are of; `assets` are the files that they are made of."""
    parts = parts_of(Path(paper).read_text(encoding="utf-8"))
    write_page(audit_page(parts, model(study, parts.main), read_assets(assets)), output)
