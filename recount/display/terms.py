"""What things without a label of their own are called: one set of words for prose, tables, figures and their texts."""

from collections.abc import Iterable

# The steps of a wave from the field to its base, in the order in which they happen.
STEPS = {
    "contacted": "Contacted",
    "received": "Responses received",
    "excluded": "Left out",
    "respondents": "Respondents",
    "response_rate": "Response rate",
}
# The reasons of excluded.csv in the order of docs/tables.md, as a reader who knows none of our terms would put them.
REASONS = {
    "test": "test responses",
    "preview": "previews",
    "no id": "without an identifier",
    "withdrawn": "withdrawn",
    "partial": "too few answers",
    "speeder": "too fast to be considered",
    "duplicate": "duplicates",
}
# Tests of a question and a group, and what is said of each.
TESTS = {
    "pearson": "Pearson",
    "fisher": "Fisher",
    "rao_scott_second": "Rao-Scott (second order)",
    "rao_scott_first": "Rao-Scott (first order)",
    "wald": "Wald",
    "wald_adjusted": "Wald (adjusted)",
    "mann_whitney": "Mann-Whitney",
    "kruskal_wallis": "Kruskal-Wallis",
}
PARTS = {
    "statistic": "statistic",
    "df": "df",
    "df_below": "df of the denominator",
    "p": "p",
}
# What stands among the categories and is none of them.
NO_ANSWER = "No answer"
NO_CODE = "No code applies"


def of_test(category: str) -> str:
    """Name what an estimate says of a test: "Rao-Scott (second order): p"."""
    test, _, part = category.partition(".")
    return f"{TESTS[test]}: {PARTS[part]}"


def reason(name: str) -> str:
    """Name a reason for which a response was left out; one that nobody put into words keeps its own."""
    return REASONS.get(name, name)


def in_order(reasons: Iterable[str]) -> list[str]:
    """Put reasons into the order in which they are applied; others come last, by name."""
    found = set(reasons)
    return [each for each in REASONS if each in found] + sorted(found - REASONS.keys())


def net(labels: Iterable[str]) -> str:
    """Name a net by the labels of its members: "Positive or Very positive"."""
    return " or ".join(labels)
