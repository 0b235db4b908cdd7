"""The alternative text: what the figure says, in one line, for those who do not see it."""

from collections.abc import Sequence

from recount.draw.measure import plain
from recount.draw.scene import Scene

MOST = 1000
DISTINCT = "; "


def alternative(scene: Scene, lead: str, parts: Sequence[str], close: str = "") -> str:
    """Put together the kind of chart, its values in drawing order, and what else must be said.

    Values that would make the text longer than about a thousand characters are counted, not told.
    """
    simulated = _simulated(scene)
    room = MOST - len(lead) - len(close) - len(simulated) - 40
    told = list(parts)
    while told and len(DISTINCT.join(told)) > room:
        told.pop()
    left = len(parts) - len(told)
    if left:
        told.append(f"and {left} more")
    sentences = [simulated, lead + (": " + DISTINCT.join(told) if told else ""), close]
    return plain(" ".join(each.rstrip(".") + "." for each in sentences if each))


def _simulated(scene: Scene) -> str:
    if not scene.simulated:
        return ""
    if set(scene.simulated) == set(scene.waves):
        return "The responses are simulated"
    return "The responses of " + ", ".join(scene.labels.wave(wave) for wave in scene.simulated) + " are simulated"
