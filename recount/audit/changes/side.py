"""One side of a comparison: a wave of a build, with the paper written of it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from recount.audit.tables import WaveTables
from recount.draw.figure import draw_figure
from recount.errors import RecountError
from recount.study.parents import with_parents
from recount.write.draft import Draft, Study, drafted


@dataclass(frozen=True)
class Figured:
    """The rows of a figure's source data, or why there are none."""

    rows: tuple[Mapping[Hashable, Any], ...]
    lacking: str = ""


@dataclass(frozen=True)
class Side:
    """The paper of one wave in one build; `study.settings.paper.wave` is the wave.

    `template` is the same text on both sides, so that numbers are found again by their place in it.
    """

    name: str
    study: Study
    tables: Mapping[str, WaveTables]
    template: str

    @property
    def wave(self) -> str:
        """The wave that the paper is about on this side."""
        return self.study.settings.paper.wave

    @cached_property
    def figures(self) -> Mapping[str, Figured]:
        """What each figure shows, drawn from the estimates of this side."""
        return {name: self._figured(name) for name in self.study.figures.figures}

    def _figured(self, name: str) -> Figured:
        study = self.study
        try:
            drawn = draw_figure(
                name,
                study.figures.figures[name],
                estimates=study.estimates,
                instrument=with_parents(study.instrument, study.codebook),
                codebook=study.codebook,
                settings=study.settings,
            )
        except RecountError as error:
            return Figured((), f"{self.name}: {error.findings[0].problem}")
        return Figured(tuple(drawn.source.to_dict("records")), "" if len(drawn.source) else drawn.alternative)

    @cached_property
    def draft(self) -> Draft:
        """The paper, whatever is wrong with it."""
        return drafted(self.template, file=self.study.settings.paper.template, study=self.study)
