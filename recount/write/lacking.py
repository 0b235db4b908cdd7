"""Why there is no estimate of what the paper asks for, where the study decides that."""

from recount.errors import Finding
from recount.estimate.compared import RANKS
from recount.estimate.since import Since
from recount.study.breaks import break_between
from recount.study.instrument import Instrument, Question
from recount.study.settings import Estimation, Settings


def not_followed(question: str, later: str, since: Since, *, settings: Settings, instrument: Instrument) -> str:
    """Say why respondents were not followed from one wave to another in a question, all or within a level."""
    names, earlier = list(settings.waves), since.earlier
    if names.index(earlier) >= names.index(later):
        return f"wave {earlier} does not come before wave {later} in config.yaml"
    if settings.estimates.protect == "respondents":
        return "respondents are protected, and a change is one person's answer"
    for wave in (earlier, later):
        if instrument.of_type("id", wave) is None:
            return f"wave {wave} has no question of type id, so that nobody can be found again"
        if instrument.of_type("weight", wave) is not None:
            return f"wave {wave} is weighted, and its weights are not made for those who answered twice"
    if since.group and (why := _no_levels(question, instrument.by_id[since.group], (earlier, later))):
        return why
    return f"the returning respondents were not followed in {question!r}: only closed and coded questions are"


def not_standardised(question: str, group: str, *, settings: Settings, instrument: Instrument) -> str:
    """Say why a level was not weighted to the composition that config.yaml asks for."""
    declared = settings.comparison
    if declared is None:
        return "no common composition is declared: comparison in config.yaml asks for one"
    if group in declared.by:
        return (
            f"waves are standardised by {group!r} itself, and within one of its levels there is nothing to standardise"
        )
    if settings.estimates.protect == "respondents":
        return "respondents are protected, and a level with another composition could give a hidden share away"
    if why := _no_levels(question, instrument.by_id[group], (declared.weight_to, *settings.waves)):
        return why
    return (
        f"this level of {group!r} was not weighted: in a wave it has nobody of what its composition by "
        f"{', '.join(declared.by)} asks for, or no weights fit"
    )


def not_tested(statistic: str, question: Question, by: str, wave: str, rules: Estimation) -> Finding:
    """Say why a question was not tested with a group."""
    problem, mend = f"wave {wave} did not ask {by!r}", ""
    if by not in rules.compared:
        problem = f"nothing is tested by {by!r}"
        mend = f"add {by} to estimates.compared in config.yaml"
    elif question.id == by:
        problem = "a question always goes together with itself"
    elif question.type not in ("single", "scale"):
        problem = f"only questions of one answer are tested, and this one is of type {question.type}"
    elif statistic == RANKS and question.type != "scale":
        problem = "its answers have no order: ranks are of questions of type scale"
        mend = f'ask for independence("{question.id}", by="{by}")'
    return Finding(problem=problem, key=f"{statistic} {question.id}", mend=mend)


def _no_levels(question: str, group: Question, waves: tuple[str, ...]) -> str:
    """Why waves have no levels of a group in common that a question could be followed in; "" where they have."""
    if question == group.id:
        return f"within a level of {group.id!r} all gave the same answer to it"
    for wave in waves:
        if wave not in group.waves:
            return f"wave {wave} did not ask {group.id!r}"
    broken = [why for wave in waves[1:] if (why := break_between(group, waves[0], wave))]
    return f"the levels of {group.id!r} are not comparable: {broken[0]}" if broken else ""
