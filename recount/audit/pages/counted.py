"""Who is counted, in as little room as that takes."""

import base64

import numpy as np

from recount.audit.tables import Rows, WaveTables


def flags(rows: Rows | None, tables: WaveTables) -> str:
    """Write rows as bits in the order of the export, the first response in the lowest bit, in base 64.

    Blank where there is nobody to speak of: a mean has no numerator.
    """
    if rows is None:
        return ""
    bits = np.packbits(np.isin(tables.received, rows), bitorder="little")
    return base64.b64encode(bits.tobytes()).decode("ascii")
