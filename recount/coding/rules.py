"""Questions that a program codes: the codebook's keywords decide, where config.yaml names the question.

They are lines as a coder's are, of the coder `rule` (recount.coding.decide): codes that a person gave to an answer go
before them.
"""

from collections.abc import Collection, Mapping

import pandas as pd

from recount.coding.keywords import found_by_keywords
from recount.coding.lines import Answers
from recount.errors import Finding
from recount.study.codebook import NONE, Codebook


def coded_by_rule(question: str, answers: Answers, codebook: Codebook, file: str) -> pd.DataFrame:
    """Write a line for each answer, with the codes whose keywords it holds, or `none`.

    Raise `CodingError` where a keyword takes too long on an answer; `file` is the codebook.
    """
    codes = codebook.questions[question]
    given = {
        text: ";".join(found_by_keywords(codes, text, file=file, question=question)) or NONE
        for text in dict.fromkeys(answers.texts)
    }
    lines = {
        "respondent": answers.respondents,
        "answer_sha256": answers.hashes,
        "answer": answers.texts,
        "codes": [given[text] for text in answers.texts],
    }
    return pd.DataFrame(lines, dtype="str").assign(file=file)


def cannot_decide(
    by_rule: Collection[str], codebook: Codebook | None, files: Mapping[str, Collection[str]], rule: str, file: str
) -> list[Finding]:
    """Find the questions whose keywords cannot decide: there are none, or a file decides in their place.

    `files` gives the coders of each question, by their files.
    """
    found = []
    for question in by_rule:
        codes = codebook.questions.get(question, ()) if codebook else ()
        if codes and not any(code.keywords for code in codes):
            found.append(
                Finding(
                    problem="coding.by_rule names this question, and none of its codes has keywords",
                    file=file,
                    key=f"questions.{question}",
                    mend="give its codes `keywords`, or take the question out of coding.by_rule in config.yaml",
                )
            )
        if rule in files.get(question, ()):
            found.append(
                Finding(
                    problem="keywords decide this question, and so does a file",
                    key=f"{question}.{rule}.csv",
                    mend="move the file away, or take the question out of coding.by_rule in config.yaml",
                )
            )
    return found
