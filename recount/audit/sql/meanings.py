"""What the texts of an export mean, by the instrument and by the labels in the file."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from recount.audit.sql.fielded import Fielded
from recount.ingest.raw import Column
from recount.study.instrument import Category, Question

# The shapes of quotation marks and dashes, and signs without a shape: none of them makes another label.
_SHAPES = str.maketrans(dict.fromkeys("‘’‚‛`´′ʼ", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒–—―−", "-"))


def meanings(of: Fielded, question: Question, column: Column, category: str = "") -> dict[str, str]:
    """Say which category each text of a column means, as it stands; `category` is set where each has its own column.

    The wave's own `values` go first, then labels and `values` of the categories, then codes that the file labels so,
    then ids.
    """
    offered = [each for each in question.offered_in(of.wave) if category in ("", each.id)]
    found = dict(question.waves[of.wave].values)
    for each in offered:
        for declared in (each.label, *each.values):
            found.setdefault(declared, each.id)
    for code, label in column.labels.items():
        if meant := _meant(label, found, offered):
            found.setdefault(code, meant)
    for each in offered:
        found.setdefault(each.id, each.id)
    return found


def by_category(question: Question, known: Mapping[str, str]) -> dict[str, list[str]]:
    """List the texts of each category, in the order of the instrument; none for a category that has none."""
    listed = {each.id: [said for said, meant in known.items() if meant == each.id] for each in question.categories}
    return {category: said for category, said in listed.items() if said}


def alike(label: str) -> str:
    """Give the form in which two spellings of a label are the same."""
    seen = "".join(sign for sign in label if unicodedata.category(sign) != "Cf")
    shaped = unicodedata.normalize("NFKC", seen.translate(_SHAPES)).translate(_SHAPES)
    return " ".join(shaped.split()).casefold()


def _meant(label: str, known: Mapping[str, str], offered: list[Category]) -> str:
    """The category that a label of the file means; where its spelling fits several, none."""
    if label in known:
        return known[label]
    fitting: dict[str, set[str]] = defaultdict(set)
    for said, category in known.items():
        fitting[alike(said)].add(category)
    meant = fitting[alike(label)]
    return next(iter(meant)) if len(meant) == 1 else next((each.id for each in offered if each.id == label), "")
