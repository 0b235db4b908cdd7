"""Ids for what is drafted: short, readable, and the same for the same questionnaire."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from recount.fieldwork.label import written_in

_LONGEST = 40
_WORDS = 3
_OF_LABEL = 4
# A name of a column that says what it is about, and is not just a number of a question (Q12, G01Q02, V3).
_NAME = re.compile(r"[A-Za-z]{3,}[A-Za-z0-9_-]*(?<!\d)")
_LONGEST_NAME = 30
_RESERVED = {"true", "false", "null", "none", "row", "respondent"}
# A word of more than so much of all wordings tells nothing of one of them.
_EVERYWHERE = 0.2
_SEVERAL = 3
# Signs that tell one label from another: C and C#, under and over a number.
_SIGNS = {"<": " under ", ">": " over ", "#": "sharp", "+": " plus ", "&": " and ", "%": " percent ", "=": " equal "}
# Alchemer puts the option before the question, without a blank: `Other - Write In:How do you run it?`.
_BEFORE = re.compile(r"(?P<option>[^:]{1,40})::?(?P<question>\S.*)", re.DOTALL)
_NUMBERED = re.compile(r"#\s?(\d{1,2})\b")


@dataclass(frozen=True)
class Namer:
    """Names questions by the telling words of their wordings, knowing all of them."""

    common: Counter[str]
    wordings: int

    def question(self, column: str, wording: str, taken: set[str]) -> str:
        """Name a question by its column where that is a name, else by what its wording asks for.

        A field for text beside an option has the name of its question and the option's behind it.
        """
        told = _NAME.fullmatch(column) or not wording
        if told and len(column) <= _LONGEST_NAME:
            return free(identifier(column, "question").lower(), taken)
        option, text = _parts(wording or column)
        behind = _NUMBERED.findall(option or text) or _words(option, everything=True)[:1]
        return free(identifier("_".join([*self._telling(text), *behind]), "question").lower(), taken)

    def _telling(self, text: str) -> list[str]:
        """The first words of a wording that are no common ones; those of all wordings only where nothing else is."""
        said = [word for word in dict.fromkeys(_words(text)) if not word.isdigit()]
        limit = max(_SEVERAL, _EVERYWHERE * self.wordings)
        rare = [word for word in said if self.common[word] <= limit]
        return (rare or said)[:_WORDS] or _words(text, everything=True)[:_WORDS] or [text]


def namer(wordings: Iterable[str]) -> Namer:
    """Learn which words stand in many wordings."""
    told = [_parts(wording)[1] for wording in wordings if wording]
    each = [set(_words(wording)) for wording in dict.fromkeys(told)]
    return Namer(Counter(word for words in each for word in words), len(each))


def _parts(wording: str) -> tuple[str, str]:
    """Part what is beside a question, an option or the number of a field, from the question itself."""
    if beside := written_in(wording):
        option, stem = beside
        return (option, stem) if stem else ("", option)
    before = _BEFORE.fullmatch(wording)
    return (before["option"], before["question"]) if before else ("", wording)


def free(name: str, taken: Iterable[str]) -> str:
    """Give a name that nobody has: itself, or with a number behind it."""
    known = set(taken)
    return name if name not in known else next(f"{name}_{n}" for n in range(2, 10_000) if f"{name}_{n}" not in known)


def category_id(label: str, taken: Iterable[str]) -> str:
    """Name a category by the first words of its label."""
    said = "".join(_SIGNS.get(letter, letter) for letter in _bare(label).replace("++", "pp"))
    words = re.findall(r"[A-Za-z0-9]+", said)
    telling = [word for word in words if word.casefold() not in _SMALL]
    return free(identifier("_".join((telling or words)[:_OF_LABEL]), "answer").lower(), taken)


def identifier(text: str, otherwise: str) -> str:
    """Make a text an id, cut between words; `otherwise` stands before what cannot begin one."""
    words = re.findall(r"[A-Za-z0-9]+", text)
    while len(words) > 1 and len("_".join(words)) > _LONGEST:
        words.pop()
    name = "_".join(words)[:_LONGEST]
    if not name:
        return otherwise
    return f"{otherwise}_{name}" if name[0].isdigit() or name.lower() in _RESERVED else name


def _words(text: str, *, everything: bool = False) -> list[str]:
    found = re.findall(r"[^\W_]+", _bare(text).casefold())
    return found if everything else [word for word in found if word not in _COMMON and (len(word) > 1)]


def _bare(text: str) -> str:
    """Join what an apostrophe parts: what's, don't."""
    return re.sub(r"(?<=\w)['’](?=\w)", "", text)


# Words that no label needs to be told by.
_SMALL_WORDS = "a an the of in on to for i im my me you your it its is am are was this that and at with"
_SMALL = frozenset(_SMALL_WORDS.split())
# Words that tell nothing of what a question is about.
_COMMON_WORDS = """
a an the of in on to for and or is are was were do does did you your yours how what whats which who whom when where
why would could should please select all that apply any have has had be been being with at by from as it its this
these those following describe best much many often there theres their they them i we our us if use used using
make see like
roughly about typically usually would will ever yourself my me more most some than into so also such only other others
please specify tell think thinking generally currently question questions choose tick mark check one many kind type
types eg etc first second
der die das ein eine und oder in von zu mit für ist sind wie was welche welcher welches sie ihr ihre ihren haben
le la les un une des et ou de du dans en que quel quelle quels quelles vous votre vos est sont avez
el los las una y o del con cuál cuáles qué cómo su sus usted es son
"""
_COMMON = frozenset(_COMMON_WORDS.split())
