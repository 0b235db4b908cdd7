"""What of a text in pandoc's Markdown is markup and never printed: targets of links, ids, classes, fences.

Raw HTML and TeX are not read as such (`recount.write.documents.pandoc.READER`): tags and comments are printed as they
stand, and so is a brace or a mark of a footnote that belongs to nothing.
"""

import re

from recount.write.letters import GAP, HOLE

# `{% claim %}` and `{% endclaim %}` leave these in the text; they outlive whatever is blanked around them.
CLAIM, END = "\ue00a", "\ue00b"

_FENCED = re.compile(r"^([ \t]*)(`{3,}|~{3,})[^\n]*\n.*?^[ \t]*\2[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_SIGNS = re.compile(rf"[^\w\s.,:%+/−{HOLE}{CLAIM}{END}-]")
_QUOTED = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
_TARGET = re.compile(r"(?<=\])\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)(\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)[^\[\]\n]+\]:[^\n]*$", re.MULTILINE)
_VALUE = r"(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}\"']+)"
_ATTRIBUTES = re.compile(rf"\{{[ \t]*(?:(?:#[^\s{{}}]+|\.[^\s{{}}]+|[\w:-]+={_VALUE}|-)[ \t]*)+\}}")
# An attribute belongs to what stands right before it; at the end of a heading or a caption, to all of that line.
_BELONGS = re.compile(
    rf"[\])`{GAP}]\Z|^(?:#{{1,6}}|:|Table:|:{{3,}}|`{{3,}}|~{{3,}}|{GAP}{{3,}})[^\n]*\s\Z", re.MULTILINE
)
_SETTING = re.compile(rf"[#.][^\s{{}}]+|\b(?:width|height|lang|dir|start|startfrom)={_VALUE}|[\w:-]+=|-")
_DIV = re.compile(r"^[ \t]*:{3,}[ \t]*(?:[A-Za-z][\w-]*[ \t]*)?:*[ \t]*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"^\[\^([^\]\s]+)\]:", re.MULTILINE)
_MARK = re.compile(r"\[\^([^\]\s]+)\]")
# Emphasis inside a word leaves one word: f*or*ty; what is emphasised stands by itself: _forty_.
_EMPHASIS = re.compile(
    r"(?<=[^\W\d_])(?:\*{1,3}|~~)(?=[^\W\d_])|(?<![^\W_])(?:\*{1,3}|~~|_{1,3})(?=[^\W_])|(?<=[^\W_])_{1,3}(?![^\W_])"
)
# A digit below a letter, or the square of a unit, belongs to a name: CO~2~, km^2^.
_INDEX = re.compile(r"(?<=[A-Za-z])(?:~(\d)~|\^([23])\^)")


def without_code(text: str) -> str:
    """Take the signs out of code: what it says is printed, and nothing in it is markup."""
    for pattern in (_FENCED, _CODE):
        text = pattern.sub(lambda found: _SIGNS.sub(GAP, found[0]), text)
    return text


def printed(text: str) -> str:
    """Blank what is never printed, line by line."""
    text = _DEFINITION.sub(lambda found: _but_titles(found[0]), text)
    text = _TARGET.sub(_but_title, text)
    text = _ATTRIBUTES.sub(_values, text)
    text = _DIV.sub(lambda found: blanked(found[0]), text)
    return _without_marks(text)


def joined(text: str) -> str:
    """Take out the marks of emphasis that stand at a word or inside of it."""
    return _EMPHASIS.sub("", _INDEX.sub(lambda found: found[1] or found[2], text))


def blanked(text: str) -> str:
    """Put blanks for a text, but keep its lines, and where claims begin and end."""
    return re.sub(rf"[^\n{CLAIM}{END}]", " ", text)


def _but_title(found: re.Match[str]) -> str:
    """Blank the target of a link, but for its title."""
    title = found[1] or ""
    return f"{blanked(found[0].replace(title, '', 1) if title else found[0])}{title})"


def _but_titles(text: str) -> str:
    """Blank the definition of a link, but for its title."""
    parts = _QUOTED.split(text)
    titles = [*_QUOTED.findall(text), ""]
    return "".join(blanked(part) + title for part, title in zip(parts, titles, strict=True))


def _values(found: re.Match[str]) -> str:
    """Blank the attributes of something; titles and alternative texts are read by people."""
    before = found.string[max(0, found.string.rfind("\n", 0, found.start()) + 1) : found.start()]
    if not _BELONGS.search(before):
        return found[0]
    return _SETTING.sub(lambda each: blanked(each[0]), found[0].replace("{", " ").replace("}", " "))


def _without_marks(text: str) -> str:
    """Blank the marks of footnotes that the text has."""
    defined = {found[1] for found in _FOOTNOTE.finditer(text)}
    text = _FOOTNOTE.sub(lambda found: blanked(found[0]), text)
    return _MARK.sub(lambda found: blanked(found[0]) if found[1] in defined else found[0], text)
