"""Two sides held against each other: sentences with their causes, and what differs around them."""

from collections import Counter
from dataclasses import dataclass

from recount.audit.changes.change import Comparing
from recount.audit.changes.declared import Section, codes, edits, items, respondents
from recount.audit.changes.floats import Float, floats
from recount.audit.changes.labels import between_waves
from recount.audit.changes.reasons import between_builds
from recount.audit.changes.sentences import Sentence, sentences
from recount.audit.changes.side import Side
from recount.display.formatter import Formatter


@dataclass(frozen=True)
class Compared:
    """All that `recount changes` tells."""

    title: str
    before: str
    now: str
    simulated: tuple[str, ...]
    order: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    floats: tuple[Float, ...]
    sections: tuple[Section, ...]
    formatter: Formatter

    @property
    def statuses(self) -> dict[str, int]:
        """How many claims have each status."""
        return dict(Counter(claim.status for sentence in self.sentences for claim in sentence.claims))


def compare_waves(before: Side, now: Side) -> Compared:
    """Hold the paper of one wave against that of another, in the same build."""
    around = (respondents(before, now), codes(before, now), items(before, now))
    return _compared(Comparing(before, now, between_waves(before, now)), around)


def compare_builds(before: Side, now: Side) -> Compared:
    """Hold the paper of one build against that of another, of the same wave."""
    return _compared(Comparing(before, now, between_builds(before, now)), tuple(edits(before, now)))


def _compared(comparing: Comparing, sections: tuple[Section, ...]) -> Compared:
    settings = comparing.now.study.settings
    return Compared(
        title=settings.title,
        before=comparing.before.name,
        now=comparing.now.name,
        simulated=settings.simulated,
        order=comparing.replacing.order,
        sentences=tuple(sentences(comparing)),
        floats=tuple(floats(comparing)),
        sections=sections,
        formatter=Formatter(settings.display),
    )
