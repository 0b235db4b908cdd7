"""What every kind of figure is given: its declaration, the estimates, the names, the way to write values."""

from dataclasses import dataclass

from recount.display.formatter import Formatter
from recount.draw.labels import Labels
from recount.draw.rows import Rows
from recount.errors import Finding, StudyError, nearest
from recount.study.figures import Figure
from recount.study.instrument import Instrument
from recount.study.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One figure that is to be drawn."""

    name: str
    figure: Figure
    rows: Rows
    labels: Labels
    formatter: Formatter
    instrument: Instrument
    settings: Settings

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves that the figure shows, in the order in which they are declared; the paper's where none is."""
        declared = self.figure
        return declared.waves or (declared.wave or self.settings.paper.wave,)

    @property
    def wave(self) -> str:
        """The wave of a figure that shows one; raise `StudyError` where several are declared."""
        if len(self.waves) > 1:
            raise self.wrong("waves", ", ".join(self.waves), f"one wave, for a figure of kind {self.figure.kind}")
        return self.waves[0]

    @property
    def simulated(self) -> tuple[str, ...]:
        """Those of its waves whose responses are simulated."""
        return tuple(wave for wave in self.waves if wave in self.settings.simulated)

    @property
    def simulated_mark(self) -> str:
        """What the picture says of simulated responses: nothing, that there are some, or in which waves."""
        if not self.simulated:
            return ""
        some = set(self.simulated) < set(self.waves)
        return "Simulated responses" + (f": {', '.join(map(self.labels.wave, self.simulated))}" if some else "")

    @property
    def confidence(self) -> str:
        """The confidence of all intervals, as text: "95%"."""
        return f"{self.settings.estimates.confidence * 100:g}%"

    def check(self) -> None:
        """Raise `StudyError` for waves and items that this kind of figure cannot show."""
        known = list(self.settings.waves)
        for wave in self.waves:
            if wave not in known:
                raise self.wrong("waves", wave, nearest(wave, known))
        count = len(self.figure.items)
        if self.figure.kind in ("upset", "bars") and count != 1:
            raise self.wrong("items", f"{count} items", f"one item, for a figure of kind {self.figure.kind}")
        if self.figure.kind in ("dots", "diverging", "dumbbell") and count == 0:
            raise self.wrong("items", "none", "at least one item: {question: ...}")
        for item in self.figure.items:
            self.instrument.question(item.question)

    def wrong(self, key: str, value: str, expected: str) -> StudyError:
        """Make the error that says what the declaration of the figure should say."""
        return StudyError(
            Finding(
                problem="this figure cannot be drawn as declared",
                file=self.settings.paper.figures,
                key=f"figures.{self.name}.{key}",
                value=value,
                expected=expected,
            )
        )
