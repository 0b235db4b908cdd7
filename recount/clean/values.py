"""Clean values as text: the one notation of the log and of clean.csv."""

import numpy as np
import pandas as pd
import pyarrow as pa

from recount.clean.columns import ticked_column
from recount.study.instrument import Question


def texts_of(values: pd.Series) -> pa.Array:
    """Give clean values as text: ids, `true` and `false`, plain numbers, ISO dates; null stays null."""
    return arrow_of(values).cast(pa.large_string())


def arrow_of(values: pd.Series) -> pa.Array:
    """Give clean values as clean.parquet stores them: text, boolean, double, date32, or a category by its id."""
    if isinstance(values.dtype, pd.CategoricalDtype):
        ids = pa.array(values.cat.categories.tolist(), pa.string())
        codes = values.cat.codes.to_numpy().astype(np.int32)
        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), ids, ordered=True)
    array = pa.array(values, from_pandas=True)
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    if pa.types.is_timestamp(array.type):
        return array.cast(pa.timestamp("s")).cast(pa.date32())
    return array.cast(pa.string()) if pa.types.is_large_string(array.type) else array


def ticked_texts(clean: pd.DataFrame, question: Question) -> pa.Array:
    """Give the ticked categories of a multi-select question as one text, their ids joined by `;`."""
    answered = np.zeros(len(clean), dtype=bool)
    joined = np.full(len(clean), "", dtype=object)
    for category in question.categories:
        values = clean[ticked_column(question.id, category.id)]
        ticked = values.to_numpy(dtype=bool, na_value=False)
        answered |= values.notna().to_numpy()
        joined[ticked] = joined[ticked] + np.where(joined[ticked] == "", category.id, f";{category.id}").astype(object)
    return pa.array(joined, pa.large_string(), mask=~answered)
