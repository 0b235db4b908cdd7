"""Personal data taken out of an answer before it is quoted, with a log that does not repeat it.

By form: addresses of the web and of mail, telephone numbers, handles. By lists: names that the study lists, countries,
cities. What the study says to keep stays. A place must begin with a capital where its script has any, so that "reading"
stays; names of the study's own list are found in capitals or not.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# Numbers with a plus or a zero in front from seven digits on, others from nine: years and amounts are shorter.
FORMS = {
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "address": re.compile(
        r"(?:https?://|ftp://|www\.)[^\s<>\"]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|int|eu|info|io|[a-z]{2})\b(?:/[^\s<>\"]*)?",
        re.IGNORECASE,
    ),
    "handle": re.compile(r"(?<!\w)[@＠]\w{2,}"),
    "telephone": re.compile(r"(?<![\w.,])(?:(?:\+|\(?0)(?:[ ()./-]{0,2}\d){6,14}|\d(?:[ ()./-]{0,2}\d){8,14})(?!\w)"),
}
# Chinese, Japanese and Korean set no blanks between words.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
APOSTROPHES = str.maketrans("’‘ʼ", "'''")


@dataclass(frozen=True)
class Redaction:
    """One thing that was taken out: its kind, and the character of the redacted text at which its mark stands."""

    kind: str
    place: int


@dataclass(frozen=True)
class Redactor:
    """What is taken out by lists: names of places with their kinds, the study's own with theirs, and what is kept."""

    places: Mapping[str, str]
    listed: Mapping[str, str]
    kept: frozenset[str]

    def __call__(self, text: str) -> tuple[str, tuple[Redaction, ...]]:
        """Redact a text: each thing found becomes its kind in brackets."""
        text = unicodedata.normalize("NFC", text)
        written, redactions, end = "", [], 0
        for start, stop, kind in self._found(text):
            if start < end or _folded(text[start:stop]) in self.kept:
                continue
            written += text[end:start]
            redactions.append(Redaction(kind, len(written)))
            written, end = f"{written}[{kind}]", stop
        return written + text[end:], tuple(redactions)

    def _found(self, text: str) -> list[tuple[int, int, str]]:
        """All that might be taken out, the first first, and of several at one place the longest."""
        found = [(*hit.span(), kind) for kind, form in FORMS.items() for hit in form.finditer(text)]
        plain = text.translate(APOSTROPHES)
        for names, capital in ((self.listed, False), (self.places, True)):
            kinds = {_folded(name): kind for name, kind in names.items()}
            for expression in _expressions(names):
                hits = (hit for hit in expression.finditer(plain) if not (capital and hit[0][0].islower()))
                found += [(*hit.span(), kinds[_folded(hit[0])]) for hit in hits]
        return sorted(found, key=lambda each: (each[0], -each[1]))


def redactor(places: Mapping[str, str], listed: Mapping[str, str], kept: Iterable[str]) -> Redactor:
    """Make a redactor; lists are compared in one form, whatever apostrophes and accents they are typed with."""
    return Redactor(
        places={_plain(name): kind for name, kind in places.items()},
        listed={_plain(name): kind for name, kind in listed.items()},
        kept=frozenset(map(_folded, kept)),
    )


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(APOSTROPHES).strip()


def _folded(text: str) -> str:
    return _plain(text).casefold()


def _expressions(names: Iterable[str]) -> list[re.Pattern[str]]:
    """One expression for names that stand between blanks or signs, one for those that stand anywhere."""
    ordered = sorted((name for name in names if name), key=lambda name: (-len(name), name))
    anywhere = [re.escape(name) for name in ordered if UNSPACED.search(name)]
    apart = [re.escape(name) for name in ordered if not UNSPACED.search(name)]
    made = []
    if apart:
        made.append(re.compile(rf"(?<!\w)(?:{'|'.join(apart)})(?!\w)", re.IGNORECASE))
    if anywhere:
        made.append(re.compile("|".join(anywhere)))
    return made
