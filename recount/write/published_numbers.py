"""What was published before, as numbers of the paper, and what follows from it about the bases."""

from dataclasses import replace

from recount.errors import EstimateError, Finding, nearest
from recount.estimate.granularity import Ints, neighbours, runs
from recount.estimate.reproduced import Granularity, Outcome
from recount.study.published import Published, PublishedFigures
from recount.write.arithmetic import POINTS, RESPONDENTS, SHARE, combined
from recount.write.index import Index, key_of, number_of
from recount.write.number import Declared, Number, Operation

PERCENT = "percent"
LIMITS = ("above", "below")


class PublishedNumbers:
    """Make numbers of published figures; their traces lead to the file that declares them."""

    def __init__(self, figures: PublishedFigures, index: Index, file: str) -> None:
        """Take the figures, the estimates that they correspond to, and the name of the file."""
        self._figures = {each.id: each for each in figures.figures}
        self._index = index
        self._file = file

    def published(self, figure: str) -> Number:
        """Give a figure that was published before: its value as printed, or of a bound its limit."""
        if figure not in self._figures:
            known = nearest(figure, list(self._figures))
            raise EstimateError(
                Finding(problem=f"{self._file} has no such figure", key="published", value=figure, expected=known)
            )
        found = self._figures[figure]
        limits = [name for name in LIMITS if getattr(found, name) is not None]
        if found.value is not None:
            return self.declared(found, "value")
        if found.kind != "bound" or len(limits) != 1:
            raise EstimateError(
                Finding(
                    problem="no number was published of this, or more than one",
                    key="published",
                    value=figure,
                    expected="a figure with a value, or a bound with one limit",
                )
            )
        return self.declared(found, limits[0])

    def declared(self, figure: Published, name: str) -> Number:
        """Make a number of a figure's `value`, `above`, `below`, `tolerance` or `rank`, written as it was printed."""
        value = float(getattr(figure, name))
        share = figure.unit == PERCENT and name != "rank"
        number = Number(
            value=value / 100 if share else value,
            unit=self._unit(figure, name),
            trace=Declared(self._file, f"figures.{figure.id}.{name}"),
        )
        return number.styled(decimals=figure.decimals_of(name))

    def rebuilt(self, figure: Published) -> Number | None:
        """Give the estimate that corresponds to a figure, with the decimals that were published."""
        row = self._index.get(figure.key)
        if row is None:
            return None
        number = number_of(row)
        said = [name for name in ("value", *LIMITS) if getattr(figure, name) is not None]
        return number.styled(decimals=max(map(figure.decimals_of, said))) if said else number

    def size(self, wave: Granularity) -> Number:
        """Give the number of respondents of a wave, as it was published, or else as it is estimated."""
        if wave.stated is not None:
            return self.declared(wave.stated, "value")
        return number_of(self._index.find(key_of(wave.wave, "", "respondents")))

    def bases(self, wave: Granularity, tested: tuple[Outcome, ...], found: Ints) -> list[tuple[Number, ...]]:
        """Give the bases that fit some figures of a wave: each by itself, or the ends of three neighbours or more."""
        spans: list[tuple[int, ...]] = []
        for first, last in runs(found):
            spans += [(first, last)] if last - first > 1 else [(each,) for each in dict.fromkeys((first, last))]
        return [tuple(self._base(wave, tested, float(end)) for end in span) for span in spans]

    def how_many(self, wave: Granularity, tested: tuple[Outcome, ...], found: Ints) -> Number:
        """Give the number of bases that fit some figures of a wave."""
        return replace(self._base(wave, tested, float(len(found))), unit="number")

    def nearest(self, outcome: Outcome, wave: Granularity) -> list[tuple[Number, Number]]:
        """Give the two counts of all respondents that come nearest to a percentage, each with its own."""
        figure, size = outcome.figure, self.size(wave)
        of = (self.declared(figure, "value"), size)
        counts = neighbours(figure.value or 0.0, wave.up_to, decimals=figure.decimals)
        made = [Number(value=float(each), unit=RESPONDENTS, trace=Operation("nearest count", of)) for each in counts]
        finer = {"method": PERCENT, "decimals": figure.decimals + 1}
        return [(each, combined("/", each, size).styled(**finer)) for each in made]

    def _base(self, wave: Granularity, tested: tuple[Outcome, ...], value: float) -> Number:
        of = tuple(self.declared(each.figure, "value") for each in tested)
        return Number(value=value, unit=RESPONDENTS, trace=Operation("bases that give", (*of, self.size(wave))))

    def _unit(self, figure: Published, name: str) -> str:
        """The unit of the estimate that corresponds; where there is none, the one that comes nearest."""
        if name == "rank":
            return "number"
        row = self._index.get(figure.key)
        counted = RESPONDENTS if figure.statistic == RESPONDENTS else "number"
        unit = row.unit if row else SHARE if figure.unit == PERCENT else counted
        return POINTS if name == "tolerance" and unit == SHARE else unit
