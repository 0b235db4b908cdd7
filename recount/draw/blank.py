"""A figure that cannot be drawn yet, or not of this wave: a sheet that says why, so that the paper can tell it all."""

from recount.draw.drawn import Drawn
from recount.draw.scene import Scene
from recount.draw.sheet import MARGIN, Sheet
from recount.draw.theme import QUIET, TEXT
from recount.estimate.waiting import waiting
from recount.study.absent import not_asked

HEIGHT = 24.0


def why_blank(scene: Scene) -> str:
    """Say why a figure has nothing to show: its wave did not ask, or the answers wait for codes; "" where it has."""
    wave = scene.labels.wave(scene.waves[0])
    if names := not_asked(scene.figure, scene.instrument, scene.settings.paper.wave):
        return f"Not asked in {wave}: {', '.join(map(scene.labels.question, names))}"
    waits = waiting(scene.rows.frame(scene.rows.keys()))
    names = [each.question for each in scene.figure.items if (scene.waves[0], each.question) in waits]
    return f"Waits for codes, {wave}: {', '.join(map(scene.labels.question, names))}" if names else ""


def draw_blank(scene: Scene, why: str) -> Drawn:
    """Draw the sheet: no estimate is in it."""
    sheet = Sheet(HEIGHT)
    sheet.box(MARGIN, MARGIN, sheet.width - 2 * MARGIN, HEIGHT - 2 * MARGIN, fill="none", edge=QUIET)
    sheet.text(sheet.width / 2, HEIGHT / 2, why, size=TEXT, colour=QUIET, across="center")
    sheet.simulated(scene.simulated_mark)
    source = scene.rows.frame([])
    for place, name in enumerate(("label", "series", "panel", "display")):
        source.insert(place, name, "")
    return Drawn(picture=sheet.figure, source=source, alternative=f"An empty figure. {why}.")
