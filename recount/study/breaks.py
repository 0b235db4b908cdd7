"""Where two waves of a question cannot be compared: by what the instrument declares, and by what it shows."""

from recount.study.instrument import Question, Universe


def break_between(question: Question, first: str, second: str, category: str = "") -> str:
    """Say why answers of two waves cannot be compared, or "" where they can.

    A wave with `comparable: false` says it itself. Where the wording differs, others were asked, or other answers were
    offered, a `note` at one of the waves takes the two at their word; without one they are not compared. Of several
    answers that one may tick, it is enough that the category, or all members of the net, could be ticked in both.

    Args:
        question: a question that both waves asked.
        first: the one wave.
        second: the other.
        category: a category or net of the question; all of them where empty.
    """
    fieldings = {wave: question.waves[wave] for wave in (first, second)}
    for wave, fielding in fieldings.items():
        if not fielding.comparable:
            return f"wave {wave} is not comparable: {fielding.note}"
    if any(fielding.note for fielding in fieldings.values()):
        return ""
    if question.text_in(first) != question.text_in(second):
        return (
            f"the question was worded differently in {first} and in {second}, and no note says that it may be compared"
        )
    universes = {wave: question.universe_in(wave) for wave in (first, second)}
    if _spread(universes[first]) != _spread(universes[second]):
        return f"others were asked: {' and '.join(f'in {wave} {_told(asked)}' for wave, asked in universes.items())}"
    return _other_answers(question, first, second, category)


def _other_answers(question: Question, first: str, second: str, category: str) -> str:
    offered = {wave: [each.id for each in question.offered_in(wave)] for wave in (first, second)}
    apart = [each.id for each in question.categories if (each.id in offered[first]) != (each.id in offered[second])]
    if question.type == "multi":
        meant = question.nets.get(category, (category,)) if category else tuple(apart)
        apart = [each for each in apart if each in meant]
    if not apart:
        return ""
    only = first if apart[0] in offered[first] else second
    return f"other answers were offered: {', '.join(apart)} in {only} alone"


def _spread(universe: Universe) -> dict[str, frozenset[str]]:
    return {question: frozenset(categories) for question, categories in universe.items()}


def _told(universe: Universe) -> str:
    return " and ".join(f"those of {name}: {', '.join(each)}" for name, each in universe.items()) or "everyone"
