"""The first paper of a new study: each question with its table and figure, and nothing that nobody has looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import pandas as pd

from recount.clean.columns import columns_of
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


def paper_files(shown: Sequence[Shown]) -> dict[str, str]:
    """Write the paper's template, its figures, its tables and an empty list of works."""
    closed = [each.question for each in shown if each.enough and each.question.closed]
    responses = free("responses", {each.id for each in closed})
    return {
        "report/paper.md.j2": _paper(shown, quoted(responses)),
        "report/figures.yaml": _displays("figures", closed),
        "report/tables.yaml": _displays("tables", closed) + _left_out(quoted(responses)),
        "report/references.bib": "% The works that the paper cites, in BibTeX; a citation in the text is [@KEY].\n",
    }


def _paper(shown: Sequence[Shown], responses: str) -> str:
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
    for each in shown:
        lines += _section(each)
    return "\n".join(lines)


def _section(each: Shown) -> list[str]:
    name = each.question.id
    call = quoted(name)
    asked = f"{{{{ answered({call}) }}}} answered, of {{{{ asked({call}) }}}} who were asked."
    worded = [f"*{{{{ wording({call}) }}}}*", ""] if each.question.text != each.question.label else []
    lines = [f"## {{{{ label({call}) }}}}", ""]
    if each.enough and each.question.closed:
        # Behind the heading table and figure stand in their place; behind a text they would float to another page.
        shown = [f"{{{{ table({call}) }}}}", "", f"{{{{ figure({call}) }}}}", ""]
        return [*lines, *shown, *worded, asked, ""]
    lines += [*worded, asked]
    if not each.enough:
        return [*lines, "Too few answered for their answers to be shown.", ""]
    if each.question.type in ("number", "weight"):
        mean = f"The mean is {{{{ mean({call}) }}}}, the median {{{{ median({call}) }}}};"
        middle = f"the quartiles are {{{{ quantile({call}, 0.25) }}}} and {{{{ quantile({call}, 0.75) }}}}."
        return [*lines, mean, middle, ""]
    if each.question.type == "text":
        return [*lines, "These are answers in the respondents' own words, which nobody has coded.", ""]
    return [*lines, ""]


def _after(label: str) -> str:
    """What parts a label from the words behind it; a question has its mark already."""
    return " Share" if label.endswith(("?", "!", ".", "？")) else ": share"


def _left_out(name: str) -> str:
    return f'  {name}:\n    kind: flow\n    caption: "Responses received, left out and analysed"\n'


def _displays(kind: str, questions: Sequence[Question]) -> str:
    """Declare a figure, or a table, for each closed question, under the question's own name."""
    if not questions:
        empty = " {}" if kind == "figures" else ""
        return f"# All kinds and keys: docs/displays.md of Recount.\n{kind}:{empty}\n"
    lines = [
        f"# All kinds and keys: docs/displays.md of Recount. A {kind[:-1]} has the name of its question.",
        f"{kind}:",
    ]
    for question in questions:
        call = quoted(question.id).replace('"', "'")
        lines += [
            f"  {quoted(question.id)}:",
            f"    kind: {'bars' if kind == 'figures' else 'items'}",
            f'    caption: "{{{{ label({call}) }}}}{_after(question.label)} of those who answered"',
            f"    items: [{{question: {quoted(question.id)}}}]",
        ]
        if kind == "figures" and len(question.categories) > _MOST_BARS:
            lines.append(f"    most: {_MOST_BARS}")
    return "\n".join(lines) + "\n"
