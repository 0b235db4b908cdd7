"""What to ask for instead, where a question has no such statistic: its type and its declaration say why."""

from recount.coding.statistics import AGREEMENT
from recount.display import terms
from recount.errors import Finding
from recount.estimate.answers import NO_ANSWER
from recount.estimate.scores import scores_of
from recount.study.instrument import Question

SCORED = ("mean", "sd", "median", "q1", "q3", "minimum", "maximum")
OF_CATEGORIES = ("share", "count")
OF_CODERS = (*AGREEMENT, "double_coded", "adjudicated", "by_rule", "uncoded")
# What a wave has only where config.yaml says how many were asked.
OF_CONTACTED = ("contacted", "response_rate")

NOT_MENTIONED = "mentions of this question are not counted"
NOT_COMBINED = "which categories of this question go together is not counted"


def instead(statistic: str, question: Question | None, wave: str) -> Finding | None:
    """Say why there is no such statistic and what there is; None where the declaration does not rule it out."""
    if question is None:
        return _of_wave(statistic, wave)
    reason = _reason(statistic, question)
    if not reason:
        return None
    problem, mend = reason
    return Finding(problem=problem, expected=_what_it_has(question), mend=mend)


def _of_wave(statistic: str, wave: str) -> Finding | None:
    if statistic not in OF_CONTACTED:
        return None
    return Finding(
        problem="nobody declared how many were asked to take part", mend=f"set waves.{wave}.contacted in config.yaml"
    )


def _reason(statistic: str, question: Question) -> tuple[str, str] | None:
    """Why this question has no such statistic, and what to declare for it to have one."""
    numeric = question.type == "number" or bool(scores_of(question))
    score = "give each category a score in the instrument, if they are steps of one scale"
    counted = question.closed or question.coded
    several = question.type == "multi" or question.coded
    reasons = (
        (SCORED, numeric, "this question has no scores", score if question.type == "single" else ""),
        (OF_CATEGORIES, counted, "this question has no categories", ""),
        (("net",), question.net, "this question declares no net", "name two nets under `net` in the instrument"),
        (("chosen_mean",), several, "respondents chose one answer at most", ""),
        (
            ("mentions", "mention_share"),
            question.mentions,
            NOT_MENTIONED,
            "set `mentions: true` there in the instrument",
        ),
        (("combination",), question.combinations, NOT_COMBINED, "set `combinations: true` there in the instrument"),
        (OF_CODERS, question.coded, "this question is not coded", ""),
        (("first", "last"), question.type == "date", "this question is no date", ""),
    )
    return next(
        ((problem, mend) for statistics, has, problem, mend in reasons if statistic in statistics and not has), None
    )


def _what_it_has(question: Question) -> str:
    """Name the function to ask with, for a question of this type."""
    if question.type == "date":
        return f'first_date("{question.id}") or last_date("{question.id}")'
    if question.type == "number":
        return f'median("{question.id}") or mean("{question.id}")'
    if question.closed:
        return f'share("{question.id}", "{question.categories[0].id}"), of a category'
    if question.coded:
        return f'share("{question.id}", CODE) of a code, or ranked("{question.id}")'
    return f'share_asked("{question.id}", "{NO_ANSWER}"), for "{terms.NO_ANSWER.lower()}" alone is counted'
