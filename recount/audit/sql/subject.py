"""What an estimate of a question counts, as conditions: who was asked, who answered, who chose what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from recount.audit.sql.conditions import both, one_of, ticked_any
from recount.audit.sql.fielded import Fielded
from recount.audit.sql.quote import text
from recount.audit.sql.readings import answers, asked, gave
from recount.audit.sql.sources import codes, respondents, weights
from recount.audit.sql.steps import Step, each_once
from recount.study.instrument import Question

NO_ANSWER = "no answer"
NONE = "none"  # stands in codes.csv where no code applies


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One question, of all respondents or of one level of a group.

    `steps` come before, `tables` are joined, `within` holds for the group. `asked`, `given` (any answer at all) and
    `answered` (a valid one) are conditions; `chosen` is the answer, or the list, in which categories are looked for.
    """

    of: Fielded
    question: Question
    steps: tuple[Step, ...]
    tables: tuple[str, ...]
    within: str
    asked: str
    given: str
    answered: str
    chosen: str

    @property
    def weighted(self) -> bool:
        """Whether respondents have weights."""
        return self.of.weight is not None

    @property
    def base(self) -> str:
        """The condition of those whom percentages are of, among those asked, as the question's `base` says."""
        if self.question.base != "answered":
            return ""
        return f"{self.chosen} IS NOT NULL" if self.question.coded else self.answered

    @property
    def among(self) -> str:
        """Whom percentages can be of at all: those asked, or all respondents."""
        return "" if self.question.base == "respondents" else self.asked

    def chose(self, name: str) -> str:
        """Write the condition that someone chose a category or code, or one of a net's."""
        members = list(self.question.nets.get(name, (name,)))
        if self.question.coded:
            return ticked_any(self.chosen, members)
        if self.question.type == "multi":
            return ticked_any(self.chosen, self.offered(members))
        return one_of(self.chosen, members)

    def offered(self, names: Sequence[str]) -> list[str]:
        """Keep the categories that the wave offered."""
        offered = {each.id for each in self.question.offered_in(self.of.wave)}
        return [each for each in names if each in offered]

    def source(self, *conditions: str) -> str:
        """Write FROM and WHERE, with more conditions than that of the group."""
        first, *joined = self.tables
        where = both(self.within, *conditions)
        return "\n".join([f"FROM {first}", *joined, *([f"WHERE {where}"] if where else [])])


def subject(of: Fielded, question: str, *, group: str = "", level: str = "") -> Subject:
    """Find who is counted of a question, among all respondents or those of one level of a group."""
    found = of.question(question)
    steps, tables, within = list(answers(of, found)), [of.step(found)], ""
    if group:
        by = of.question(group)
        steps += answers(of, by)
        tables += [f"JOIN {of.step(by)} USING (row)"] if by != found else []
        within = gave(of, by, (level,))
    if of.weight:
        steps += weights(of, of.weight)
        tables.append("JOIN weights USING (row)")
    given, answered, chosen = _answered(of, found)
    made = Subject(
        of=of,
        question=found,
        steps=each_once(steps),
        tables=tuple(tables),
        within=within,
        asked=asked(of, found),
        given=given,
        answered=answered,
        chosen=chosen,
    )
    return _with_codes(made) if found.coded else made


def _answered(of: Fielded, question: Question) -> tuple[str, str, str]:
    """Who gave any answer, who gave a valid one, and where it stands."""
    if question.type == "multi":
        ticked, offered = f"{of.step(question)}.ticked", question.offered_in(of.wave)
        valid, missing = ([each.id for each in offered if each.missing is wanted] for wanted in (False, True))
        given = f"{ticked} IS NOT NULL"
        # Whoever ticked but what is marked missing gave no valid answer.
        some = f"({ticked_any(ticked, valid)} OR NOT {ticked_any(ticked, missing)})" if missing else given
        return given, some, ticked
    answer = f"{of.step(question)}.answer"
    given = f"{answer} IS NOT NULL"
    return given, one_of(answer, [each.id for each in question.valid]) if question.closed else given, answer


def _with_codes(of: Subject) -> Subject:
    """The codes of an open-ended question beside its answers, as a list a respondent."""
    step = of.of.step(of.question, "codes")
    gathered = (
        "SELECT respondents.row, list(code) AS ticked\nFROM codes\nJOIN respondents USING (respondent)\n"
        f"WHERE question = {text(of.question.id)}\nGROUP BY respondents.row"
    )
    steps = [*of.steps, *respondents(of.of), codes(of.of), Step(step, gathered)]
    tables = (*of.tables, f"LEFT JOIN {step} USING (row)")
    return replace(of, steps=each_once(steps), tables=tables, chosen=f"{step}.ticked")
