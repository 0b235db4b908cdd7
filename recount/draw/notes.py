"""What stands in small letters below a figure: what is shown, of whom, and what the lines mean."""

from collections.abc import Sequence

from recount.display.formatter import known
from recount.draw.rows import Estimate
from recount.draw.scene import Scene

_OF = {
    "answered": "those who were asked and gave a valid answer",
    "asked": "all who were asked",
    "respondents": "all respondents",
}


def bases(estimates: Sequence[Estimate], scene: Scene) -> str:
    """Say what percentages are percentages of."""
    kinds = {
        "asked" if each.statistic == "share_asked" else scene.instrument.question(each.question).base
        for each in estimates
    }
    weighted = " Shares are weighted, bases are not." if any(each.weighted for each in estimates) else ""
    of = _OF[next(iter(kinds))] if len(kinds) == 1 else "the base of each item"
    return f"Shares are of {of}.{weighted}"


def interval_note(scene: Scene, estimates: Sequence[Estimate], shape: str) -> str:
    """Say which wave it is, what the shares are of, and which interval the lines are."""
    lines = any(known(each.low) and known(each.high) for each in estimates)
    drawn = f"{shape}: share; line: {scene.confidence} interval." if lines else f"{shape}: share."
    return f"{scene.labels.wave(scene.wave)}. {drawn} {bases(estimates, scene)}"
