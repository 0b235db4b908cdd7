"""Words that a wave's design does not bear: where nobody was drawn there is no sampling error to speak of."""

import re
from dataclasses import dataclass

from recount.write.reading import Reading, line_of

_BLANKS = r"[\s\ue00f]+"
# By the design of the wave, what must not be said of it. Longer forms count too: margins, significantly, samples.
_CHANCE = (
    "margins? of error",
    "sampling errors?",
    "statistically significant(?:ly)?",
    "statistical significance",
    "representative samples?",
    "抽样误差",
    "误差范围",
    "统计(?:学)?上?显著",
    "代表性样本",
)
_UNBORNE = {"nonprobability": _CHANCE, "census": (*_CHANCE, "confidence intervals?", "置信区间")}
_PATTERNS = {
    design: re.compile(rf"(?<![A-Za-z])(?:{'|'.join(phrases)})(?![A-Za-z])".replace(" ", _BLANKS), re.IGNORECASE)
    for design, phrases in _UNBORNE.items()
}


@dataclass(frozen=True)
class Unborne:
    """A phrase that the design does not bear, and its line."""

    text: str
    line: int


def unborne(reading: Reading, design: str) -> list[Unborne]:
    """Find the phrases of a text that speak as if the respondents had been drawn at random, where they were not.

    Whether a sentence denies what it names, no pattern can tell: such a phrase is declared in report/literals.yaml.
    """
    pattern = _PATTERNS.get(design)
    found = pattern.finditer(reading.prose) if pattern else ()
    return [Unborne(" ".join(each[0].split()), line_of(reading.prose, each.start())) for each in found]
