r"""What the keywords of a codebook find in an answer.

Keywords are regular expressions (recount.study.codebook.Code). An answer is read as it stands, in Unicode's composed
form, without regard to capitals; an expression that shall meet whole words says so with `\b`.

Anyone can write an answer, and some expressions take longer than the build can wait on some texts ("catastrophic
backtracking"). Each search has a limit of time, a thousand times what an honest one takes; a keyword beyond it is told.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import regex

from recount.errors import CodingError, Finding
from recount.study.codebook import CODEBOOK, Code

# Of one keyword on one answer.
SECONDS = 1.0
SHOWN = 60
NOWHERE = Finding(problem="")


def found_by_keywords(
    codes: Iterable[Code], answer: str, *, file: str = CODEBOOK, question: str = ""
) -> dict[str, tuple[str, ...]]:
    """Give the codes whose keywords occur in an answer, each with the words that matched, in the order they stand.

    Raise `CodingError` where a keyword takes too long; the message names it with `file` and `question`.
    """
    text = unicodedata.normalize("NFC", answer)
    found = {}
    for code in codes:
        place = Finding(problem="", file=file, key=".".join(filter(None, (question, code.id, "keywords"))))
        found[code.id] = matched(code.keywords, text, place=place)
    return {code: words for code, words in found.items() if words}


def matched(keywords: Sequence[str], text: str, *, place: Finding = NOWHERE) -> tuple[str, ...]:
    """List the distinct words of a text that any of the expressions matched, first those that stand first."""
    hits = [match for keyword in keywords for match in _hits(keyword, text, place) if match.group()]
    return tuple(dict.fromkeys(hit.group() for hit in sorted(hits, key=lambda hit: (hit.start(), hit.end()))))


def _hits(keyword: str, text: str, place: Finding) -> list[regex.Match[str]]:
    try:
        return list(_compiled(keyword).finditer(text, timeout=SECONDS))
    except TimeoutError:
        raise CodingError(
            replace(
                place,
                problem=f"this keyword takes more than {SECONDS:g} s on an answer of {len(text)} letters, which begins "
                f"{text[:SHOWN]!r}",
                value=keyword,
                expected="an expression without repetitions within repetitions, such as (a+)+",
                mend="write it more simply: a word, or words with | between them",
            )
        ) from None


@cache
def _compiled(keyword: str) -> regex.Pattern[str]:
    return regex.compile(unicodedata.normalize("NFC", keyword), regex.IGNORECASE)
