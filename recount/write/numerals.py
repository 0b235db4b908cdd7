"""What reads as a number: digits of any script, and number words in English and Chinese."""

import re
from collections.abc import Iterator

from recount.write.letters import HOLE

_UNITS = "two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_PARTS = "third|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth|hundredth|thousandth"
# "A third person" is no fraction; "a third of", "a third have" and "a third." are.
_OF = (
    r"(?=\s+(?:of|in|have|has|had|say|said|are|were|is|was|do|did|name|named|report|reported|lack|use)\b|[,.;:)]|\s*\Z)"
)
# "One" is mostly a pronoun and "second" mostly an adverb: they are let through alone, and read in compounds.
WORD = re.compile(
    rf"(?<!\w)(?:(?:{_UNITS})[ -](?:halves|(?:{_PARTS}|quarter)s)"
    rf"|(?:{_UNITS}|{_TEENS}|{_TENS}|hundred|thousand)-?fold"
    rf"|(?:{_TENS})-(?:one|{_UNITS})|(?:{_TENS})(?!-(?:{_ORDINALS})\b)|{_TEENS}|{_UNITS}|(?<!-)zero"
    rf"|one[ -](?:{_PARTS})\b|a (?:{_PARTS}){_OF}|(?:(?:one|a)[ -])?quarter\b|quarters|half|halves|thirds|twice|thrice"
    r"|doubled|tripled|trebled|quadrupled|halved|dozens?|hundreds?|thousands?|millions?|billions?|trillions?)(?!\w)",
    re.IGNORECASE,
)
# Digits that are no decimal ones: superscripts, fractions, Roman numerals of one letter, numbers in circles, 〇.
OTHER_DIGITS = (
    "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070\u2074-\u2079\u2080-\u2089\u2150-\u2182\u2185-\u2189\u2460-\u249b"
    "\u24ea-\u24ff\u2776-\u2793\u3007\u3021-\u3029\u3038-\u303a\u3192-\u3195\u3220-\u3229\u3248-\u324f"
    "\u3251-\u325f\u3280-\u3289\u32b1-\u32bf\U0001f100-\U0001f10c"
)
_DIGIT = rf"[\d{OTHER_DIGITS}]"
DIGITS = re.compile(
    rf"(?:(?<!\w)[+−-])?(?<![A-Za-z\d{OTHER_DIGITS}])(?<![A-Za-z\d]_){_DIGIT}(?:[\d{OTHER_DIGITS}.,:]*{_DIGIT})?(?:\s?[%％‰])?"
)
# Digits behind a Latin letter are a name's (CO2, C40); behind a Chinese character they are a number.
NAME = re.compile(rf"(?<![A-Za-z\d_])[A-Za-z][A-Za-z_]*{_DIGIT}[A-Za-z_\d{OTHER_DIGITS}]*")
# 一 is mostly an article; with a measure word behind it, or as part of a longer numeral, it counts. 十分 is "very".
_CHINESE_DIGIT = "〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_CHINESE_PLACE = "十百千万亿拾佰仟廿卅"
CHINESE = re.compile(
    rf"百分之[{_CHINESE_DIGIT}{_CHINESE_PLACE}点]+|[{_CHINESE_DIGIT}{_CHINESE_PLACE}]+分之[{_CHINESE_DIGIT}{_CHINESE_PLACE}]+"
    r"|一半|半数|过半|翻番|翻倍"
    rf"|(?:[二三四五六七八九]?[十拾廿卅][一二三四五六七八九]|[二三四五六七八九][十拾])(?!世纪)"
    rf"|[二三四五六七八九两][百千万亿][{_CHINESE_DIGIT}{_CHINESE_PLACE}]*"
    rf"|(?:[二三四五六七八九十百千两〇壹贰叁肆伍陆柒捌玖拾][{_CHINESE_DIGIT}{_CHINESE_PLACE}]*"
    rf"|一[{_CHINESE_DIGIT}{_CHINESE_PLACE}]+)(?=[个座家名位项成倍年次份种条类组轮届])"
)
# A sign, a unit or a decimal point that is typed beside an expression makes another number of what it prints.
BESIDE = re.compile(
    rf"(?<![\w{HOLE}%)\]–—-])[+−-](?={HOLE})|(?<={HOLE})\s?[%％‰]|(?<={HOLE})(?:[百千万亿]|十(?!分))"
    rf"|(?<={HOLE})[.,](?={HOLE})"
)


def numerals(text: str) -> Iterator[re.Match[str]]:
    """Go through all that reads as a number, in the order of the text; a part of what was found is not found again."""
    found = [each for pattern in (DIGITS, WORD, CHINESE, BESIDE) for each in pattern.finditer(text)]
    end = 0
    for each in sorted(found, key=lambda each: (each.start(), -each.end())):
        if each.start() >= end:
            end = each.end()
            yield each


def shown(found: re.Match[str]) -> str:
    """Write a number that was found as messages and the ledger name it."""
    return " ".join(found[0].split()).rstrip(".,:") or found[0]
