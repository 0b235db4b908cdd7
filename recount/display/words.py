"""Numbers in words, in English and in Chinese."""

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HUNDRED, _THOUSAND = 100, 1000
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_MYRIADS = ("", "万", "亿")
_MYRIAD = 10_000


def in_words(n: int) -> str:
    """Write a whole number from 0 to 999 in English words: 42 is "forty-two"."""
    if not 0 <= n < _THOUSAND:
        raise ValueError(f"{n} is not written in words")
    if n < len(_SMALL):
        return _SMALL[n]
    if n < _HUNDRED:
        tens, ones = divmod(n, 10)
        return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")
    hundreds, rest = divmod(n, _HUNDRED)
    return f"{_SMALL[hundreds]} hundred" + (f" and {in_words(rest)}" if rest else "")


def ordinal_in_words(n: int) -> str:
    """Write an ordinal from 0 to 999 in English words: 42 is "forty-second"."""
    head, hyphen, last = in_words(n).rpartition("-")
    if not hyphen:
        head, hyphen, last = in_words(n).rpartition(" ")
    if last in _IRREGULAR:
        return head + hyphen + _IRREGULAR[last]
    return head + hyphen + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def ordinal_suffix(n: int) -> str:
    """Say which ending the digits of an ordinal take: 21 is "st", 12 is "th"."""
    if n % _HUNDRED in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")


def in_chinese(n: int) -> str:
    """Write a whole number in Chinese numerals: 47 is "四十七", 105 is "一百零五"; up to 9999 0000 0000."""
    if n == 0:
        return _DIGITS[0]
    if not 0 < n < _MYRIAD ** len(_MYRIADS):
        raise ValueError(f"{n} is not written in Chinese numerals")
    text, gap = "", False
    groups = [n // _MYRIAD**place % _MYRIAD for place in range(len(_MYRIADS))]
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == 0:
            gap = bool(text)
            continue
        if text and (gap or group < _THOUSAND):
            text += _DIGITS[0]
        text, gap = text + _group(group) + _MYRIADS[place], False
    return text.removeprefix("一") if text.startswith("一十") else text


def _group(n: int) -> str:
    """Up to four digits: a run of noughts inside is said once, at the end not at all."""
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = n // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text
