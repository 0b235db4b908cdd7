"""Reading, side by side, what the stages wrote, for those who audit it."""

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from recount.audit.finished import finished
from recount.audit.modules import modules_of
from recount.audit.named import name_of
from recount.audit.provenance import Ledger, Sources
from recount.audit.tables import WaveTables
from recount.building import build
from recount.clean.io import read_clean, read_log
from recount.coding.code import waiting_in
from recount.coding.io import Codings, read_codes, read_codings, read_uncoded
from recount.coding.outdated import standing
from recount.errors import AuditError, Finding
from recount.estimate.io import read_estimates
from recount.ingest.io import read_raw
from recount.ingest.seal import digest
from recount.study.codebook import read_codebook, read_codebook_of
from recount.study.instrument import Instrument, read_instrument
from recount.study.parents import with_parents
from recount.study.settings import Settings
from recount.study.versions import read_versions
from recount.write.index import Index
from recount.write.io import CLAIMS, read_claims, read_numbers
from recount.write.ledger import NUMBERS_VERSION

# The rules between a raw cell and the printed number, in the order in which they run.
CHAIN = (
    "admit_export",
    "ingest_export",
    "clean_wave",
    "code_answers",
    "estimate_wave",
    "compare_waves",
    "join_estimates",
    "draw_figure",
    "write_paper",
)


def read_all_tables(
    *, settings: Settings, instrument: Instrument, results: str | Path = "results"
) -> dict[str, WaveTables]:
    """Read all tables of all waves, each of which knows the others."""
    tables: dict[str, WaveTables] = {}
    for wave in settings.waves:
        tables[wave] = read_tables(
            wave, settings=settings, instrument=instrument, results=results, other=tables.__getitem__
        )
    return tables


def read_tables(
    wave: str,
    *,
    settings: Settings,
    instrument: Instrument,
    other: Callable[[str], WaveTables],
    results: str | Path = "results",
) -> WaveTables:
    """Read all tables of a wave that stand in a folder of results, and the coders' files behind the codes."""
    folder = Path(results) / wave
    questions = [each.id for each in instrument.asked_in(wave) if each.coded]
    return WaveTables(
        wave=wave,
        instrument=instrument,
        raw=read_raw(folder / "raw.parquet"),
        clean=read_clean(folder / "clean.parquet", instrument, wave),
        changes=read_log(folder / "changes.csv"),
        excluded=read_log(folder / "excluded.csv"),
        codes=read_codes(folder / "codes.csv"),
        uncoded=read_uncoded(folder / "uncoded.csv"),
        codings=_standing(read_codings(settings.coding.folder, wave, questions)[0], settings.coding.folder),
        round_to=settings.estimates.round_to,
        other=other,
    )


def _standing(codings: Codings, folder: str) -> Codings:
    """What counts of the coders' files: not the lines whose codes have changed their meaning."""
    versions = read_versions(folder)
    return {
        question: {coder: standing(lines, question, versions) for coder, lines in sheets.items()}
        for question, sheets in codings.items()
    }


def read_sources(settings: Settings, *, house: Path, results: str | Path = "results") -> Sources:
    """Take the digests of what people wrote, and name the code of each rule; `house` is Recount's own folder."""
    corrections = {wave: Path(settings.corrections) / f"{wave}.csv" for wave in settings.waves}
    codebook = Path(settings.coding.folder) / "codebook.yaml"
    return Sources(
        settings=settings,
        exports={wave: digest(Path(results) / wave / "export") for wave in settings.waves},
        corrections={wave: (file.as_posix(), digest(file)) for wave, file in corrections.items() if file.exists()},
        codebook=(codebook.as_posix(), read_codebook(codebook).version, digest(codebook))
        if codebook.exists()
        else None,
        code={rule: _code(rule, house) for rule in CHAIN},
    )


def finished_here(documents: Sequence[str], pages: str, waves: Iterable[str]) -> str:
    """Say what the build that has ended made, each path as seen from the shell that started it, if that is above."""
    shell, study = Path(os.environ.get("PWD", "")), Path.cwd()
    seen = [
        str((study / each).relative_to(shell)) if study.is_relative_to(shell) else each for each in (*documents, pages)
    ]
    paper = Path("results/paper")
    return finished(
        seen[:-1],
        seen[-1],
        claims=read_claims(paper / CLAIMS)["claims"],
        allowed=read_numbers(paper / "numbers.json")["allowed"],
        coding=[line for wave in waves for line in waiting_in(wave, read_uncoded(f"results/{wave}/uncoded.csv"))],
    )


def write_page(page: str, path: str | Path) -> None:
    """Write a page of the audit."""
    Path(path).write_bytes(page.encode("utf-8"))


class Results:
    """What a build wrote, of the study in the current folder, read when it is asked for."""

    def __init__(self, settings: Settings, folder: str | Path = "results") -> None:
        """Take the settings, and the folder of results."""
        self.settings = settings
        self.folder = Path(folder)
        self._tables: dict[str, WaveTables] = {}

    @cached_property
    def instrument(self) -> Instrument:
        """The questionnaire."""
        return with_parents(read_instrument(self.settings.instrument), read_codebook_of(self.settings.coding.folder))

    @cached_property
    def ledger(self) -> Ledger:
        """The content of numbers.json; raise `AuditError` where another version of Recount wrote it."""
        file = self.folder / "paper" / "numbers.json"
        ledger = read_numbers(file)
        if ledger["version"] != NUMBERS_VERSION:
            raise AuditError(
                Finding(
                    problem="another version of Recount wrote this ledger",
                    file=file.as_posix(),
                    key="version",
                    value=str(ledger["version"]),
                    expected=str(NUMBERS_VERSION),
                    mend=f"build it again: {build()}",
                )
            )
        return ledger

    @cached_property
    def estimates(self) -> Index:
        """The estimates by key."""
        return Index(read_estimates(self.folder / "estimates.csv"))

    def tables(self, wave: str) -> WaveTables:
        """Give the tables of a wave."""
        if wave not in self._tables:
            self._tables[wave] = read_tables(
                wave, settings=self.settings, instrument=self.instrument, results=self.folder, other=self.tables
            )
        return self._tables[wave]


def _code(rule: str, house: Path) -> tuple[str, list[str]]:
    script = house / "scripts" / f"{rule}.py"
    modules = [name_of(path, house) for path in modules_of(script, house) if path != script]
    return name_of(script, house), modules
