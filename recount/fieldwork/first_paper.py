"""The first paper of a new study: each question with its table and figure, and nothing that nobody has looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Self

import pandas as pd

from recount.clean.columns import columns_of
from recount.fieldwork.battery import Battery, gathered_batteries
from recount.fieldwork.lines import quoted
from recount.fieldwork.named import free
from recount.study.instrument import Question

# A category whose name a figure cannot draw in one line is no reason to leave the figure out; so many are.
_MOST_BARS = 12


@dataclass(frozen=True)
class Shown:
    """A question, and whether enough answered it for its answers to be shown."""

    question: Question
    enough: bool

    @classmethod
    def of(cls, question: Question, clean: pd.DataFrame, *, minimum: int) -> Self:
        """Count those who gave an answer that counts."""
        columns = [column for column in columns_of(question) if column in clean]
        answers = clean[columns]
        if question.type in ("single", "scale"):
            valid = {category.id for category in question.valid}
            return cls(question, int(answers.iloc[:, 0].isin(valid).sum()) >= minimum)
        return cls(question, int(answers.notna().any(axis=1).sum()) >= minimum)


Part = Question | Battery | Shown


def paper_files(shown: Sequence[Shown]) -> dict[str, str]:
    """Write the paper's template, its figures, its tables and an empty list of works."""
    parts = list(_parts(shown))
    displayed = [each for each in parts if not isinstance(each, Shown)]
    names = {_name(each) for each in displayed}
    responses = free("responses", names)
    return {
        "report/paper.md.j2": _paper(parts, quoted(responses)),
        "report/figures.yaml": _displays("figures", displayed),
        "report/tables.yaml": _displays("tables", displayed) + _left_out(quoted(responses)),
        "report/references.bib": "% The works that the paper cites, in BibTeX; a citation in the text is [@KEY].\n",
    }


def _parts(shown: Sequence[Shown]) -> Iterator[Part]:
    """The parts of the paper in order: batteries and questions that are displayed, and those that are told of."""
    for closed, group in groupby(shown, key=lambda each: each.enough and each.question.closed):
        some = list(group)
        yield from gathered_batteries([each.question for each in some]) if closed else some


def _name(each: Question | Battery) -> str:
    return each.questions[0].id if isinstance(each, Battery) else each.id


def _paper(parts: Sequence[Part], responses: str) -> str:
    """Write the text: what it is and is not, then a section a question. All names come from the instrument."""
    lines = [
        "{## The paper's language is explained in docs/template.md of Recount. Write over this draft. ##}",
        "# What this is",
        "",
        "This is a first look, written by a program: each question of the survey with its answers, in the order of the",
        "questionnaire. Nobody has yet checked the questions, put categories in order, corrected answers, coded",
        "open-ended ones, or weighted anything; whether the respondents stand for anybody else is not known.",
        "",
        "# Who counts",
        "",
        f"{{{{ table({responses}) }}}}",
        "",
        'The export holds {{ received() | counted("response", "responses") }}; {{ respondents() }} count, and',
        f'{{{{ excluded() }}}} do not: {{{{ ref({responses}, "table") }}}} tells why.',
        "A response that broke off counts as far as it goes.",
        "",
        "# The questions",
        "",
    ]
    for each in parts:
        lines += _told(each) if isinstance(each, Shown) else _displayed(each)
    return "\n".join(lines)


def _displayed(each: Question | Battery) -> list[str]:
    """A section with a figure and a table, which stand in their place behind the heading; behind a text they float."""
    call = quoted(_name(each))
    shown = [f"{{{{ table({call}) }}}}", "", f"{{{{ figure({call}) }}}}", ""]
    if isinstance(each, Battery):
        heading = f"## {{{{ label({call}) }}}}, and what was asked with it"
        return [heading, "", *shown, "The table says how many answered each.", ""]
    return [f"## {{{{ label({call}) }}}}", "", *shown, *_worded(each), _asked(call), ""]


def _told(each: Shown) -> list[str]:
    """A section in words alone."""
    call = quoted(each.question.id)
    lines = [f"## {{{{ label({call}) }}}}", "", *_worded(each.question), _asked(call)]
    if not each.enough:
        return [*lines, "Too few answered for their answers to be shown.", ""]
    if each.question.type in ("number", "weight"):
        mean = f"The mean is {{{{ mean({call}) }}}}, the median {{{{ median({call}) }}}};"
        middle = f"the quartiles are {{{{ quantile({call}, 0.25) }}}} and {{{{ quantile({call}, 0.75) }}}}."
        return [*lines, mean, middle, ""]
    if each.question.type == "text":
        return [*lines, "These are answers in the respondents' own words, which nobody has coded.", ""]
    return [*lines, ""]


def _worded(question: Question) -> list[str]:
    return [f"*{{{{ wording({quoted(question.id)}) }}}}*", ""] if question.text != question.label else []


def _asked(call: str) -> str:
    return f"{{{{ answered({call}) }}}} answered, of {{{{ asked({call}) }}}} who were asked."


def _after(label: str) -> str:
    """What parts a label from the words behind it; a question has its mark already."""
    return " Share" if label.endswith(("?", "!", ".", "？")) else ": share"


def _left_out(name: str) -> str:
    return f'  {name}:\n    kind: flow\n    caption: "Responses received, left out and analysed"\n'


def _displays(kind: str, displayed: Sequence[Question | Battery]) -> str:
    """Declare a figure, or a table, for each question or battery, under the (first) question's own name."""
    if not displayed:
        empty = " {}" if kind == "figures" else ""
        return f"# All kinds and keys: docs/displays.md of Recount.\n{kind}:{empty}\n"
    lines = [
        f"# All kinds and keys: docs/displays.md of Recount. A {kind[:-1]} has the name of its question.",
        f"{kind}:",
    ]
    for each in displayed:
        items = each.items() if isinstance(each, Battery) else f"[{{question: {quoted(each.id)}}}]"
        lines += [
            f"  {quoted(_name(each))}:",
            f"    kind: {_kind(kind, each)}",
            f'    caption: "{_caption(each)} of those who answered"',
            f"    items: {items}",
        ]
        if kind == "figures" and isinstance(each, Question) and len(each.categories) > _MOST_BARS:
            lines.append(f"    most: {_MOST_BARS}")
    return "\n".join(lines) + "\n"


def _caption(each: Question | Battery) -> str:
    call = quoted(_name(each)).replace('"', "'")
    if isinstance(each, Battery):
        return f"{{{{ label({call}) }}}}, and what was asked with it: share"
    return f"{{{{ label({call}) }}}}{_after(each.label)}"


def _kind(displays: str, each: Question | Battery) -> str:
    if isinstance(each, Question):
        return "bars" if displays == "figures" else "items"
    if each.scale:
        return "diverging" if displays == "figures" else "scale"
    return "dots" if displays == "figures" else "items"
