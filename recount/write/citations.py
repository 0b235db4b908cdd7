"""The works that a text in pandoc's Markdown cites."""

import re

# A key starts with a letter, a digit or an underscore, and holds single punctuation marks inside.
KEY = r"(?<![\w\\@])-?@(?:\{[^{}\s]+\}|\w(?:\w|[:.#$%&+?<>~/-](?=\w))*)"
_KEY = re.compile(KEY)
_NOT_TEXT = re.compile(r"`[^`\n]*`|\{\{.*?\}\}|<[^>\n]*>|https?://\S+", re.DOTALL)
# pandoc-crossref's habit, which this language has `ref` for.
_REFERENCES = ("fig:", "tbl:", "sec:")


def citations(text: str) -> list[tuple[str, int]]:
    """Give each key that is cited, with its line."""
    prose = _NOT_TEXT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    found = [(key_of(each[0]), prose.count("\n", 0, each.start()) + 1) for each in _KEY.finditer(prose)]
    return [(key, line) for key, line in found if not key.startswith(_REFERENCES)]


def key_of(citation: str) -> str:
    """Give the key of one citation: `-@un2015` cites un2015."""
    return citation.removeprefix("-").removeprefix("@").removeprefix("{").removesuffix("}")
