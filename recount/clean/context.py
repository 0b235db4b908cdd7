"""What every step of the stage needs to know."""

from dataclasses import dataclass

from recount.ingest.raw import RawExport
from recount.study.instrument import Instrument


@dataclass(frozen=True)
class Files:
    """Where the export, the instrument and the wave's corrections stand, for messages to name them.

    What is left empty is filled in: the export's own name, and data/corrections/WAVE.csv.
    """

    export: str = ""
    instrument: str = "data/instrument.yaml"
    corrections: str = ""


@dataclass(frozen=True)
class Context:
    """One wave's export as it was read, the instrument it answers, and the files a message may send its reader to.

    `corrected` says whether there are corrections of the wave: if not, a message tells how their file begins.
    """

    raw: RawExport
    instrument: Instrument
    wave: str
    files: Files
    corrected: bool = False


def context_of(
    raw: RawExport, instrument: Instrument, wave: str, files: Files | None, *, corrected: bool = False
) -> Context:
    """Gather the context, with the names of the files filled in."""
    given = files or Files()
    named = Files(
        export=given.export or raw.file or "the export",
        instrument=given.instrument,
        corrections=given.corrections or f"data/corrections/{wave}.csv",
    )
    return Context(raw, instrument, wave, named, corrected)
