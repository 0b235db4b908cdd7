"""To which cause a respondent belongs whose part in a number changed between two waves."""

from recount.audit.changes.causes import ANSWERS, BASE, CAME, CODED, CODING, LEFT, OF_WAVES, Pair, Replacing
from recount.audit.changes.side import Side
from recount.write.number import Estimate


def between_waves(before: Side, now: Side) -> Replacing:
    """Replace the respondents of one wave by those of another; a wave that the paper names itself stays as it is."""
    pairs: dict[tuple[str, str], Pair] = {(wave, wave): (tables, tables) for wave, tables in now.tables.items()}
    pairs[before.wave, now.wave] = (before.tables[before.wave], now.tables[now.wave])
    said: dict[str, frozenset[str]] = {}

    def label(pair: Pair, of: Estimate, name: str, in_before: bool, in_now: bool) -> str:  # noqa: FBT001 - two alike
        earlier, later = pair
        if name not in later.respondents:
            return LEFT
        if name not in earlier.respondents:
            return CAME
        if not (in_before and in_now):
            return BASE
        asked = later.instrument.by_id.get(of.question)
        if asked is None or not asked.coded:
            return ANSWERS
        if of.question not in said:
            said[of.question] = _said_again(pair, of.question)
        return CODING if name in said[of.question] else CODED

    return Replacing(OF_WAVES, label, pairs)


def _said_again(pair: Pair, question: str) -> frozenset[str]:
    """Who gave word for word the same answer in both waves: another code is then the coders'."""
    earlier, later = (dict(zip(each.respondents, each.clean[question], strict=True)) for each in pair)
    return frozenset(name for name, answer in earlier.items() if later.get(name) == answer)
