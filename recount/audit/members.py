"""Who is counted in an estimate: the rows of the export in its numerator and in its base.

Found from the clean table and the codes, apart from the code that estimates: where the two do not count the same, one
of them is wrong, and `members` says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from recount.audit.tables import Flags, Rows, WaveTables
from recount.audit.who import Who
from recount.building import build
from recount.coding.statistics import AGREEMENT
from recount.errors import AuditError, Finding
from recount.estimate.compared import DIFFERENCE, INDEPENDENCE, RANKS
from recount.estimate.composition import EFFECTIVE, STANDARDISED
from recount.estimate.indices import MEAN
from recount.estimate.indices import STATISTICS as INDICES
from recount.estimate.mentions import ALL as MENTIONS
from recount.estimate.mentions import SHARE as MENTION_SHARE
from recount.estimate.returning import CHANGE, GAINED, LOST, RETURNING
from recount.estimate.since import since
from recount.estimate.weighting import BEFORE, KISH, TARGET
from recount.study.indices import Index
from recount.write.number import Estimate

DECIDED_BY_TWO = ("agreement", "adjudication")
DISPUTED = "disagreement not adjudicated"


@dataclass(frozen=True)
class Members:
    """Row numbers in the export, ascending; None where a statistic has no numerator, or none that responded."""

    numerator: Rows | None
    base: Rows | None


def members(estimate: Estimate, tables: WaveTables) -> Members:
    """Find who is counted; raise `AuditError` where they are not as many as the estimate says."""
    found = _of_wave(estimate, tables) if estimate.question in ("", "-") else _of_question(estimate, tables)
    _check(estimate, found, tables.round_to)
    return found


def touched(estimate: Estimate, tables: WaveTables) -> Rows:
    """Give the rows whose answers could have changed the estimate: of all respondents in its group."""
    return tables.kept[Who(tables, estimate).level()]


Part = Callable[[Who], Flags]


def _double_coded(who: Who) -> Flags:
    return who.asked() & (who.decided(*DECIDED_BY_TWO) | who.uncoded(DISPUTED))


def _returned(who: Who) -> Flags:
    """Flag those who are in both waves, and in the estimate's level both times."""
    return who.level() & _before(who, Who.level)


def _before(who: Who, part: Part) -> Flags:
    """Flag the respondents who are in a part of the earlier wave."""
    earlier = who.tables.other(since(who.estimate.level).earlier)
    then = Who(earlier, replace(who.estimate, wave=earlier.wave))
    return who.tables.named(pd.Series(earlier.respondents[part(then)]))


def _both(who: Who) -> Flags:
    """Flag those who are in the question's base in both waves."""
    return who.base() & _before(who, Who.base)


def _could_mention(who: Who) -> Flags:
    return who.asked() & who.coded() if who.question.coded else who.answered()


# What each statistic of a question counts, and of whom. A mean, a quantile or a coefficient has no numerator.
COUNTED: dict[str, tuple[Part | None, Part]] = {
    "asked": (Who.asked, Who.level),
    "answered": (Who.answered, Who.asked),
    "nonresponse": (Who.silent, Who.asked),
    "count": (lambda who: who.chose() & who.base(), Who.base),
    "share": (lambda who: who.chose() & who.base(), Who.base),
    "share_asked": (Who.chose, Who.asked),
    "combination": (Who.exactly, Who.answered),
    "net": (None, Who.base),
    DIFFERENCE: (None, Who.base),
    **dict.fromkeys((INDEPENDENCE, RANKS), (None, Who.answered)),
    RETURNING: (lambda who: who.base() & _before(who, Who.base), lambda who: who.base() & _returned(who)),
    GAINED: (lambda who: _both(who) & who.chose() & ~_before(who, Who.chose), _both),
    LOST: (lambda who: _both(who) & ~who.chose() & _before(who, Who.chose), _both),
    CHANGE: (None, _both),
    # Mentions are no respondents: whoever answered could mention.
    MENTION_SHARE: (lambda who: who.chose() & _could_mention(who), _could_mention),
    MENTIONS: (None, _could_mention),
    STANDARDISED["share"]: (lambda who: who.chose() & who.base(), Who.base),
    STANDARDISED["mean"]: (None, Who.answered),
    "chosen_mean": (None, _could_mention),
    "double_coded": (_double_coded, Who.answered),
    "adjudicated": (lambda who: who.asked() & who.decided("adjudication"), Who.answered),
    "by_rule": (lambda who: who.asked() & who.decided("rule"), Who.answered),
    "uncoded": (lambda who: who.asked() & who.uncoded(), Who.answered),
    **dict.fromkeys(("mean", "sd", "median", "q1", "q3", "minimum", "maximum", "first", "last"), (None, Who.answered)),
    **dict.fromkeys(AGREEMENT, (None, Who.by_several)),
}


def _of_question(estimate: Estimate, tables: WaveTables) -> Members:
    who = Who(tables, estimate)
    numerator, base = COUNTED[estimate.statistic]
    rows = [None if part is None else np.sort(tables.kept[part(who)]) for part in (numerator, base)]
    return Members(*rows)


def _of_wave(estimate: Estimate, tables: WaveTables) -> Members:
    """The flow of responses counts rows of the export, kept or not."""
    received, kept = np.sort(tables.received), np.sort(tables.kept)
    if estimate.statistic == "excluded":
        excluded = tables.excluded.loc[tables.excluded["reason"] == estimate.category, "row"]
        return Members(np.sort(excluded.to_numpy(dtype=np.int64)), received)
    if estimate.statistic == "changed_cells":
        changed = tables.changes.loc[tables.changes["rule"] == estimate.category, "row"]
        return Members(None, np.unique(changed.to_numpy(dtype=np.int64)))
    if estimate.statistic == RETURNING:
        return Members(np.sort(tables.kept[_returned(Who(tables, estimate))]), kept)
    if estimate.statistic in INDICES:
        return Members(None, _of_index(estimate, tables))
    rows = {
        **dict.fromkeys((KISH, BEFORE, TARGET), Members(None, kept)),
        "received": Members(None, received),
        "respondents": Members(kept, received),
        # Those contacted are a number of config.yaml; nobody knows who did not respond.
        "response_rate": Members(kept, None),
        "contacted": Members(None, None),
        EFFECTIVE: Members(None, kept),
    }
    return rows[estimate.statistic]


def may_be(said: float, n: float, round_to: int | None) -> bool:
    """Tell whether a count is what is said; where counts are rounded, whether it is said by a multiple next to it."""
    return said == n if round_to is None else said % round_to == 0 and abs(said - n) < round_to


def index_of(estimate: Estimate, tables: WaveTables) -> Index:
    """Find the index that an estimate of the wave is about."""
    name = estimate.category.partition(".")[0]
    return next(each for each in tables.instrument.indices if each.id == name)


def _of_index(estimate: Estimate, tables: WaveTables) -> Rows:
    """Whoever gave enough items of an index an answer that counts; of its coefficients, any."""
    index = index_of(estimate, tables)
    answered = np.zeros(len(tables.kept), dtype=np.intp)
    for item in index.items:
        question = tables.instrument.by_id[item]
        cells = tables.clean[item]
        counted = cells.notna() if question.type == "number" else cells.isin([each.id for each in question.valid])
        answered += counted.to_numpy(dtype=np.bool_) & tables.asked[item].to_numpy(dtype=np.bool_)
    return np.sort(tables.kept[answered >= (index.fewest if estimate.statistic == MEAN else 1)])


def _check(estimate: Estimate, found: Members, round_to: int | None) -> None:
    """Hold the rows against what the estimate says it counted, or what it may have been rounded from."""
    of_mentions = estimate.statistic in (MENTIONS, MENTION_SHARE)
    wrong = [
        f"{len(rows)} rows in its {part}, where the estimate has {said:g}"
        for part, rows, said in (("numerator", found.numerator, estimate.n), ("base", found.base, estimate.base))
        if rows is not None
        and said is not None
        and not may_be(said, len(rows), round_to)
        and not (part == "base" and of_mentions)
    ]
    if wrong:
        raise AuditError(
            Finding(
                problem=" and ".join(wrong),
                file="results/estimates.csv",
                row=estimate.row or None,
                key=estimate.key,
                expected="the rows that the clean table and the codes give",
                mend=f"{build()}; where that changes nothing, this is a fault of Recount: please report it",
            )
        )
