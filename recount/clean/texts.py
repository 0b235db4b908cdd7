"""Free text and ids: kept as written, but for the blanks around them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recount.clean.match import plain
from recount.clean.reading import NUMBER_OF, Cells, Reading, Typed, marks_of, unread_of
from recount.study.instrument import Question


def read_texts(cells: Cells, question: Question, missing: frozenset[str]) -> Typed:
    """Read each cell as text without the blanks around it, as an Arrow array; `missing` holds plain forms."""
    trimmed = pc.utf8_trim_whitespace(cells.texts)
    rules = np.zeros(len(trimmed), dtype=np.int8)
    rules[pc.not_equal(trimmed, cells.texts).to_numpy(zero_copy_only=False)] = NUMBER_OF["blanks"]
    blank = pc.equal(trimmed, "").to_numpy(zero_copy_only=False)
    user_missing = pa.array(cells.column.missing, trimmed.type)
    absent = pc.is_in(trimmed, user_missing).to_numpy(zero_copy_only=False).copy()
    rules[absent] = NUMBER_OF["user missing"]
    # Only short texts can be missing texts; long ones need not be brought into their plain form.
    longest = 2 * max((len(text) for text in missing), default=0)
    short = pc.less_equal(pc.utf8_length(trimmed), longest).to_numpy(zero_copy_only=False)
    for number in np.flatnonzero(short & ~absent & ~blank):
        if plain(trimmed[int(number)].as_py()) in missing:
            absent[number] = True
            rules[number] = NUMBER_OF["missing text"]
    rules[blank] = 0
    answers = ~(absent | blank)
    values = pc.if_else(pa.array(answers), trimmed, pa.scalar(None, trimmed.type))
    reading = Reading(answers, rules)
    return Typed(
        columns={question.id: values.take(pa.array(cells.codes))},
        answered=answers[cells.codes],
        marks=(marks_of(question.id, cells, reading),),
        unread=(unread_of(question.id, cells, reading),),
    )
