"""With how many decimals a statistic is written: as fine as the answers were given."""

from recount.study.instrument import Question
from recount.study.settings import Display

# These are answers that somebody gave, or the middle of two.
AS_ANSWERED = ("median", "q1", "q3", "minimum", "maximum")
# These are computed from them, and as fine as `display.decimals` at least.
COMPUTED = ("mean", "sd")


def decimals_of(statistic: str, question: Question, display: Display) -> int | None:
    """Give the decimals of a statistic whose question declares how fine its answers are; None goes by the unit."""
    if question.decimals is None:
        return None
    if statistic in AS_ANSWERED:
        return question.decimals
    return max(question.decimals, display.decimals) if statistic in COMPUTED else None
