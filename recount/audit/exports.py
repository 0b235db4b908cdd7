"""Where the raw cells of a build are not those of the export that the study keeps."""

from pathlib import Path

from recount.audit.io import Results
from recount.building import build, command
from recount.display.counts import counted
from recount.errors import Finding
from recount.ingest.raw import RawExport
from recount.ingest.read import read_export
from recount.ingest.seal import digest


def export_findings(results: Results, wave: str) -> list[Finding]:
    """Read a wave's export again, and find where it is not the one, or gives not the cells, that the paper rests on.

    A fetched export is read as it was fetched. Raise `ExportError` where there is none, or it cannot be read.
    """
    reading = results.settings.waves[wave]
    file = results.folder / wave / "export" if reading.source else Path(reading.export)
    sealed, found = results.ledger["waves"][wave]["sha256"], digest(file)
    if found != sealed:
        return [_other_file(file.as_posix(), wave, found, sealed)]
    again = read_export(
        file,
        name=Path(reading.export).name,
        format=reading.format,
        header_rows=reading.header_rows,
        encoding=reading.encoding,
        sheet=reading.sheet,
    )
    return _other_cells(f"{results.folder.as_posix()}/{wave}/raw.parquet", results.tables(wave).raw, again)


def _other_file(file: str, wave: str, found: str, sealed: str) -> Finding:
    return Finding(
        problem="this is not the export that the paper rests on",
        file=file,
        value=found,
        expected=f"the SHA-256 {sealed}",
        mend="put the sealed file back; or, if this one is meant to replace it: "
        f"{command('seal', wave)}, then {build()}",
    )


def _other_cells(file: str, got: RawExport, exp: RawExport) -> list[Finding]:
    """Raw cells that are not the export's: which columns or rows, or else how often and where first, by column."""
    if got.cells.column_names != exp.cells.column_names or len(got.cells) != len(exp.cells):
        value, expected = _extent(got), f"{_extent(exp)}, as they are named there"
        problem = "these are not the columns and rows of the export"
        return [Finding(problem=problem, file=file, value=value, expected=expected, mend=_again())]
    rows = exp.cells["row"].to_pylist()
    found = []
    for name in exp.cells.column_names:
        pairs = zip(rows, got.cells[name].to_pylist(), exp.cells[name].to_pylist(), strict=True)
        if apart := [(row, one, other) for row, one, other in pairs if one != other]:
            found.append(_other_column(file, name, apart))
    return found


def _extent(export: RawExport) -> str:
    return f"{counted(len(export.cells), 'row')}, {counted(len(export.columns), 'column')}"


def _other_column(file: str, name: str, apart: list[tuple[int, object, object]]) -> Finding:
    row, got, exp = apart[0]
    return Finding(
        problem=f"the export holds something else in {counted(len(apart), 'cell')}",
        file=file,
        row=row,
        key=name,
        value=str(got),
        expected=repr(str(exp)),
        mend=_again(),
    )


def _again() -> str:
    return build("--forcerun", "ingest_export")
