"""Commands for those who code in other programs: `recount codes`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from recount.cli.app import WaveName, app
from recount.errors import reported

codes = typer.Typer(help="Take answers and codes to other programs, and back.", no_args_is_help=True)
app.add_typer(codes, name="codes")

Form = Literal["qdpx", "qdc", "xlsx"]
Questions = Annotated[list[str] | None, typer.Option("--question", help="a question; all that are coded if not given")]


@codes.command("export")
def export_codes(
    wave: WaveName,
    *,
    output: Annotated[Path, typer.Option(help="the file to write", show_default=False)],
    form: Annotated[
        Form | None,
        typer.Option("--format", help="qdpx: project, qdc: codebook, xlsx: Excel; by the file's name if not given"),
    ] = None,
    question: Questions = None,
    coder: Annotated[
        list[str] | None,
        typer.Option(help="a coder whose codes go along; none if not given, so that nobody sees another's"),
    ] = None,
) -> None:
    """Write a wave's answers and the codebook for NVivo, MAXQDA, ATLAS.ti, QualCoder (REFI-QDA), or Excel."""
    from recount.coding.exchange.io import read_desk, write_export
    from recount.study.settings import read_settings

    with reported():
        settings = read_settings()
        chosen = form or form_of(output)
        desk = read_desk(settings, wave, question or ())
        answers = write_export(desk, output, chosen, title=settings.title, coders=coder or ())
        print(f"{output.as_posix()}: {', '.join(desk.answers)}" + (f"; {answers} answers" if answers else ""))


@codes.command("import")
def import_codes(
    wave: WaveName,
    file: Annotated[Path, typer.Argument(help="a .qdpx or .xlsx file that was coded", show_default=False)],
    *,
    coder: Annotated[str, typer.Option(help="who coded, as in QUESTION.CODER.csv", show_default=False)],
    user: Annotated[str | None, typer.Option(help="the coder's name in the program, where it is another")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="let what comes take the place of other codes")] = False,
) -> None:
    """Bring codes home into the coder's files; where these say otherwise, nothing is written."""
    from recount.coding.exchange.io import bring_home, read_brought, read_desk
    from recount.study.settings import read_settings

    with reported():
        settings = read_settings()
        desk = read_desk(settings, wave)
        brought = read_brought(desk, file, coder=coder, user=user)
        print(*brought.left_out, sep="\n", end="\n" if brought.left_out else "")
        for line in bring_home(desk, brought, settings.coding.folder, coder=coder, replace=replace):
            print(line)


@codes.command("codebook")
def show_codebook(
    file: Annotated[Path, typer.Argument(help="a .qdc, .qdpx or .xlsx file", show_default=False)],
    *,
    question: Annotated[str | None, typer.Option(help="the question that all of its codes are for")] = None,
) -> None:
    """Print the codes of a REFI-QDA file or of a workbook as a codebook.yaml."""
    from recount.coding.exchange.io import codebook_in

    with reported():
        print(codebook_in(file, question), end="")


def form_of(output: Path) -> Form:
    """Tell the form of an export by its name."""
    from recount.errors import Finding, StudyError

    forms: dict[str, Form] = {".qdpx": "qdpx", ".qdc": "qdc", ".xlsx": "xlsx"}
    if output.suffix.lower() not in forms:
        expected = "a name that ends in .qdpx, .qdc or .xlsx; or --format"
        raise StudyError(Finding(problem="the name does not tell the form", file=output.as_posix(), expected=expected))
    return forms[output.suffix.lower()]


@app.command()
def codebook(
    *,
    keep: Annotated[bool, typer.Option("--keep", help="keep a copy of this version, before you edit it")] = False,
) -> None:
    """List what each version of the codebook changed, and whose codings are therefore open again."""
    from recount.study.settings import read_settings
    from recount.study.versions import keep as kept
    from recount.study.versions import listed, read_versions

    with reported():
        folder = Path(read_settings().coding.folder)
        if keep:
            print(f"{kept(folder).as_posix()}: now edit {folder.as_posix()}/codebook.yaml, and raise its version")
            return
        versions = read_versions(folder)
        print(listed(versions.changes() if versions else []))


@app.command("double-code")
def double_code(
    wave: WaveName,
    *,
    coder: Annotated[str, typer.Option(help="the second coder, as in QUESTION.CODER.csv", show_default=False)],
    question: Questions = None,
) -> None:
    """Draw the answers that a second coder codes, and write them as sheets to be filled in."""
    from recount.coding.exchange.io import read_desk, write_sheets
    from recount.study.settings import read_settings

    with reported():
        settings = read_settings()
        desk = read_desk(settings, wave, question or ())
        for line in write_sheets(desk, settings.coding.double, settings.coding.folder, coder=coder):
            print(line)
