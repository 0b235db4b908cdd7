"""A signature: who agreed with which stage, and the digests of all that they agreed with."""

import re
import unicodedata
from typing import Literal, get_args

from pydantic import Field, field_validator

from recount.audit.printable import printable
from recount.study.declared import Declared

REVIEW = "review"
Stage = Literal["ingest", "clean", "code", "estimate", "draw", "write", "audit"]
STAGES: tuple[str, ...] = get_args(Stage)
LONGEST = 60  # letters of a name in the name of its file
_APART = re.compile(r"[\W_]+")

Digests = dict[str, str]
Part = Literal["settings", "figures", "seals"]


class Code(Declared):
    """One file of code: the digest of its bytes, and that of its syntax, in which comments do not count."""

    bytes: str
    syntax: str


class Covered(Declared):
    """What a signature is given for.

    `inputs` and `outputs` are files with their SHA-256, `declared` the parts of config.yaml (`settings`), the figures
    and the seals that the stage reads, each by its key.
    """

    inputs: Digests = Field(default={}, description="file: SHA-256")
    declared: dict[Part, Digests] = Field(default={}, description="part: key: SHA-256")
    code: dict[str, Code] = Field(default={}, description="file: SHA-256 of its bytes, digest of its syntax")
    outputs: Digests = Field(default={}, description="file: SHA-256")


class Signature(Covered):
    """One reviewer's agreement with one stage; a date only where the signer gave one."""

    stage: Stage
    by: str = Field(description="who signed")
    note: str = Field(default="", description="what was looked at")
    date: str = Field(default="", description="when, if the signer says so")
    withdrawn: str = Field(default="", description="why it holds no more, if the signer took it back")

    @field_validator("by")
    @classmethod
    def _somebody(cls, name: str) -> str:
        if not slug(name):
            raise ValueError("a signature needs a name, with letters or digits")
        return name


def slug(name: str) -> str:
    """Give the name of a reviewer as the name of a file: `Ada Lovelace` is ada-lovelace."""
    letters = unicodedata.normalize("NFKC", printable(name)).casefold()
    return _APART.sub("-", letters).strip("-")[:LONGEST].strip("-")


def file_of(stage: str, name: str) -> str:
    """Say where the signature of a reviewer stands."""
    return f"{REVIEW}/{stage}/{slug(name)}.yaml"
