r"""What the keywords of a codebook find in an answer.

Keywords are regular expressions (recount.study.codebook.Code). An answer is read as it stands, in Unicode's composed
form, without regard to capitals; an expression that shall meet whole words says so with `\b`.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from recount.study.codebook import Code


def found_by_keywords(codes: Iterable[Code], answer: str) -> dict[str, tuple[str, ...]]:
    """Give the codes whose keywords occur in an answer, each with the words that matched, in the order they stand."""
    text = unicodedata.normalize("NFC", answer)
    found = {code.id: matched(code.keywords, text) for code in codes}
    return {code: words for code, words in found.items() if words}


def matched(keywords: Sequence[str], text: str) -> tuple[str, ...]:
    """List the distinct words of a text that any of the expressions matched, first those that stand first."""
    hits = [match for keyword in keywords for match in _compiled(keyword).finditer(text) if match.group()]
    return tuple(dict.fromkeys(hit.group() for hit in sorted(hits, key=lambda hit: (hit.start(), hit.end()))))


@cache
def _compiled(keyword: str) -> re.Pattern[str]:
    return re.compile(unicodedata.normalize("NFC", keyword), re.IGNORECASE)
