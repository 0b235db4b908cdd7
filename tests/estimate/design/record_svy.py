"""Write svy.csv: what svy 0.35 (Apache 2.0) says of the samples of small.py.

svy brings a compiled engine and polars, and is of the environment of bench/, not of the tests; so its values are
recorded here, and the tests hold ours against the record. In an environment with envs/requirements-bench.txt:

    python -m tests.estimate.design.record_svy > tests/estimate/design/svy.csv
"""

import sys

import polars as pl
import svy

from tests.estimate.design.small import SEEDS, sample


def main() -> None:
    """Write a line a value: seed, what, which, value."""
    out = sys.stdout
    out.write("seed,what,which,value\n")
    for seed in SEEDS:
        of = svy.Sample(pl.from_pandas(sample(seed)), svy.Design(stratum="stratum", psu="cluster", wgt="weight"))
        said: list[tuple[str, str, float]] = []
        for interval in ("logit", "beta", "korn-graubard", "wilson"):
            for by in (None, "group"):
                table = of.estimation.prop("answer", by=by, ci_method=interval).to_polars()
                for row in table.to_dicts():
                    which = row["answer"] + (f"/{row['group']}" if by else "")
                    said += [(f"{interval} {name}", which, row[name]) for name in ("est", "se", "lci", "uci")]
        for by in (None, "group"):
            for row in of.estimation.mean("score", by=by).to_polars().to_dicts():
                said += [
                    (f"mean {name}", row["group"] if by else "", row[name]) for name in ("est", "se", "lci", "uci")
                ]
        f = of.categorical.tabulate("answer", "group").stats.f
        said += [(f"rao_scott {name}", "", getattr(f, name)) for name in ("value", "df_num", "df_den", "p_value")]
        out.writelines(f"{seed},{what},{which},{value!r}\n" for what, which, value in said)


if __name__ == "__main__":
    main()
