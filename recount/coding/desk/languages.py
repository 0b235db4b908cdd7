"""The language of answers, where a question of the survey tells it; else their script."""

import pandas as pd

from recount.clean.columns import RESPONDENT
from recount.coding.desk.scripts import script_of
from recount.coding.lines import Answers
from recount.study.instrument import Instrument


def languages_of(clean: pd.DataFrame, answers: Answers, instrument: Instrument, question: str) -> list[str]:
    """Name the language of each answer; `question` is the one that tells it, empty where none does."""
    if question not in clean:
        return [script_of(text) for text in answers.texts]
    labels = {category.id: category.label for category in instrument.question(question).categories}
    told = dict(zip(clean[RESPONDENT].astype("str"), clean[question].astype("object"), strict=True))
    found = (told.get(respondent) for respondent in answers.respondents)
    return ["" if pd.isna(each) else labels.get(each, str(each)) for each in found]
