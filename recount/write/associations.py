"""The functions of the paper's language that test whether a question goes together with a group."""

from collections.abc import Mapping
from dataclasses import dataclass

from recount.errors import EstimateError, Finding, TemplateError, nearest
from recount.estimate.compared import INDEPENDENCE, RANKS
from recount.write.lookup import Lookup
from recount.write.number import Number
from recount.write.random import check_drawn

# How each statistic is written; those of the F distribution have two degrees of freedom.
SYMBOLS = {
    "pearson": "*χ*²",
    "rao_scott_first": "*χ*²",
    "rao_scott_second": "*F*",
    "wald": "*F*",
    "wald_adjusted": "*F*",
    "mann_whitney": "*U*",
    "kruskal_wallis": "*H*",
}
# Those of drawn samples are of another distribution.
OF_DRAWN = {"mann_whitney": "*t*", "kruskal_wallis": "*F*"}
DECIMALS = 2


@dataclass(frozen=True, kw_only=True)
class Association:
    """A test: its statistic, degrees of freedom and p, each a number with its trace; None where it has no such.

    Printed by itself it is written whole: *F*(1.8, 360.2) = 17.25, p < 0.001.
    """

    symbol: str
    statistic: Number | None
    df: Number | None
    df_below: Number | None
    p: Number


class Associations:
    """Each public method is a function of the template under the same name."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def independence(self, question: str, *, by: str, test: str = "", wave: str | None = None) -> Association:
        """Test whether the answers go together with a group, where the respondents were drawn at random.

        Drawn one by one and all alike: by Pearson's chi-squared where independence expects five or more in each cell,
        of a smaller table of two by two by Fisher's exact test. Of weighted, stratified or clustered samples by Rao and
        Scott's second-order correction; `test` chooses `rao_scott_first`, `wald` or `wald_adjusted`.
        """
        return self._test(INDEPENDENCE, question, by, test, wave)

    def ranks(self, question: str, *, by: str, wave: str | None = None) -> Association:
        """Test whether levels of a group differ in the rank of their answers, of a question of type scale.

        Two levels by Mann and Whitney's test, more by Kruskal and Wallis's; of weighted, stratified or clustered
        samples by Lumley and Scott's (2013) form of both.
        """
        return self._test(RANKS, question, by, "", wave)

    def _test(self, statistic: str, question: str, by: str, test: str, wave: str | None) -> Association:
        asked = f"{statistic} {question}"
        check_drawn(self._lookup, self._lookup.wave(wave), asked)
        found = self._lookup.tested(statistic, question, by=by, wave=wave)
        tests = list(dict.fromkeys(name.partition(".")[0] for name in found))
        if test and test not in tests:
            raise TemplateError(
                Finding(problem="this design has no such test", key=asked, value=test, expected=nearest(test, tests))
            )
        name = test or _first(tests, found)
        p = found[f"{name}.p"]
        if p.value is None and not p.hidden:
            raise EstimateError(_not_estimable(asked, tests))
        return _association(name, found)


def _first(tests: list[str], found: Mapping[str, Number]) -> str:
    """The first test that can be made; where none can, the first of all."""
    return next((name for name in tests if found[f"{name}.p"].value is not None), tests[0])


def _association(name: str, found: Mapping[str, Number]) -> Association:
    statistic, df, below = (found.get(f"{name}.{part}") for part in ("statistic", "df", "df_below"))
    drawn = name in OF_DRAWN and df is not None and (below is not None or name == "mann_whitney")
    symbols = OF_DRAWN if drawn else SYMBOLS
    return Association(
        symbol=symbols.get(name, ""),
        statistic=statistic,
        df=_as_fine(df),
        df_below=_as_fine(below),
        p=found[f"{name}.p"],
    )


def _as_fine(df: Number | None) -> Number | None:
    """Degrees of freedom need not be whole."""
    whole = df is None or df.value is None or float(df.value).is_integer()
    return df if whole or df is None else df.styled(decimals=DECIMALS)


def _not_estimable(asked: str, tests: list[str]) -> Finding:
    if "pearson" in tests:
        return Finding(
            problem="independence expects fewer than five respondents in a cell, and the table is no two by two: "
            "neither Pearson's test nor Fisher's is fit for it",
            key=asked,
            mend="test a question with fewer categories, or print the shares without a test",
        )
    return Finding(
        problem="nothing can be tested: everyone answered alike, one level has all, or there are too few clusters",
        key=asked,
        mend="print the shares without a test",
    )
