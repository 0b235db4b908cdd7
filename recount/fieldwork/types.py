"""Whether a question still takes the same kind of answer: one choice, several, a number, words."""

from recount.fieldwork.pair import ALIKE, Pair
from recount.fieldwork.posed import Posed

_ANSWERS = {
    "single": "one choice",
    "scale": "one choice",
    "multi": "several choices",
    "number": "a number",
    "text": "words of one's own",
    "date": "a date",
    "weight": "a number",
}
# Of fewer answers nobody can say that each has but one option, or is a number, by rule and not by chance.
_ENOUGH = 30


def type_change(pair: Pair) -> str:
    """Say how the type changed, such as `one choice -> several choices`; empty where it did not or cannot be told."""
    before, posed = pair.question.type, pair.posed
    after = _asks(posed)
    if pair.unexplained or before == "id" or not after or _ANSWERS[before] == _ANSWERS[after]:
        return ""
    if before in ("single", "scale") and after != "multi" and (pair.options or 0) >= ALIKE:
        return ""  # codes that look like numbers or words, and are the question's
    if before == "multi" and not _is_one_choice(posed):
        return ""
    if before == "text" and not _is_closed(posed):
        return ""
    return f"{_ANSWERS[before]} -> {_ANSWERS[after]}"


def _asks(posed: Posed) -> str:
    if not posed.filled and not posed.told:
        return ""
    return "" if posed.asks == "unknown" else posed.asks


def _is_one_choice(posed: Posed) -> bool:
    """A list in which nobody ever gave two options is still a list, unless many answered, or the file says so."""
    if posed.asks in ("number", "text"):
        return posed.filled >= _ENOUGH
    return (posed.told and not posed.spread) or posed.filled >= _ENOUGH


def _is_closed(posed: Posed) -> bool:
    """That words repeat proves nothing: people say the same. The file must name the options, or all be numbers."""
    return posed.told or (posed.asks == "number" and posed.filled >= _ENOUGH)
