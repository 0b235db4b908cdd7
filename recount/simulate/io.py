"""Write simulated waves: exports in chunks, corrections, and the coders' files."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import IO, get_args

import numpy as np
import pandas as pd

from recount.building import command
from recount.errors import Finding, SimulationError, nearest
from recount.simulate.simulate import Simulated, simulate_wave
from recount.study.instrument import read_instrument
from recount.study.settings import Settings, read_settings
from recount.study.simulation import Design, Form, read_design

CHUNK = 50_000
DESIGN = "data/simulation.yaml"
ENDINGS = {"tsv": ".tsv", "spss": ".sav"}


def write_simulated(
    root: Path,
    wave: str,
    *,
    rows: int | None = None,
    seed: int | None = None,
    form: str | None = None,
    output: Path | None = None,
    design: Path | None = None,
) -> Path:
    """Simulate a wave of the study in `root` and write it; give the path of the export.

    `output` is a file for the export alone, or a folder (a name without an ending) for the export, corrections.csv and
    coding/; without it, results/simulated/WAVE. `design` is data/simulation.yaml where the study has one.
    """
    settings = read_settings(root / "config.yaml")
    instrument = read_instrument(root / settings.instrument)
    simulated = simulate_wave(instrument, _design(root, design), wave, seed=seed, size=rows, form=_form(form))
    target = root / (output or Path("results") / "simulated" / wave)
    alone = bool(target.suffix)
    export = target if alone else target / ("responses" + ENDINGS.get(simulated.form, ".csv"))
    for name, declared in settings.waves.items():
        if not declared.simulated and export.resolve() == (root / declared.export).resolve():
            raise _not_simulated(name, settings)
    write_export(simulated, export)
    if not alone:
        write_table(simulated.corrections, target / "corrections.csv")
        for name, coding in simulated.codings.items():
            write_table(coding, target / "coding" / f"{name}.csv")
    return export


def install_simulated(root: Path, wave: str, *, seed: int | None = None) -> tuple[Path, ...]:
    """Simulate a wave into the study itself: its export, its corrections and its coders' files.

    Raise `SimulationError` where the settings do not say that the wave is simulated: real responses are never
    overwritten. Nothing is sealed: `recount seal WAVE` does that.
    """
    settings = read_settings(root / "config.yaml")
    if wave not in settings.waves or not settings.waves[wave].simulated:
        raise _not_simulated(wave, settings)
    simulated = simulate_wave(read_instrument(root / settings.instrument), _design(root, None), wave, seed=seed)
    export = root / settings.waves[wave].export
    write_export(simulated, export)
    written = [export, write_table(simulated.corrections, root / settings.corrections / f"{wave}.csv")]
    for name, coding in simulated.codings.items():
        written.append(write_table(coding, root / settings.coding.folder / wave / f"{name}.csv"))
    return tuple(written)


def write_export(simulated: Simulated, file: Path) -> None:
    """Write the export in its platform's form; raise `SimulationError` where its encoding lacks a character."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if simulated.form == "spss":
        _write_sav(simulated, file)
        return
    try:
        with file.open("w", encoding=simulated.encoding, newline="") as stream:
            _write_delimited(simulated, stream)
    except UnicodeEncodeError as error:
        file.unlink()
        raise SimulationError(
            Finding(
                problem=f"{simulated.encoding} has no such character",
                file=str(file),
                value=error.object[error.start : error.end],
                expected="utf-8, or answers and labels that the encoding can hold",
                mend=f"change waves.{simulated.wave}.encoding or .languages in {DESIGN}",
            )
        ) from None


def write_table(table: pd.DataFrame, file: Path) -> Path:
    """Write a small table as CSV, with LF line endings."""
    file.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(file, index=False, encoding="utf-8", lineterminator="\n")
    return file


def _not_simulated(wave: str, settings: Settings) -> SimulationError:
    return SimulationError(
        Finding(
            problem="this wave is not simulated; its files are not touched",
            file="config.yaml",
            key=f"waves.{wave}.simulated",
            expected="simulated: true" if wave in settings.waves else nearest(wave, list(settings.waves)),
            mend=f"to rehearse beside the study: {command('simulate', wave)}",
        )
    )


def _design(root: Path, design: Path | None) -> Design | None:
    file = root / (design or DESIGN)
    return read_design(file) if design or file.exists() else None


def _form(form: str | None) -> Form | None:
    known = list(get_args(Form))
    if form is None:
        return None
    for each in known:
        if each == form:
            return each  # type: ignore[no-any-return]
    raise SimulationError(Finding(problem="there is no such form to write", value=form, expected=nearest(form, known)))


def _write_delimited(simulated: Simulated, stream: IO[str]) -> None:
    writer = csv.writer(stream, delimiter=simulated.delimiter, lineterminator="\n")
    writer.writerows(zip(*(heading.texts for heading in simulated.headings), strict=True))
    writer.writerows(_rows(simulated.cells))


def _rows(cells: dict[str, np.ndarray]) -> Iterable[tuple[str, ...]]:
    columns = list(cells.values())
    for start in range(0, len(columns[0]), CHUNK):
        yield from zip(*(column[start : start + CHUNK].tolist() for column in columns), strict=True)


def _write_sav(simulated: Simulated, file: Path) -> None:
    """Write an SPSS file: all variables as strings under names that SPSS allows, their columns' names as labels."""
    import pyreadstat

    names = [_spss_name(heading.name, place) for place, heading in enumerate(simulated.headings, start=1)]
    frame = pd.DataFrame(dict(zip(names, simulated.cells.values(), strict=True)))
    labels: list[str | None] = [heading.name for heading in simulated.headings]
    pyreadstat.write_sav(frame, str(file), column_labels=labels)


def _spss_name(name: str, place: int) -> str:
    kept = "".join(letter if letter.isascii() and (letter.isalnum() or letter == "_") else "_" for letter in name)
    return kept[:60] if kept[:1].isalpha() else f"V{place}_{kept}"[:60]
