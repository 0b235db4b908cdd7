"""The sentence around a printed number, as a reader sees it."""

import re

from recount.write.markdown import MARKER, place_of

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
# A full stop ends a sentence where a blank and a capital, a quotation mark or a marker follow; Chinese ones always do.
_END = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z\ue000])|(?<=[。！？])")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|et al|cf|vs|Fig|No|pp?|approx|ca|Dr|St)\.\s*$")
_ATTRIBUTES = re.compile(r"\{[#.:][^{}\n]*\}|\{\}")
_IMAGE = re.compile(r"!\[(.*?)\]\([^)\s]*\)", re.DOTALL)
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^)\s]*\))?")
_EMPHASIS = re.compile(r"(?<!\\)[*`]+|(?<![\w\\])_(?=\w)|(?<=[\w.,;:!?])_(?!\w)")
# Chinese is written without blanks: where its line is broken in the template, no reader sees one.
_WIDE = "[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
_BROKEN = re.compile(rf"(?<={_WIDE})[ \t]*\n[ \t]*(?={_WIDE})")
_LEAD = re.compile(r"^(?:#{1,6}|[-*+>]|\d+[.)]|:)\s+")


def sentences(text: str) -> dict[int, str]:
    """Give, for the place of each marker in Markdown, the start of its sentence in `text`: key and raw sentence."""
    found: dict[int, str] = {}
    start = 0
    for paragraph in _PARAGRAPH.split(text):
        begins = text.index(paragraph, start) if paragraph else start
        for offset, sentence in _split(paragraph):
            for each in MARKER.finditer(sentence):
                found[begins + offset + each.start()] = sentence
        start = begins + len(paragraph)
    return found


def readable(sentence: str, texts: dict[int, str]) -> str:
    """Write a raw sentence with the text of its numbers, without markup."""
    text = MARKER.sub(lambda each: texts.get(place_of(each), ""), sentence)
    text = _ATTRIBUTES.sub("", _IMAGE.sub(r"\1", text))
    text = _LINK.sub(r"\1", text)
    text = re.sub(r"\\([^\w\s])", r"\1", _EMPHASIS.sub("", text))
    return _LEAD.sub("", " ".join(_BROKEN.sub("", text).split()))


def _split(paragraph: str) -> list[tuple[int, str]]:
    parts, begin = [], 0
    for end in _END.finditer(paragraph):
        if _ABBREVIATION.search(paragraph[begin : end.start()]):
            continue
        parts.append((begin, paragraph[begin : end.start()]))
        begin = end.end()
    return [*parts, (begin, paragraph[begin:])]
