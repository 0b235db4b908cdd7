"""One side of a comparison: a wave of a build, with the paper written of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from recount.audit.tables import WaveTables
from recount.write.draft import Draft, Study, drafted


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
    def draft(self) -> Draft:
        """The paper, whatever is wrong with it."""
        return drafted(self.template, file=self.study.settings.paper.template, study=self.study)
