"""Open-ended answers, composed of phrases as people join them."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np

# Of one set of codes in one language, at most so many different answers: enough at any size.
VARIANTS = 24
WITHOUT_CODES = ("We will say more in the interview.", "Yes", "See above", "It depends", "As last year")
# Phrases in no language, of which each wave has some for certain: every third, since a study may have three waves.
ANY = "any"
WAVES = 3
AND = {"en": " and ", "es": " y ", "fr": " et ", "pt": " e ", "zh": ",以及"}


def composed(
    codes: np.ndarray,
    names: tuple[str, ...],
    languages: np.ndarray,
    *,
    phrases: Mapping[str, Mapping[str, tuple[str, ...]]],
    chance: np.random.Generator,
    order: np.random.Generator,
    turn: int,
) -> np.ndarray:
    """Write an answer for each respondent: a phrase for each of their codes, in their language.

    `order` shuffles the phrases, the same way in every wave; `turn` is the number of the wave, which starts further on.
    Phrases repeat only when all of a code and language have been used. Phrases of the language `any` come first.
    """
    texts = np.full(len(codes), "", dtype=object)
    stock = _Stock(phrases, order, turn)
    for _, members, language in _alike(codes, languages):
        said = [name for name, given in zip(names, codes[members[0]], strict=True) if given]
        written = [_answer(said, language, stock, chance) for _ in range(min(len(members), VARIANTS))]
        texts[members] = np.resize(np.array(written, dtype=object), len(members))
    return texts


def _alike(codes: np.ndarray, languages: np.ndarray) -> Iterator[tuple[int, np.ndarray, str]]:
    """The respondents that have the same codes and the same language, one group after another."""
    known, spoken = np.unique(languages.astype(str), return_inverse=True)
    bits = (
        codes @ (1 << np.arange(codes.shape[1], dtype=np.int64)) if codes.shape[1] else np.zeros(len(codes), dtype=int)
    )
    groups, which = np.unique(bits * len(known) + spoken, return_inverse=True)
    sorted_by_group = np.argsort(which, kind="stable")
    ends = np.cumsum(np.bincount(which, minlength=len(groups)))
    for group, members in zip(groups.tolist(), np.split(sorted_by_group, ends[:-1]) if len(ends) else [], strict=True):
        yield group, members, str(known[group % len(known)])


class _Stock:
    """The phrases by code and language, each handed out once before any is handed out again."""

    def __init__(
        self, phrases: Mapping[str, Mapping[str, tuple[str, ...]]], order: np.random.Generator, turn: int
    ) -> None:
        self.shuffled = {
            (code, language): order.permutation(np.array(texts, dtype=object)).tolist()
            for code, by_language in phrases.items()
            for language, texts in by_language.items()
            if texts and language != ANY
        }
        self.first = {
            code: list(by_language.get(ANY, ()))[turn % WAVES :: WAVES] for code, by_language in phrases.items()
        }
        # Three waves begin at three places, so that few phrases return from wave to wave.
        self.next = {key: turn * len(texts) // WAVES for key, texts in self.shuffled.items()}

    def take(self, code: str, language: str) -> str:
        if self.first.get(code):
            return self.first[code].pop(0)
        key = (code, language) if (code, language) in self.shuffled else (code, "en")
        if key not in self.shuffled:
            return WITHOUT_CODES[0]
        texts = self.shuffled[key]
        self.next[key] += 1
        return str(texts[(self.next[key] - 1) % len(texts)])


def _answer(said: list[str], language: str, stock: _Stock, chance: np.random.Generator) -> str:
    if not said:
        return str(chance.choice(np.array(WITHOUT_CODES, dtype=object)))
    parts = [stock.take(code, language) for code in said]
    if len(parts) == 1:
        return parts[0]
    parts = [parts[place] for place in chance.permutation(len(parts))]
    ways: list[Callable[[list[str], str], str]] = [_sentences, _semicolons, _numbered, _lines]
    if len(parts) == 2 and sum(map(len, parts)) < 90 and all(part.count(".") == 0 for part in parts):  # noqa: PLR2004
        ways.append(_joined)
    return ways[int(chance.integers(len(ways)))](parts, language)


def _sentences(parts: list[str], language: str) -> str:
    point = "。" if language == "zh" else ". "
    return point.join(_bare(part)[:1].upper() + _bare(part)[1:] for part in parts) + point.strip()


def _semicolons(parts: list[str], language: str) -> str:
    mark = ";" if language == "zh" else "; "
    return mark.join([_bare(parts[0]), *(_lowered(_bare(part)) for part in parts[1:])])


def _numbered(parts: list[str], language: str) -> str:
    point = "、" if language == "zh" else ") "
    return "\n".join(f"{number}{point}{_bare(part)}" for number, part in enumerate(parts, start=1))


def _lines(parts: list[str], language: str) -> str:
    del language
    return "\n".join(f"- {part}" for part in parts)


def _joined(parts: list[str], language: str) -> str:
    return AND.get(language, ", ").join([_bare(parts[0]), _lowered(_bare(parts[1]))])


def _bare(part: str) -> str:
    return part.rstrip(".。 ")


def _lowered(part: str) -> str:
    """Begin in lower case, except for names in capitals and "I"."""
    word = part.split(" ", 1)[0]
    return part if word == "I" or word[1:2].isupper() else part[:1].lower() + part[1:]
