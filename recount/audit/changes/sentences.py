"""The paper's sentences on both sides, paired by the place of their numbers and quotations in the template."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from recount.audit.changes.change import Change, Comparing
from recount.audit.changes.side import Side
from recount.write.assemble import ClaimEntry, Entry, QuotationEntry
from recount.write.page import Page, Printed

# In the order in which an author looks at them.
NO_LONGER, FRAGILE, AGAIN, STILL = "no longer true", "fragile", "true now", "still true"
AS_BEFORE = "not true, as before"
# Where a thing was printed: file, line, key, part, and the how manieth it is there.
Place = tuple[str, int | None, str, str, int]
# Tables and figures say what the text does not, number by number; here are sentences.
PROSE = ("prose", "front matter", "abstract", "caption", "note")


@dataclass(frozen=True)
class Claim:
    """A phrase that a condition guards, and whether it was and is true; `turned`: it has another status now."""

    phrase: str
    status: str
    turned: bool


@dataclass(frozen=True)
class Sentence:
    """A sentence of the paper as it was and as it is."""

    file: str
    line: int | None
    before: str
    now: str
    numbers: tuple[Change, ...]
    claims: tuple[Claim, ...]
    lacking: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether it reads otherwise, or a claim in it is true, fragile or false where it was not."""
        return self.before != self.now or any(each.turned for each in self.claims)


@dataclass(frozen=True)
class _Met:
    """Something that a reader meets in a sentence."""

    place: Place
    sentence: str
    thing: Entry | ClaimEntry | QuotationEntry | Printed


def sentences(comparing: Comparing) -> list[Sentence]:
    """Give the sentences with numbers, claims or gaps, and the quotations, in the order of the paper as it is now."""
    was = {met.place: met for met in _met(comparing.before)}
    return [_sentence(group, was, comparing) for group in _grouped(list(_met(comparing.now)))]


def _sentence(group: list[_Met], was: dict[Place, _Met], comparing: Comparing) -> Sentence:
    numbers, claims, lacking = [], [], []
    earlier = [was[met.place] for met in group if met.place in was]
    for met in group:
        old = was.get(met.place)
        if isinstance(met.thing, Entry):
            numbers.append(_change(old, met.thing, comparing))
        elif isinstance(met.thing, ClaimEntry):
            claims.append(_claim(old, met.thing))
        elif isinstance(met.thing, Printed):
            lacking.append(str(met.thing.thing))
    first = group[0].place
    return Sentence(
        file=first[0],
        line=first[1],
        before=" ".join(dict.fromkeys(met.sentence for met in earlier)),
        now=group[0].sentence,
        numbers=tuple(numbers),
        claims=tuple(claims),
        lacking=tuple(dict.fromkeys(lacking)),
    )


def _change(old: _Met | None, now: Entry, comparing: Comparing) -> Change:
    if old is None or not isinstance(old.thing, Entry):
        why = "it could not be said before" if old else "it did not stand here before"
        return comparing.came(now.printed.text, now.number, why)
    return comparing.change((old.thing.printed.text, old.thing.number), (now.printed.text, now.number))


def _claim(old: _Met | None, now: ClaimEntry) -> Claim:
    was = old.thing.status if old is not None and isinstance(old.thing, ClaimEntry) else ""
    status = {"fails": NO_LONGER, "fragile": FRAGILE}.get(now.status, AGAIN if was == "fails" else STILL)
    if was == "fails" and now.status == "fragile":
        status = f"{AGAIN}, but fragile"
    if was == "fails" and now.status == "fails":
        status = AS_BEFORE
    return Claim(now.phrase, status, was not in ("", now.status))


def _met(side: Side) -> Iterator[_Met]:
    """Go through numbers, claims, quotations and gaps in the order of reading."""
    assembler = side.draft.assembler
    page = assembler.page
    places = _places(page)
    numbered = {id(printed): place for place, printed in enumerate(page.prints)}
    of_claims = {id(claim): place for place, claim in page.claims.items()}
    written = [each for each in assembler.numbers if each.part in PROSE and not each.figure]
    found: list[tuple[int, str, Entry | ClaimEntry | QuotationEntry | Printed]] = []
    found += [(numbered[id(entry.printed)], entry.sentence, entry) for entry in written]
    found += [(of_claims[id(each.claim)], each.sentence, each) for each in assembler.claims if each.part in PROSE]
    found += [(numbered[id(printed)], text, printed) for printed, text in assembler.lacking if printed.part in PROSE]
    found += _quoted(assembler.quotations, numbered, places)
    for place, sentence, thing in sorted(found, key=lambda each: each[0]):
        yield _Met(places[place], sentence, thing)


def _quoted(
    quotations: list[QuotationEntry], numbered: dict[int, int], places: list[Place]
) -> Iterator[tuple[int, str, QuotationEntry]]:
    """The answers that one call of `quote` prints, as one text: of the other side it may print fewer, or none."""
    calls: dict[Place, list[QuotationEntry]] = {}
    for each in quotations:
        calls.setdefault((*places[numbered[id(each.printed)]][:-1], 0), []).append(each)
    for together in calls.values():
        yield numbered[id(together[0].printed)], " ".join(each.sentence for each in together), together[0]


def _places(page: Page) -> list[Place]:
    """Name each print by where in the template it was made; several of one line by their order."""
    counts: Counter[tuple[str, int | None, str, str]] = Counter()
    places: list[Place] = []
    for printed in page.prints:
        where: tuple[str, int | None, str, str] = (
            printed.place.file,
            printed.place.line,
            printed.place.key,
            printed.part,
        )
        places.append((*where, counts[where]))
        counts[where] += 1
    return places


def _grouped(met: list[_Met]) -> Iterator[list[_Met]]:
    """Those of one sentence together: they stand one behind the other."""
    group: list[_Met] = []
    for each in met:
        if group and (each.sentence, each.place[3]) != (group[0].sentence, group[0].place[3]):
            yield group
            group = []
        group.append(each)
    if group:
        yield group
