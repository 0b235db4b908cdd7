"""Which responses are left out, in which order the reasons count, and the number that decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from recount.clean.match import plain
from recount.clean.reading import Cells
from recount.study.settings import Cleaning

REASONS = ("test", "preview", "no id", "withdrawn", "partial", "speeder", "duplicate")

# Qualtrics writes its statuses as numbers or in words, as the author of the export chose.
_STATUS = {
    "1": "Survey Preview",
    "2": "Survey Test",
    "4": "Imported",
    "8": "Spam",
    "9": "Survey Preview Spam",
    "12": "Imported Spam",
    "16": "Offline",
    "17": "Offline Survey Preview",
    "32": "EX",
    "40": "EX Spam",
    "48": "EX Offline",
}


@dataclass(frozen=True)
class Responses:
    """What the exclusions are decided on; all arrays have one entry a response, in the file's order.

    `respondents` holds ids, null where blank; `identified` says whether the wave has a question of type id. `asked`
    and `answered` count closed and number questions, `complete` all questions answered. `status` is the platform's;
    `seconds` is how long the response took, nan where that is not known. `withdrawn` maps positions to reasons.
    """

    rows: np.ndarray
    respondents: pa.Array
    identified: bool
    asked: np.ndarray
    answered: np.ndarray
    complete: np.ndarray
    status: Cells | None
    seconds: np.ndarray | None
    withdrawn: Mapping[int, str]


def exclude(responses: Responses, cleaning: Cleaning) -> pd.DataFrame:
    """Decide which responses are left out.

    Each is left out once, for the first of `REASONS` that holds. Returned are `position`, `reason` and `detail`.
    """
    left = np.ones(len(responses.rows), dtype=bool)
    parts = []
    for reason, positions, details in _decided(responses, cleaning, left):
        left[positions] = False
        parts.append(
            pd.DataFrame({"position": positions, "reason": reason, "detail": np.asarray(details, dtype=object)})
        )
    excluded = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["position", "reason", "detail"])
    excluded = excluded.astype({"position": "int64", "reason": "str", "detail": "str"})
    return excluded.sort_values("position", kind="stable", ignore_index=True)


def _decided(responses: Responses, cleaning: Cleaning, left: np.ndarray) -> Iterator[tuple[str, np.ndarray, list[str]]]:
    """Each reason with the responses that it leaves out; `left` shrinks between them."""
    for pattern in cleaning.tests.respondent if responses.identified else ():
        found = pc.match_substring(responses.respondents, pattern, ignore_case=True).fill_null(False)
        positions = np.flatnonzero(left & found.to_numpy(zero_copy_only=False))
        yield "test", positions, [f"the respondent's id holds {pattern!r}"] * len(positions)
    for reason in ("test", "preview"):
        yield (reason, *_by_status(responses, cleaning, left, preview=reason == "preview"))
    if responses.identified:
        positions = np.flatnonzero(left & responses.respondents.is_null().to_numpy(zero_copy_only=False))
        yield "no id", positions, ["the respondent's id is blank"] * len(positions)
    positions = np.array([each for each in sorted(responses.withdrawn) if left[each]], dtype=np.int64)
    yield "withdrawn", positions, [responses.withdrawn[int(each)] for each in positions]
    yield ("partial", *_partial(responses, cleaning.minimum_answered, left))
    yield ("speeder", *_speeders(responses, cleaning.minimum_seconds, left))
    if responses.identified:
        yield ("duplicate", *_duplicates(responses, cleaning, left))


def _by_status(
    responses: Responses, cleaning: Cleaning, left: np.ndarray, *, preview: bool
) -> tuple[np.ndarray, list[str]]:
    if responses.status is None:
        return np.array([], dtype=np.int64), []
    tests = {plain(status) for status in cleaning.tests.status}
    details = {}
    for place, text in enumerate(responses.status.distinct):
        words = _STATUS.get(text.strip(), text)
        if plain(text) in tests and ("preview" in plain(words)) == preview:
            details[place] = f"the status is {text!r}" + (f" ({words})" if words != text else "")
    codes = responses.status.codes
    positions = np.flatnonzero(left & np.isin(codes, list(details)))
    return positions, [details[int(code)] for code in codes[positions]]


def _partial(responses: Responses, minimum: float, left: np.ndarray) -> tuple[np.ndarray, list[str]]:
    # Compared as counts, so that 2 of 5 is no less than 0.4.
    few = (responses.asked > 0) & (responses.answered < np.round(minimum * responses.asked, 9))
    positions = np.flatnonzero(left & few)
    pairs = zip(responses.answered[positions], responses.asked[positions], strict=True)
    return positions, [
        f"answered {answered} of {asked} closed and number questions asked, fewer than the {minimum:.0%} required"
        for answered, asked in pairs
    ]


def _speeders(responses: Responses, minimum: float | None, left: np.ndarray) -> tuple[np.ndarray, list[str]]:
    if minimum is None or responses.seconds is None:
        return np.array([], dtype=np.int64), []
    positions = np.flatnonzero(left & (responses.seconds < minimum))
    return positions, [
        f"took {seconds:g} seconds, less than the {minimum:g} required" for seconds in responses.seconds[positions]
    ]


def _duplicates(responses: Responses, cleaning: Cleaning, left: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """All responses of a respondent but one; where two are equally complete, the later one stays."""
    positions = np.flatnonzero(left)
    remaining = responses.respondents if left.all() else responses.respondents.take(pa.array(positions))
    people = remaining.dictionary_encode().indices.to_numpy(zero_copy_only=False)
    if int(people.max(initial=-1)) + 1 == len(people):
        return np.array([], dtype=np.int64), []
    complete = responses.complete[positions]
    rank = {"most complete": complete, "first": -positions, "last": positions}[cleaning.keep]
    order = np.lexsort((positions, rank, people))
    best = np.empty(int(people.max(initial=-1)) + 1, dtype=np.int64)
    best[people[order]] = order  # the last of each person's is assigned last
    again = np.flatnonzero(best[people] != np.arange(len(positions)))
    details = []
    for place in again:
        kept = best[people[place]]
        row = responses.rows[positions[kept]]
        if cleaning.keep == "most complete":
            fewer = f"answered {complete[place]} questions; "
            details.append(f"{fewer}row {row} of the same respondent answered {complete[kept]} and was kept")
        else:
            details.append(f"row {row} of the same respondent is the {cleaning.keep} one and was kept")
    return positions[again], details
