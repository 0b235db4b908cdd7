"""The clean table, put together from the questions read."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from recount.clean.columns import RESPONDENT, ROW, clean_columns, stored_questions
from recount.clean.context import Context
from recount.clean.reading import Typed
from recount.ingest.raw import Column


def everyone_of(context: Context, typed: Mapping[str, Typed], labels: pa.Array) -> pd.DataFrame:
    """Put the clean table of all responses together, before any is left out."""
    columns: dict[str, object] = {RESPONDENT: labels, ROW: context.raw.cells[ROW].to_numpy().astype(np.int32)}
    for question in stored_questions(context.instrument, context.wave):
        columns |= typed[question.id].columns
    series = {name: text_series(values) if isinstance(values, pa.Array) else values for name, values in columns.items()}
    return pd.DataFrame(series, columns=list(clean_columns(context.instrument, context.wave)), copy=False)


def text_series(texts: pa.Array) -> pd.Series:
    """Give an Arrow array of texts as a pandas series of type str."""
    return pd.Series(pa.table({"texts": texts.cast(pa.large_string())}).to_pandas()["texts"], name=None)


def identities(context: Context, columns: Mapping[str, Mapping[str, Column]], cells: pa.Table) -> pa.Array:
    """Give the respondents' ids as the cells have them, without outer blanks; null where there is none."""
    question = context.instrument.of_type("id", context.wave)
    if question is None:
        return pa.nulls(len(cells), pa.large_string())
    texts = cells[columns[question.id][""].name].cast(pa.string()).cast(pa.large_string()).combine_chunks()
    trimmed = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, trimmed.type), trimmed)


def labels_of(respondents: pa.Array, rows: np.ndarray) -> pa.Array:
    """Name each response: by the respondent's id, or by its row where there is none."""
    if not respondents.null_count:
        return respondents
    text = pa.large_string()
    numbered = pc.binary_join_element_wise(pa.scalar("row", text), pa.array(rows).cast(text), pa.scalar("-", text))
    return pc.coalesce(respondents, numbered)
