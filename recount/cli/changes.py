"""Commands on what changed: between two waves, and between two builds of one."""

from pathlib import Path
from typing import Annotated

import typer

import recount
from recount.cli.app import app, built
from recount.errors import Finding, StudyError, reported


@app.command()
def changes(
    before: Annotated[str, typer.Argument(help="the wave that the paper was about")] = "",
    now: Annotated[str, typer.Argument(help="the wave that it is to be about")] = "",
    *,
    against: Annotated[str, typer.Option(help="a build that `recount keep` kept, or another folder of the study")] = "",
) -> None:
    """Tell sentence by sentence what changed and why; written to results/changes, too.

    Between two waves: recount changes 2020 2022. Between two builds: recount keep NAME before the edit, and after
    the next build: recount changes --against NAME.
    """
    from recount.audit.changes.compared import compare_builds, compare_waves
    from recount.audit.changes.io import found_kept, read_side, write_changes
    from recount.audit.changes.told import markdown

    with reported():
        built("results/estimates.csv")
        if bool(against) == bool(before and now):
            raise StudyError(
                Finding(
                    problem="two sides are compared",
                    expected="recount changes 2020 2022, or recount changes --against NAME",
                )
            )
        if against:
            place = found_kept(against)
            later = read_side("now")
            found = compare_builds(read_side(place.name, folder=place, template=later.template), later)
            name = f"against-{place.name}"
        else:
            later = read_side(now, wave=now)
            found, name = compare_waves(read_side(before, wave=before), later), f"{before}-{now}"
        files = write_changes(found, name, assets=_assets())
        print(markdown(found))
        print(*map(str, files), sep="\n")


@app.command()
def keep(name: Annotated[str, typer.Argument(help="a name, such as before-coding", show_default=False)]) -> None:
    """Keep the build as it is, to see later what an edit did: recount changes --against NAME."""
    from recount.audit.changes.io import keep as kept

    with reported():
        print(kept(name))


def _assets() -> Path:
    """The page's template and style; a study may have its own in the same place."""
    own = Path("report/changes")
    return own if own.is_dir() else Path(recount.__file__).parents[1] / own
