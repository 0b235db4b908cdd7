"""Draw one figure of the paper."""

from collections.abc import Callable

import pandas as pd

from recount.display.formatter import Formatter
from recount.draw.bars import draw_bars
from recount.draw.blank import draw_blank, why_blank
from recount.draw.diverging import draw_diverging
from recount.draw.dots import draw_dots
from recount.draw.drawn import Drawn
from recount.draw.dumbbell import draw_dumbbell
from recount.draw.flow import draw_flow
from recount.draw.labels import Labels
from recount.draw.rows import Rows
from recount.draw.scene import Scene
from recount.draw.theme import themed
from recount.draw.upset import draw_upset
from recount.study.codebook import Codebook
from recount.study.figures import Figure, FigureKind
from recount.study.instrument import Instrument
from recount.study.settings import Settings

KINDS: dict[FigureKind, Callable[[Scene], Drawn]] = {
    "dots": draw_dots,
    "diverging": draw_diverging,
    "upset": draw_upset,
    "bars": draw_bars,
    "dumbbell": draw_dumbbell,
    "flow": draw_flow,
}


def draw_figure(
    name: str,
    figure: Figure,
    *,
    estimates: pd.DataFrame,
    instrument: Instrument,
    codebook: Codebook | None,
    settings: Settings,
) -> Drawn:
    """Draw a figure from estimates alone: nothing in it is computed here.

    Args:
        name: the figure's name in report/figures.yaml.
        figure: its declaration.
        estimates: the rows of results/estimates.csv.
        instrument: for the names of questions and categories, and which waves are comparable.
        codebook: for the names of codes; None where the study has none.
        settings: all of config.yaml.

    A figure of a wave that did not ask, or of answers that wait for codes, is a sheet that says so: the paper, which
    comes later, tells all that is missing at once.

    Raises `StudyError` for a declaration that cannot be drawn, `EstimateError` for estimates that do not exist.
    """
    scene = Scene(
        name=name,
        figure=figure,
        rows=Rows(estimates),
        labels=Labels(instrument, codebook, settings),
        formatter=Formatter(settings.display),
        instrument=instrument,
        settings=settings,
    )
    scene.check()
    why = why_blank(scene)
    with themed():
        return draw_blank(scene, why) if why else KINDS[figure.kind](scene)
