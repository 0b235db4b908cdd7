"""What a figure or table shows that its wave did not ask."""

from recount.study.figures import Figure
from recount.study.instrument import Instrument

# Kinds that show one wave; those of several say themselves which wave did not ask.
OF_ONE_WAVE = ("dots", "diverging", "upset", "bars")


def not_asked(figure: Figure, instrument: Instrument, wave: str) -> list[str]:
    """List the questions of a figure that its wave did not ask; `wave` is the paper's, for figures that name none."""
    if figure.kind not in OF_ONE_WAVE or figure.waves:
        return []
    shown = [item.question for item in figure.items if item.question in instrument.by_id]
    return [name for name in shown if (figure.wave or wave) not in instrument.by_id[name].waves]
