"""The codes that open-ended answers are given."""

from pathlib import Path
from typing import Self

from pydantic import Field, field_validator, model_validator

from recount.study.declared import Declared, Id, read_yaml

# What stands in a coder's file where no code applies.
NONE = "none"
CODEBOOK = "data/coding/codebook.yaml"


class Code(Declared):
    """One code: what it means, when to give it and when not, and an answer that shows it.

    `keywords` are regular expressions, in whatever languages people answer; a code is found where one of them occurs in
    an answer, in capitals or not. They suggest, and decide nothing but where the study says so. `color` (#RRGGBB) is
    the code's in programs for qualitative analysis.
    """

    id: Id
    label: str
    definition: str
    use_when: str = ""
    not_when: str = ""
    example: str = ""
    parent: Id | None = None
    keywords: tuple[str, ...] = ()
    color: str = Field(default="", pattern=r"^(#[0-9A-Fa-f]{6})?$")

    @field_validator("keywords")
    @classmethod
    def _expressions_can_be_read(cls, keywords: tuple[str, ...]) -> tuple[str, ...]:
        import regex

        for keyword in keywords:
            try:
                found = regex.search(keyword, "")
            except regex.error as error:
                raise ValueError(f"the keyword {keyword!r} is no regular expression: {error}") from None
            if found:
                raise ValueError(f"the keyword {keyword!r} is found in every answer, even in an empty one")
        return keywords


class Codebook(Declared):
    """The codes of each open-ended question, under one version number.

    `same_meaning` names, by question, the codes whose text differs from the version before although they mean the same
    (recount.study.versions).
    """

    version: str
    same_meaning: dict[Id, tuple[Id, ...]] = {}
    questions: dict[Id, tuple[Code, ...]] = Field(min_length=1)

    @model_validator(mode="after")
    def _parents_exist(self) -> Self:
        for question, codes in self.questions.items():
            known = [code.id for code in codes]
            if len(set(known)) < len(known):
                raise ValueError(f"{question}: two codes have the same id")
            if NONE in known:
                raise ValueError(f"{question}: {NONE!r} is what coders write where no code applies; it is no code")
            for code in codes:
                if code.parent is not None and code.parent not in known:
                    raise ValueError(f"{question}.{code.id}: there is no parent {code.parent!r}")
                if code.parent is not None and f"{code.parent}_any" in known:
                    raise ValueError(
                        f"{question}: {code.parent}_any is {code.parent} with its parts, and no other code"
                    )
        return self


def read_codebook(file: str | Path) -> Codebook:
    """Read data/coding/codebook.yaml; raise `StudyError` with every mistake in it."""
    return Codebook.declared_in(str(file), read_yaml(file))


def read_codebook_of(folder: str | Path) -> Codebook | None:
    """Read the codebook of a folder of codings; None where there is none."""
    file = Path(folder) / "codebook.yaml"
    return read_codebook(file) if file.exists() else None
