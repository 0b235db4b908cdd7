"""A codebook out of another program: the codes of a REFI-QDA file as codebook.yaml."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import yaml

from recount.coding.exchange.descriptions import fields_in
from recount.coding.exchange.foreign import ForeignCode
from recount.errors import CodingError, Finding
from recount.study.codebook import NONE, Codebook

# What stands at a question's group.
ABOUT = re.compile(r"Codebook version: (?P<version>.*)(?:\nSame meaning as before: (?P<same>.*))?")
OWN_NAME = "No code applies ("


def codebook_of(codes: Mapping[str, ForeignCode], *, file: str, question: str | None = None) -> Codebook:
    """Make a codebook of codes as another program has them.

    A codebook that Recount wrote comes back as it was. In another, codes are given ids after their names, and all of
    them are for `question`; without it, each code at the top that only holds others is a question. Raise `CodingError`
    where there are no codes, `StudyError` where they make no codebook.
    """
    tops = [code for code in codes.values() if code.parent not in codes]
    groups = (
        {question: [*codes.values()]}
        if question
        else {
            _id(top.name): [code for code in codes.values() if code is not top and _top(code, codes) is top]
            for top in tops
            if not top.codable
        }
    )
    questions = {name: _codes(own, codes) for name, own in groups.items() if own}
    if not questions:
        raise CodingError(
            Finding(
                problem="there are no codes of a question in this file",
                file=file,
                expected="codes below a group for each question, which itself is not given",
                mend="or name the question for which they all are: --question QUESTION",
            )
        )
    about = {_id(top.name): found for top in tops if (found := _about(top))}
    same = {name: found["same"].split(", ") for name, found in about.items() if name in questions and found["same"]}
    content = {"version": version_of(codes) or "1", "same_meaning": same, "questions": questions}
    return Codebook.declared_in(file, content)


def version_of(codes: Mapping[str, ForeignCode]) -> str:
    """Give the version of the codebook out of which the codes of a file came, blank where it does not say."""
    found = (_about(code) for code in codes.values() if code.parent not in codes)
    return next((each["version"] for each in found if each), "")


def as_yaml(codebook: Codebook) -> str:
    """Write a codebook as codebook.yaml has it, without what is empty."""
    content = codebook.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1_000_000)


def _about(top: ForeignCode) -> re.Match[str] | None:
    return ABOUT.fullmatch(top.description.strip().replace("\r\n", "\n"))


def _top(code: ForeignCode, codes: Mapping[str, ForeignCode]) -> ForeignCode:
    while code.parent in codes:
        code = codes[code.parent]
    return code


def _codes(own: list[ForeignCode], codes: Mapping[str, ForeignCode]) -> list[dict[str, Any]]:
    named = {code.guid: code for code in own if not _is_none(code) and (code.codable or code.parent in codes)}
    ids: dict[str, str] = {}
    for code in named.values():
        wanted = str(fields_in(code.description).get("id") or _id(code.name))
        ids[code.guid] = _free(wanted, {*ids.values(), NONE})
    return [
        {
            "label": code.name,
            **fields_in(code.description),
            "id": ids[code.guid],
            "color": _color(code.color),
            **({"parent": ids[code.parent]} if code.parent in ids else {}),
        }
        for code in named.values()
    ]


def _is_none(code: ForeignCode) -> bool:
    return code.name.startswith(OWN_NAME)


def _color(color: str) -> str:
    short = re.fullmatch(r"#([0-9A-Fa-f])([0-9A-Fa-f])([0-9A-Fa-f])", color)
    return "#" + "".join(2 * digit for digit in short.groups()) if short else color


def _id(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_") or "code"


def _free(wanted: str, taken: set[str]) -> str:
    name, count = wanted, 1
    while name in taken:
        count += 1
        name = f"{wanted}_{count}"
    return name
