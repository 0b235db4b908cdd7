"""From the texts of an export to the categories of a question."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recount.clean.reading import Rule, Trouble
from recount.ingest.raw import Column
from recount.study.instrument import Category, Question

# Word processors and keyboards write these; whoever types a label means the plain character.
_PLAIN = str.maketrans(
    dict.fromkeys("‘’‚‛`´′ʼ", "'")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff")
)


def plain(text: str) -> str:
    """Give the form in which two spellings of a text are equal.

    Case, blanks (also non-breaking ones), and the shape of quotation marks and dashes do not count.
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").split()).casefold()
    return " ".join(unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN).split()).casefold()


def rule_between(text: str, known: str) -> Rule:
    """Say by which rule a text was taken for a known one: not at all, by its blanks, or by its spelling."""
    if text == known:
        return ""
    return "blanks" if " ".join(text.split()) == " ".join(known.split()) else "spelling"


@dataclass(frozen=True)
class Match:
    """What a text means: a category, or missing (None); by which rule; or why neither."""

    category: str | None = None
    rule: Rule = ""
    trouble: Trouble | None = None


@dataclass(frozen=True)
class Clash:
    """A text or code that could mean two categories: a mistake in the instrument."""

    text: str
    categories: tuple[str, str]
    because: str


@dataclass(frozen=True)
class Matcher:
    """All texts by which an export may name the categories of a question, and those that mean no answer.

    `exact` and `spelled` (plain forms, with the text that they stand for) lead to category ids; `elsewhere` holds the
    plain forms of categories that the wave did not offer; `write_in` is the category that any other text means.
    """

    exact: Mapping[str, str]
    spelled: Mapping[str, tuple[str, str]]
    missing: frozenset[str]
    user_missing: frozenset[str]
    labels: Mapping[str, str]
    elsewhere: frozenset[str]
    known: tuple[str, ...]
    write_in: str | None = None

    def match(self, text: str) -> Match:
        """Find what a text means; a category goes before a missing text, and an exact text before a spelling."""
        if text in self.exact:
            return Match(self.exact[text])
        form = plain(text)
        if not form:
            return Match()
        if form in self.spelled:
            known, category = self.spelled[form]
            return Match(category, rule_between(text, known))
        if text.strip() in self.user_missing:
            return Match(rule="user missing")
        if form in self.missing or plain(self.labels.get(text, "")) in self.missing:
            return Match(rule="missing text")
        return Match(self.write_in, "write-in") if self.write_in else Match(trouble=self._trouble(text, form))

    def _trouble(self, text: str, form: str) -> Trouble:
        labelled = f" (the file labels it {self.labels[text]!r})" if text in self.labels else ""
        if form in self.elsewhere:
            return Trouble(
                "this category was not offered in this wave" + labelled, "one of " + ", ".join(self.known), part=text
            )
        return Trouble("this is no category of the question" + labelled, known=self.known, part=text)


def matcher_of(question: Question, wave: str, column: Column, missing: Iterable[str]) -> tuple[Matcher, list[Clash]]:
    """Collect the texts that mean a category in this column.

    The wave's own `values` go before labels and `values` of the categories, these before codes that the file labels,
    these before ids. A text that two categories claim at the same rank is a clash, and so is a code that the instrument
    and the file read differently.
    """
    offered = question.offered_in(wave)
    fielding = question.waves[wave]
    exact, clashes = _claimed(offered)
    for text, category in fielding.values.items():
        clashes = [clash for clash in clashes if clash.text != text]
        exact[text] = category
    clashes += _labelled(exact, offered, column, settled=set(fielding.values))
    for each in offered:
        exact.setdefault(each.id, each.id)
    gone = [each for each in question.categories if each not in offered]
    matcher = Matcher(
        exact=exact,
        spelled=_spelled(exact),
        missing=frozenset(plain(text) for text in missing) - {""},
        user_missing=frozenset(column.missing),
        labels=column.labels,
        elsewhere=frozenset(plain(text) for each in gone for text in (each.id, each.label, *each.values)),
        known=tuple(category.label for category in offered),
        write_in=next((category.id for category in offered if category.write_in), None),
    )
    return matcher, clashes


def _claimed(categories: Iterable[Category]) -> tuple[dict[str, str], list[Clash]]:
    exact: dict[str, str] = {}
    claims = [(text, category.id) for category in categories for text in (category.label, *category.values)]
    for text, category_id in claims:
        exact.setdefault(text, category_id)
    clashes = [
        Clash(text, (exact[text], category_id), "both categories name it")
        for text, category_id in claims
        if exact[text] != category_id
    ]
    return exact, clashes


def _labelled(exact: dict[str, str], categories: Iterable[Category], column: Column, settled: set[str]) -> list[Clash]:
    """Add the codes that the file labels with a category's text; find those that contradict the instrument."""
    spelled = _spelled(exact)
    ids = {category.id: category.id for category in categories}
    clashes = []
    for code, label in column.labels.items():
        category = exact.get(label) or spelled.get(plain(label), ("", ""))[1] or ids.get(label)
        if not category or code in settled:
            continue
        if exact.setdefault(code, category) != category:
            clashes.append(Clash(code, (exact[code], category), f"the file labels it {label!r}"))
    return clashes


def _spelled(exact: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Plain forms that lead to one category only; the text nearest to each is its first."""
    found: dict[str, tuple[str, str]] = {}
    meant: dict[str, set[str]] = defaultdict(set)
    for text, category in exact.items():
        form = plain(text)
        found.setdefault(form, (text, category))
        meant[form].add(category)
    return {form: known for form, known in found.items() if form and len(meant[form]) == 1}
