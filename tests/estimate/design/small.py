"""Small drawn samples, made by chance from a seed: strata, clusters of some respondents, weights, and answers."""

import numpy as np
import pandas as pd

SEEDS = range(6)
ANSWERS, GROUPS = ("a", "b", "c"), ("f", "m")


def sample(seed: int) -> pd.DataFrame:
    """Make one sample; answers lean towards one side by cluster, so that clusters matter."""
    random = np.random.default_rng(seed)
    rows = []
    for stratum in range(random.integers(1, 4)):
        for cluster in range(random.integers(2, 5)):
            leaning = random.dirichlet([2, 2, 2])
            weight = random.uniform(0.5, 3)
            rows += [
                {
                    "stratum": f"s{stratum}",
                    "cluster": f"s{stratum}c{cluster}",
                    "weight": weight * random.uniform(0.8, 1.2),
                    "group": random.choice(GROUPS),
                    "answer": random.choice(ANSWERS, p=leaning),
                    "score": float(random.integers(1, 20)),
                }
                for _ in range(random.integers(2, 7))
            ]
    return pd.DataFrame(rows)
