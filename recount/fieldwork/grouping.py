"""Which columns of an export belong to one question: as its questionnaire or the last wave says, or as they look."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recount.clean.match import plain
from recount.fieldwork.past import Held
from recount.fieldwork.profile import Profile
from recount.fieldwork.stated import Stated
from recount.ingest.raw import normalised
from recount.study.instrument import NOT_TICKED, TICKED

# How platforms name the columns of one question: what is before the option, and the option.
_GROUPED = (
    re.compile(r"(?P<question>.+?)___(?P<option>.+)", re.DOTALL),
    re.compile(r"(?P<question>.+?) ?\[(?P<option>.+)\]", re.DOTALL),
    re.compile(r"(?P<question>.+\S)\s+- (?P<option>\S.*)", re.DOTALL),
    re.compile(r"(?P<question>[^/\s]+)/(?P<option>[^/\s]+)"),
    re.compile(r"(?P<question>.+?)(?P<option>(?<=_)\d+|(?<=\d)c\d+)"),
)
# Platforms that mark the option in a column's name so write such columns for questions of several answers alone.
_MARKED = ("[", "___", "/", " - ")
_ALL_THAT_APPLY = re.compile(
    r"\b(all|everything|as many)\b.{0,20}\bappl|\b(tick|select|check|mark|choose) (all|every)|mehrfach|zutreffende"
    r"|plusieurs réponses|todas las que",
    re.IGNORECASE,
)
_BETWEEN = (" - ", " [", ": ", "? ")


@dataclass(frozen=True)
class Known:
    """What is known of columns beforehand: the questionnaire's questions, the last wave's, the wordings, by name."""

    stated: Mapping[str, Stated | None]
    held: Mapping[str, Held]
    wordings: Mapping[str, str]

    def wording(self, each: Profile) -> str:
        """How a column is worded; empty where nobody says."""
        return self.wordings[each.column.name]

    def owner(self, each: Profile) -> Held | None:
        """The question that a column of this name held in the last wave that had it."""
        return self.held.get(normalised(each.column.name))

    def question(self, each: Profile) -> Stated | None:
        """The question of the questionnaire's file that a column belongs to."""
        return self.stated.get(each.column.name)


def gathered(profiles: Sequence[Profile], known: Known) -> Iterator[tuple[Profile, ...]]:
    """Put columns together that hold the options of one question."""
    place = 0
    while place < len(profiles):
        end = max(_stated_to(profiles, place, known), _held_to(profiles, place, known), place + 1)
        if end == place + 1 and _may_be_guessed(profiles[place], known):
            end = max(_guessed_to(profiles, place, pattern, known) for pattern in _GROUPED)
        yield tuple(profiles[place:end])
        place = end


def halves(names: Sequence[str]) -> list[tuple[str, str]]:
    """Part the names of a question's columns into that of the question and those of the options."""
    for pattern in _GROUPED:
        found = [pattern.fullmatch(name) for name in names]
        if all(found) and len({each["question"] for each in found if each}) == 1:
            return [(each["question"], each["option"]) for each in found if each]
    return [("", name) for name in names]


def common(wordings: Sequence[str]) -> tuple[str, list[str]]:
    """The stem that wordings share, and what each says beside it: `Which? - One`, `Which? [One]`, `One - Which?`."""
    for mark in _BETWEEN:
        heads = [wording.rpartition(mark) for wording in wordings]
        if len({head for head, _, _ in heads}) == 1 and heads[0][0]:
            stem = heads[0][0] + ("?" if mark == "? " else "")
            return stem, [tail.removesuffix("]") if mark == " [" else tail for _, _, tail in heads]
        tails = [wording.partition(mark) for wording in wordings]
        if len({tail for _, _, tail in tails}) == 1 and tails[0][2]:
            return tails[0][2], [head for head, _, _ in tails]
    return (wordings[0], [""] * len(wordings)) if len(set(wordings)) == 1 else ("", list(wordings))


def _stated_to(profiles: Sequence[Profile], start: int, known: Known) -> int:
    """The end of the columns that the questionnaire's file gives the same question."""
    question, end = known.question(profiles[start]), start + 1
    while question and end < len(profiles) and known.question(profiles[end]) is question:
        end += 1
    return end


def _held_to(profiles: Sequence[Profile], start: int, known: Known) -> int:
    """The end of the columns that held one question in the last wave, if they can still do so; with new ones behind."""
    owner, end = known.owner(profiles[start]), start + 1
    if not owner or not owner.spread or known.question(profiles[start]):
        return end
    while end < len(profiles) and (
        known.owner(profiles[end]) == owner or _joins(profiles[start], profiles[end], known)
    ):
        end += 1
    return end if all(each.holds in ("ticks", "nothing") for each in profiles[start:end]) else start + 1


def _joins(first: Profile, each: Profile, known: Known) -> bool:
    """Whether a column that no wave had is named as another option of the question."""
    named = halves([first.column.name, each.column.name])
    return known.owner(each) is None and known.question(each) is None and bool(named[0][0]) and each.holds == "ticks"


def _may_be_guessed(each: Profile, known: Known) -> bool:
    """Whether nobody says what a column is; a yes or no of a codebook may still be one option of several."""
    owner, question = known.owner(each), known.question(each)
    if owner is not None and not owner.spread:
        return False
    return question is None or (question.asks == "single" and _says_yes_or_no(question))


def _says_yes_or_no(question: Stated) -> bool:
    """Archives describe a question of several choices as one variable an option, each with yes and no."""
    said = {plain(option.label) for option in question.options}
    return bool(said & set(TICKED)) and said <= {*TICKED, *NOT_TICKED}


def _guessed_to(profiles: Sequence[Profile], start: int, pattern: re.Pattern[str], known: Known) -> int:
    first = pattern.fullmatch(profiles[start].column.name)
    end = start + 1
    while first and end < len(profiles) and _may_be_guessed(profiles[end], known):
        found = pattern.fullmatch(profiles[end].column.name)
        if not found or found["question"] != first["question"] or profiles[end].holds not in ("ticks", "nothing"):
            break
        end += 1
    return end if _one_an_option(profiles[start:end], known) else start + 1


def _one_an_option(profiles: Sequence[Profile], known: Known) -> bool:
    """Whether each column holds an option of its own, or all hold the words for ticked.

    Where respondents said yes to one and no to the next, as to a list of statements, it is one only if they were asked
    to tick all that apply, or if a program wrote 1 and 0. Where some said neither of some, each is a question.
    """
    filled = [each for each in profiles if each.holds != "nothing"]
    said = [each.meaning(text) for each in filled for text in each.said]
    if len(profiles) < 2 or not said or any(each.holds != "ticks" for each in filled):  # noqa: PLR2004 - a group
        return False
    stem, items = common([known.wording(each) for each in profiles])
    told = bool(stem) and len(set(items)) == len(items)
    if not told and any(known.question(each) for each in profiles):
        return False
    if not set(said) <= set(TICKED):
        return len(set(said)) == len(said) and len(said) >= len(filled)
    named = any(mark in profiles[0].column.name for mark in _MARKED)
    if named or _ALL_THAT_APPLY.search(stem):
        return True
    denied = {each.meaning(text) for each in filled for text in each.answers} & set(NOT_TICKED)
    if denied & {"no", "n"}:
        return told and _coded(filled)
    return not denied or len({each.filled for each in filled}) == 1


def _coded(filled: Sequence[Profile]) -> bool:
    """Whether the cells hold nothing but 1 and 0, as programs write what was ticked."""
    return {text.strip() for each in filled for text in each.answers} <= {"1", "0", "1.0", "0.0"}
