"""What codes and answers are called in other programs, the same on the way out and on the way back.

Each has an identifier that follows from what it is, so that two exports are equal and a later one meets the earlier.
Some programs give new identifiers to everything and keep the names alone; so the names, too, are unique, and fit to
be names of files.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, uuid5

from recount.study.codebook import NONE, Codebook

NAMESPACE = uuid5(NAMESPACE_URL, "urn:recount:exchange")
# What XML 1.0 cannot hold, not even escaped.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
UNFIT_FOR_FILES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
Key = tuple[str, str]


def guid(*parts: str) -> str:
    """Give the identifier of what these parts name."""
    return str(uuid5(NAMESPACE, "\x1f".join(parts)))


def plain_guid(text: str) -> str:
    """Bring an identifier to one form: other programs write braces and capitals."""
    return text.strip().strip("{}").lower()


def writable(text: str) -> str:
    """Put a replacement character for each that XML cannot hold."""
    return UNWRITABLE.sub("\ufffd", text)


def plain_name(name: str) -> str:
    """Bring a name to the form by which it is known again: some programs change capitals, or add `.txt`."""
    return unicodedata.normalize("NFC", name).strip().casefold().removesuffix(".txt")


def code_names(codebook: Codebook) -> dict[Key, str]:
    """Name each code by its label, with its question where two labels are equal; and each question's `none`."""
    labels = {(question, code.id): code.label for question, codes in codebook.questions.items() for code in codes}
    often = Counter(label.casefold() for label in labels.values())
    named = {
        key: label if often[label.casefold()] == 1 and label.strip() else f"{label} ({key[0]})".strip()
        for key, label in labels.items()
    }
    return dict(
        _unique({**named, **{(question, NONE): f"No code applies ({question})" for question in codebook.questions}})
    )


def source_names(wave: str, answered: Iterable[Key]) -> dict[Key, str]:
    """Name each answer, known by question and respondent: `2020 obstacles C001`."""
    plain = {key: UNFIT_FOR_FILES.sub("_", writable(f"{wave} {key[0]} {key[1]}")) for key in answered}
    return dict(_unique(plain))


def _unique(names: dict[Key, str]) -> Iterator[tuple[Key, str]]:
    taken: set[str] = set()
    for key, name in names.items():
        chosen, count = name, 1
        while plain_name(chosen) in taken:
            count += 1
            chosen = f"{name} ({count})"
        taken.add(plain_name(chosen))
        yield key, chosen
