"""Questions of which one category is chosen: single and scale."""

import numpy as np
import pandas as pd

from recount.clean.match import Matcher
from recount.clean.reading import NUMBER_OF, Cells, Reading, Typed, marks_of, unread_of
from recount.study.instrument import Question


def category_type(question: Question) -> pd.CategoricalDtype:
    """Give the type of a closed question's clean column: its category ids, in the instrument's order."""
    return pd.CategoricalDtype([category.id for category in question.categories], ordered=True)


def read_closed(cells: Cells, question: Question, matcher: Matcher) -> Typed:
    """Read each cell as one of the categories, or as missing."""
    place = {category.id: number for number, category in enumerate(question.categories)}
    matches = [matcher.match(text) for text in cells.distinct]
    chosen = np.array([place.get(match.category or "", -1) for match in matches], dtype=np.int16)
    reading = Reading(
        answers=np.array([match.category is not None or match.trouble is not None for match in matches], dtype=bool),
        rules=np.array([NUMBER_OF[match.rule] for match in matches], dtype=np.int8),
        troubles={number: match.trouble for number, match in enumerate(matches) if match.trouble},
    )
    codes = chosen[cells.codes]
    return Typed(
        columns={question.id: pd.Categorical.from_codes(codes, dtype=category_type(question))},
        answered=reading.answers[cells.codes],
        marks=(marks_of(question.id, cells, reading),),
        unread=(unread_of(question.id, cells, reading),),
    )
