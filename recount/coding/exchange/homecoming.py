"""Codings that come home from another program: whose they are, to which answers and codes they belong.

What is not understood is told, and nothing is taken until all is: a coder's work must not get lost in silence.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from recount.building import command
from recount.coding.exchange.books import version_of
from recount.coding.exchange.elements import code_guid, source_guid
from recount.coding.exchange.foreign import ForeignProject, ForeignSource
from recount.coding.exchange.identity import Key, code_names, plain_name, source_names
from recount.coding.lines import Answers
from recount.coding.sheets import CODER_HEADER
from recount.errors import CodingError, Finding, nearest
from recount.study.codebook import NONE, Codebook

NAMELESS = "(no name)"
Answer = tuple[str, str]


@dataclass(frozen=True)
class Brought:
    """Lines as in a coder's file, by question, for each answer that was coded or noted; and what was left out.

    `version` is that of the codebook that went along, blank where the file does not say.
    """

    lines: dict[str, pd.DataFrame]
    left_out: tuple[Finding, ...]
    version: str = ""


@dataclass(frozen=True)
class _Home:
    """What we know: the wave's answers and codes, by identifier and by name."""

    answers: dict[Key, Answer]
    sources: dict[str, Key]
    codes: dict[str, Key]


def codings_in(
    project: ForeignProject,
    *,
    wave: str,
    codebook: Codebook,
    answers: Mapping[str, Answers],
    coder: str,
    user: str | None = None,
) -> Brought:
    """Bring home what one user of the program coded, who is here called `coder`.

    `user` is the user's name in the program; without it, the one of the coder's name, or the only one who coded. Raise
    `CodingError` with all that cannot be placed.
    """
    home = _home(wave, codebook, answers)
    users = _chosen(project, coder, user)
    placed = [(source, _key(source, home)) for source in project.sources]
    findings = [*_strangers(project, placed, users), *_unknown_codes(project, placed, users, home)]
    findings += _twice(project, placed, users)
    rows: dict[str, list[tuple[str, ...]]] = {}
    left_out: list[Finding] = []
    for source, key in placed:
        if key is None or not _said_anything(source, users):
            continue
        text, digest = home.answers[key]
        if source.text is None or _words(source.text) != _words(text):
            left_out.append(_other_words(project.file, source, key))
            continue
        given = _codes(project, source, users, home)
        if NONE in given and len(given) > 1:
            findings.append(_none_beside(project.file, source, given))
        note = "\n".join(text for who, text in source.notes if who in users or not who)
        rows.setdefault(key[0], []).append((key[1], digest, text, ";".join(given), note))
    if findings:
        raise CodingError(*findings)
    lines = {question: pd.DataFrame(each, columns=list(CODER_HEADER), dtype="str") for question, each in rows.items()}
    return Brought(lines, tuple(left_out), version_of(project.codes))


def _home(wave: str, codebook: Codebook, answers: Mapping[str, Answers]) -> _Home:
    texts = {
        (question, who): (text, digest)
        for question, answered in answers.items()
        for who, text, digest in zip(answered.respondents, answered.texts, answered.hashes, strict=True)
    }
    named_sources = {plain_name(name): key for key, name in source_names(wave, texts).items()}
    named_codes = {plain_name(name): key for key, name in code_names(codebook).items()}
    return _Home(
        answers=texts,
        sources={**named_sources, **{source_guid(wave, *key): key for key in texts}},
        codes={**named_codes, **{code_guid(*key): key for key in code_names(codebook)}},
    )


def _key(source: ForeignSource, home: _Home) -> Key | None:
    return home.sources.get(source.guid) or home.sources.get(plain_name(source.name))


def _words(text: str) -> list[str]:
    """A text by its words: programs change line ends and blanks."""
    return unicodedata.normalize("NFC", text).split()


def _said_anything(source: ForeignSource, users: set[str]) -> bool:
    return any(user in users for user, _ in source.codings) or any(user in users for user, _ in source.notes)


def _chosen(project: ForeignProject, coder: str, user: str | None) -> set[str]:
    """The identifiers of the user whose codings are wanted; some programs have one for each time that one came."""
    coded = {who for source in project.sources for who, _ in source.codings}
    names = {who: project.users.get(who, "") or NAMELESS for who in sorted(coded)}
    wanted = user if user is not None else coder
    chosen = {who for who, name in names.items() if name.casefold() == wanted.casefold()}
    if not chosen and user is None and len(set(names.values())) == 1:
        chosen = coded
    if not chosen:
        raise CodingError(
            Finding(
                problem="nobody coded anything in this file" if not coded else f"no user {wanted!r} coded in this file",
                file=project.file,
                expected=nearest(wanted, sorted(set(names.values()))) if coded else "codings of answers",
                mend="say whose codings to take: --user NAME" if coded else "code in the program, then export again",
            )
        )
    return chosen


def _strangers(
    project: ForeignProject, placed: list[tuple[ForeignSource, Key | None]], users: set[str]
) -> Iterator[Finding]:
    for source, key in placed:
        if key is None and any(user in users for user, _ in source.codings):
            yield Finding(
                problem="this text is coded, and is no answer of this wave",
                file=project.file,
                value=source.name,
                expected="texts as `recount codes export` named them",
                mend="name the wave that the file is of; or take the codings off this text",
            )


def _twice(
    project: ForeignProject, placed: list[tuple[ForeignSource, Key | None]], users: set[str]
) -> Iterator[Finding]:
    often = Counter(key for source, key in placed if key and _said_anything(source, users))
    for (question, who), times in often.items():
        if times > 1:
            yield Finding(
                problem=f"{times} coded texts are this answer",
                file=project.file,
                key=f"{question} of respondent {who}",
                expected="one text an answer",
                mend="take the codings off the copies",
            )


def _unknown_codes(
    project: ForeignProject, placed: list[tuple[ForeignSource, Key | None]], users: set[str], home: _Home
) -> Iterator[Finding]:
    """Tell of each code that is given here and that the question does not have, with how many answers have it."""
    wrong: Counter[tuple[str, str]] = Counter()
    for source, key in placed:
        given = {code for user, code in source.codings if user in users} if key else set()
        wrong.update((key[0], code) for code in given if key and _code(project, code, home, key[0]) is None)
    for (question, code), times in sorted(wrong.items()):
        name = project.codes[code].name if code in project.codes else code
        own = [each for asked, each in dict.fromkeys(home.codes.values()) if asked == question]
        yield Finding(
            problem=f"the codebook has no such code for {question}; it is given to {times} answer{'s' * (times > 1)}",
            file=project.file,
            value=name,
            expected=nearest(name, own),
            mend="add it to the codebook, with its name there as label; or give another code in the program",
        )


def _code(project: ForeignProject, code: str, home: _Home, question: str) -> str | None:
    known = project.codes.get(code)
    found = home.codes.get(code) or (home.codes.get(plain_name(known.name)) if known else None)
    return found[1] if found and found[0] == question else None


def _codes(project: ForeignProject, source: ForeignSource, users: set[str], home: _Home) -> list[str]:
    """The codes that these users gave, in the codebook's order."""
    key = _key(source, home)
    question = key[0] if key else ""
    given = {_code(project, code, home, question) for user, code in source.codings if user in users}
    return [code for asked, code in dict.fromkeys(home.codes.values()) if asked == question and code in given]


def _other_words(file: str, source: ForeignSource, key: Key) -> Finding:
    problem = "the text is not in the file" if source.text is None else "the answer has other words now"
    return Finding(
        problem=f"{problem}; its codes were not taken",
        file=file,
        key=f"{key[0]} of respondent {key[1]}",
        mend=f"code it anew: {command('codes', 'export')}",
    )


def _none_beside(file: str, source: ForeignSource, given: list[str]) -> Finding:
    return Finding(
        problem="the code for answers to which no code applies stands beside another code",
        file=file,
        key=source.name,
        value=";".join(given),
        expected="that code alone, or others without it",
    )
