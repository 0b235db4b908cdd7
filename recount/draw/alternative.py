"""The alternative text: what the figure says, in one line, for those who do not see it."""

from collections.abc import Sequence

from recount.draw.measure import plain
from recount.draw.scene import Scene
from recount.errors import shortened

MOST = 1000
NAME = 120
DISTINCT = "; "
MORE = len("and 1,000 more")


def alternative(scene: Scene, lead: str, parts: Sequence[str], close: str = "") -> str:
    """Put together the kind of chart, its values in drawing order, and what else must be said.

    Values that would make the text longer than about a thousand characters are counted, not told.
    """
    simulated = _simulated(scene)
    lead = shortened(lead, MOST // 2)
    told = listed(parts, MOST - len(lead) - len(close) - len(simulated) - 10)
    sentences = [simulated, lead + (f": {told}" if told else ""), close]
    return plain(" ".join(each.rstrip(".") + "." for each in sentences if each))


def listed(parts: Sequence[str], room: int, *, by: str = DISTINCT) -> str:
    """List as many as there is room for, and say how many more there are."""
    told = list(parts)
    if len(by.join(told)) > room:
        while told and len(by.join(told)) > room - MORE - len(by):
            told.pop()
        told.append(f"and {len(parts) - len(told)} more")
    return by.join(told)


def brief(label: str) -> str:
    """Shorten a label that is as long as a paragraph."""
    return shortened(label, NAME)


def _simulated(scene: Scene) -> str:
    if not scene.simulated:
        return ""
    if set(scene.simulated) == set(scene.waves):
        return "The responses are simulated"
    return "The responses of " + ", ".join(scene.labels.wave(wave) for wave in scene.simulated) + " are simulated"
