"""The statistics of agreement by name, as agreement.csv and estimates.csv call them, and the unit of each."""

AGREEMENT = {
    **dict.fromkeys(("percent", "positive", "negative"), "share"),
    **dict.fromkeys(("kappa", "pi", "s", "ac1", "alpha", "alpha_jaccard"), "coefficient"),
}
# How the intervals of these are made.
INTERVAL = "bootstrap"
