"""Every numeral of a built paper, accounted for by one thing: the ledger, what it allows, or the paper's structure.

A number of the ledger and an allowed phrase are used up by the place that prints them. The numbers of headings,
figures, tables and pages are computed here, from what stands before them; those of the bibliography are in its fields.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from recount.display import terms
from recount.display.decimals import decimals_of
from recount.display.formatter import Formatter
from recount.estimate.answers import NO_ANSWER
from recount.study.codebook import NONE, read_codebook
from recount.study.instrument import Instrument, read_instrument
from recount.study.settings import Settings, read_settings
from recount.write.numerals import CHINESE, OTHER_DIGITS, WORD
from tests.workflow.pieces import FIELD, Block, Page

# Every digit counts here, also one behind a letter: what the software takes for a name, it has to list.
DIGITS = re.compile(rf"[\d{OTHER_DIGITS}](?:[\d{OTHER_DIGITS}.,]*[\d{OTHER_DIGITS}])?")
HIDDEN = "\ufffc"
LABEL = re.compile(r"^(Figure|Table)\s(\d+)\.\s?")
REFERENCE = re.compile(r"(?:(Figure|Table)\s|(图|表))(\d+)")
KINDS = {"Figure": "fig", "Table": "tbl", "图": "fig", "表": "tbl"}
TYPED = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "…": "..."}
Ledger = dict[str, Any]


def numerals(text: str) -> list[str]:
    """Give all numerals of a text in their order: digits of any script, number words in English and Chinese."""
    return [each[0] for each in _found(text)]


def _found(text: str) -> list[re.Match[str]]:
    found = [each for pattern in (DIGITS, WORD, CHINESE) for each in pattern.finditer(text)]
    made: list[re.Match[str]] = []
    for each in sorted(found, key=lambda each: (each.start(), -each.end())):
        if not made or each.start() >= made[-1].end():
            made.append(each)
    return made


@dataclass
class Account:
    """What may stand in one document of a paper, used up as it is read; `faults` is what nothing accounts for."""

    ledger: Ledger
    bibliography: Mapping[str, str]
    formatter: Formatter
    instrument: Instrument | None = None
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.numbers = {each["id"]: each for each in self.ledger["numbers"]}
        self._allowed = Counter(_one_line(each["text"]) for each in self.ledger["allowed"] if each["kind"] != "figure")
        self._order: list[str] = []
        self._captions: list[str] = []
        self._floats: dict[str, int] = {}
        self._headings: list[int] = []
        self._notes = 0
        self._entries = _entries(self.ledger)

    def check(self, page: Page) -> list[str]:
        """Account for a whole document; give what is left: numerals without a source, and numbers never printed."""
        self._number_floats(page.blocks)
        headings = {_one_line(block.text) for block in page.blocks if block.role == "heading"}
        captions = {_one_line(block.text) for block in page.blocks if block.role == "caption"}
        for block in page.blocks:
            self._block(block, headings)
        for name, value, where in page.attributes:
            self._attribute(name, value, where, captions, page.blocks)
        self._order += self._captions
        exp = [each["id"] for each in self.ledger["numbers"] if not each["figure"]]
        if self._order != exp:
            wrong = next((pair for pair in zip(self._order, exp, strict=False) if pair[0] != pair[1]), None)
            self.faults.append(f"numbers are not printed once each, in order: {wrong or (len(self._order), len(exp))}")
        self.faults += [f"entry {entry!r} is not in the appendix" for rows in self._entries.values() for entry in rows]
        return self.faults

    def _number_floats(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            found = LABEL.match(block.text) if block.role == "caption" else None
            if found:
                number = 1 + sum(each.startswith(KINDS[found[1]]) for each in self._floats)
                self._expect(f"{found[1]} {number}.", f"{found[1]} {found[2]}.", "a label")
                self._floats[block.key] = number

    def _block(self, block: Block, headings: set[str]) -> None:
        if block.role == "entry":
            self._entry(block)
        elif block.role in ("toc", "head title", "properties"):
            if numerals(block.text) and _one_line(block.text) not in headings | {self.notice()}:
                self.faults.append(f"{block.role}: {block.text!r} stands nowhere else")
        elif block.role == "notice" or _one_line(block.text) == self.notice():
            self._expect(self.notice(), _one_line(block.text), "the notice")
        elif block.role == "reference":
            self._cited([block.key], block.text, whole=True)
        else:
            self._text(block, headings)

    def _text(self, block: Block, headings: set[str]) -> None:
        """A block of text: its marked pieces by what they are, the rest by what the ledger allows."""
        rest = ""
        ids: list[str] = []
        for mark, text in _runs(block):
            rest += text if self._plain(mark, text, ids, headings) else HIDDEN
        if block.role == "caption":
            rest = LABEL.sub("", rest.lstrip())
        elif block.role == "heading":
            rest = self._without_number(rest)
        self._allow(rest, block)
        self._in_order(ids, block)

    def _plain(self, mark: str, text: str, ids: list[str], headings: set[str]) -> bool:
        """Account for a marked piece; whether its text is to be read as text all the same."""
        if mark.startswith("n-"):
            ids.append(mark)
            number = self.numbers.get(mark, {})
            self._expect(_one_line(number.get("display", "nothing")), _one_line(text), mark)
            return False
        if mark.startswith(("#fig-", "#tbl-")) and REFERENCE.fullmatch(text.strip()):
            found = REFERENCE.fullmatch(text.strip())
            kind = KINDS[found[1] or found[2]] if found else ""
            right = mark[1:].startswith(kind) and found and int(found[3]) == self._floats.get(mark[1:])
            self._expect(True, bool(right), f"{text!r} leads to {mark}")
            return False
        if mark.startswith("#ref-"):
            self._cited([mark.removeprefix("#ref-")], text)
            return False
        if mark.startswith("#fn") and numerals(text):
            self._notes += 1
            self._expect(str(self._notes), text.strip(), "the mark of a footnote")
            return False
        if mark.startswith("#sec-"):
            self._expect(True, _one_line(text) in headings, f"the title {text!r}")
            return False
        return mark != FIELD

    def _allow(self, text: str, block: Block) -> None:
        """Use up an allowed phrase for each numeral; the longest that covers it."""
        text = _one_line(text)
        for found in _found(text):
            if text[found.start()] == HIDDEN:
                continue
            phrase = self._phrase(text, found)
            if phrase is None:
                self.faults.append(f"{found[0]!r} has no source, in: {block.text[:120]!r}")
                continue
            start, allowed = phrase
            self._allowed[allowed] -= 1
            text = text[:start] + HIDDEN * len(allowed) + text[start + len(allowed) :]

    def _phrase(self, text: str, found: re.Match[str]) -> tuple[int, str] | None:
        for phrase in sorted(self._allowed, key=len, reverse=True):
            start = text.find(phrase, max(0, found.end() - len(phrase)))
            if self._allowed[phrase] > 0 and 0 <= start <= found.start() and found.end() <= start + len(phrase):
                return start, phrase
        return None

    def _in_order(self, ids: Sequence[str], block: Block) -> None:
        """The caption of a table stands above it, and is in the ledger behind it."""
        if block.role not in ("cell", "caption") or (block.role == "caption" and self._captions):
            self._order += self._captions
            self._captions = []
        if block.role == "caption" and block.key.startswith("tbl-"):
            self._captions = [*ids]
        else:
            self._order += ids

    def _without_number(self, heading: str) -> str:
        found = re.match(r"\s*(\d+(?:\.\d+)*)\.?\s", heading)
        if not found:
            return heading
        parts = [int(each) for each in found[1].split(".")]
        last = self._headings[len(parts) - 1] if len(self._headings) >= len(parts) else 0
        if parts != [*self._headings[: len(parts) - 1], last + 1]:
            return heading
        self._headings = parts
        return heading[found.end() :]

    def _cited(self, keys: Sequence[str], text: str, *, whole: bool = False) -> None:
        """The numerals of a citation, or of a whole entry, are those of the work's fields."""
        fields = Counter(each for key in keys for each in numerals(_one_line(self.bibliography.get(key, ""))))
        printed = Counter(numerals(_one_line(text)))
        missing = printed - fields if whole else Counter(set(printed)) - Counter(set(fields))
        for numeral in missing.elements():
            if self._allowed[numeral] <= 0:
                self.faults.append(f"{numeral!r} is in no field of {', '.join(keys)}: {text[:80]!r}")
            self._allowed[numeral] -= 1

    def _entry(self, block: Block) -> None:
        """A line of the appendix says what the ledger says of its entry, in the order of the ledger."""
        rows = self._entries.get(block.key, {})
        cells = [_one_line(each.text) for each in block.pieces]
        first = next(iter(rows), "")
        if f"e-{cells[0]}" != first:
            self.faults.append(f"the appendix has entry {cells[0]!r} where the ledger has {first!r}")
            return
        exp = self._cells(rows.pop(first))
        for name, got, right in zip(
            ("printed", "source", "category", "n", "base", "interval"), cells[1:], exp, strict=True
        ):
            self._expect(_one_line(right), got, f"{name} of entry {first}")

    def _cells(self, numbers: Sequence[Ledger]) -> list[str]:
        printed = "; ".join(dict.fromkeys(each["display"] for each in numbers))
        estimate = self._row(_source(numbers[0]["trace"]))
        if estimate is None:
            return [printed, numbers[0]["formula"], "", "", "", ""]
        source = f"{estimate['wave']}/{estimate['question']}/{estimate['statistic']}"
        source += f", {estimate['group']}={estimate['level']}" if estimate["group"] else ""
        source += ", weighted" if _weighted(estimate) else ""
        count = [self.formatter.count(estimate[each]) if estimate[each] is not None else "" for each in ("n", "base")]
        return [printed, source, self._category(estimate), *count, self._interval(estimate)]

    def _row(self, trace: Ledger) -> Ledger | None:
        """The estimate that a number is, or was chosen as."""
        if trace["kind"] == "operation" and trace["name"] == "ranked":
            trace = trace["of"][1]
        if trace["kind"] == "operation" and trace["name"] in ("smallest", "largest"):
            trace = next((each for each in trace["of"] if each["value"] == trace["value"]), trace)
        return self.ledger["estimates"][trace["key"]] | {"key": trace["key"]} if trace["kind"] == "estimate" else None

    def _category(self, estimate: Ledger) -> str:
        labels = self.labels.get(estimate["question"], {})
        if estimate["question"] == "-" and estimate["statistic"] == "excluded":
            return terms.reason(estimate["category"])
        return " + ".join(labels.get(each, each) for each in estimate["category"].split("+"))

    def _interval(self, estimate: Ledger) -> str:
        if estimate["low"] is None or estimate["high"] is None:
            return ""
        question = self.instrument.by_id.get(estimate["question"]) if self.instrument else None
        decimals = decimals_of(estimate["statistic"], question, self.formatter.display) if question else None
        return self.formatter.interval(estimate["low"], estimate["high"], estimate["unit"], decimals=decimals)

    def _attribute(self, name: str, value: str, where: str, captions: set[str], blocks: Sequence[Block]) -> None:
        if not numerals(value) or where == "viewport":
            return
        if name == "alt":
            self._alternative(value, where)
        elif name == "aria-label" and where == "scroll":
            self._expect(True, _one_line(value) in captions, f"the label {value!r}")
        elif where in self.numbers:
            self._expect(
                _one_line(self._card(self.numbers[where]).get(name, "")), _one_line(value), f"{name} of {where}"
            )
        elif not any(_one_line(value) == _one_line(block.text) for block in blocks):
            self.faults.append(f"{name}={value!r} of {where}: nothing in the paper says so")

    def _card(self, number: Ledger) -> dict[str, str]:
        """What the page shows of a number beside it: what its estimate says."""
        estimate = self._row(number["trace"])
        if estimate is None:
            return {"data-key": number["formula"]}
        question = self.instrument.by_id.get(estimate["question"]) if self.instrument else None
        count, base = self.formatter.count(estimate["base"]), self.formatter.of_base(estimate["n"], estimate["base"])
        return {
            "data-key": estimate["key"],
            "data-base": f"{count} respondents, weighted" if _weighted(estimate) else base,
            "data-interval": self._interval(estimate),
            "data-question": question.text_in(estimate["wave"]) if question else "",
        }

    def _alternative(self, text: str, figure: str) -> None:
        """The words for a picture say numbers that the ledger has for these words, each as often as it has them."""
        own = [
            each["display"] for each in self.ledger["numbers"] if (each["part"], each["figure"]) == ("alt text", figure)
        ]
        file = f"results/figures/{figure}.txt"
        own += [each["text"] for each in self.ledger["allowed"] if (each["kind"], each["file"]) == ("figure", file)]
        exp = Counter(numeral for each in own for numeral in numerals(each))
        left, missing = Counter(numerals(text)) - exp, exp - Counter(numerals(text))
        self.faults += [f"{each!r} has no source, in the words for figure {figure}" for each in left.elements()]
        self.faults += [f"{each!r} is not in the words for figure {figure}" for each in missing.elements()]

    def notice(self) -> str:
        waves = self.ledger["simulated"]
        listed = " and ".join(part for part in (", ".join(waves[:-1]), waves[-1] if waves else "") if part)
        return (
            f"The responses of wave{'s' if len(waves) > 1 else ''} {listed}, with contacts, corrections and codings, "
            "are simulated: nothing here may be cited as a finding."
        )

    def _expect(self, exp: object, got: object, what: str) -> None:
        if exp != got:
            self.faults.append(f"{what}: got {got!r}, expected {exp!r}")


def account_of(study: Path) -> Account:
    """Open the account of a built study: its ledger, its bibliography, its names."""
    return Account(**_sources(study))


@cache
def _sources(study: Path) -> dict[str, Any]:
    settings = read_settings(study / "config.yaml")
    instrument = read_instrument(study / settings.instrument)
    return {
        "ledger": json.loads((study / "results/paper/numbers.json").read_text(encoding="utf-8")),
        "bibliography": works((study / settings.paper.bibliography).read_text(encoding="utf-8")),
        "formatter": Formatter(settings.display),
        "instrument": instrument,
        "labels": dict(_labels(study, settings, instrument)),
    }


def works(bibtex: str) -> dict[str, str]:
    """Give all fields of each work of a BibTeX file as one text, by its key."""
    entries = re.split(r"^@\w+\{", bibtex, flags=re.MULTILINE)[1:]
    return {entry.split(",", 1)[0].strip(): entry.split(",", 1)[1].replace("--", "-") for entry in entries}


def _labels(study: Path, settings: Settings, instrument: Instrument) -> Iterator[tuple[str, dict[str, str]]]:
    file = study / settings.coding.folder / "codebook.yaml"
    codes = read_codebook(file).questions if file.exists() else {}
    for question in instrument.questions:
        labels = {each.id: each.label for each in question.categories}
        labels |= {code.id: code.label for code in codes.get(question.id, ())}
        labels |= {name: terms.net(labels[each] for each in members) for name, members in question.nets.items()}
        yield question.id, {NO_ANSWER: terms.NO_ANSWER, NONE: terms.NO_CODE} | labels


def _entries(ledger: Ledger) -> dict[str, dict[str, list[Ledger]]]:
    """The numbers of the ledger by figure and entry, in the order of the appendix."""
    found: dict[str, dict[str, list[Ledger]]] = {}
    for number in ledger["numbers"]:
        found.setdefault(number["figure"], {}).setdefault(number["entry"], []).append(number)
    return found


def _source(trace: Ledger) -> Ledger:
    """A base stands in the entry of its share."""
    of_base = trace["kind"] == "operation" and trace["name"] == "base of"
    return trace["of"][0] if of_base else trace


def _weighted(estimate: Ledger) -> bool:
    weighted = (estimate["weighted_n"], estimate["weighted_base"])
    return None not in weighted and weighted != (estimate["n"], estimate["base"])


def _runs(block: Block) -> Iterator[tuple[str, str]]:
    """The pieces of a block, those of one mark together."""
    for mark, pieces in groupby(block.pieces, key=lambda piece: piece.mark):
        yield mark, "".join(piece.text for piece in pieces)


def _one_line(text: str) -> str:
    """Text as it is compared: on one line, with the quotation marks and dashes that were typed."""
    for shown, typed in TYPED.items():
        text = text.replace(shown, typed)
    return " ".join(text.split())
