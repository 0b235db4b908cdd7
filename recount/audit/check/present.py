"""What stands there now: the study, the results, the code and the software."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from recount.audit.sign.signature import Signature
from recount.audit.syntax import Syntax


@dataclass(frozen=True, kw_only=True)
class Export:
    """A raw file that the study keeps: its digest, None where it is not there; its seal, None where it has none."""

    file: str
    digest: str | None
    seal: str | None


@dataclass(frozen=True, kw_only=True)
class Present:
    """The tree as it is.

    Attributes:
        digest: the SHA-256 of a file by its name; None where it is not there.
        syntax: the digests of the functions of a piece of code.
        results: all files in results/, but logs, measurements and what is hidden.
        study: the files that people wrote.
        code: the files of Recount.
        declared: what config.yaml, figures.yaml and the seals say: `settings`, `figures`, `seals`.
        files: where each of these stands.
        rules: the rules that there are, each with its file.
        instances: for each wildcard of the rules, `wave`, `figure` and `kind`, the values that are declared.
        exports: the raw files by wave.
        simulated: the waves whose responses are simulated.
        software: what is installed of that which the lock pins.
        locked: what the lock pins for this machine.
        signatures: what reviewers signed, by the file in which it stands.
    """

    digest: Callable[[str], str | None]
    syntax: Callable[[str], Syntax]
    results: tuple[str, ...]
    study: tuple[str, ...]
    code: tuple[str, ...]
    declared: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, str]
    rules: Mapping[str, str]
    instances: Mapping[str, frozenset[str]]
    exports: Mapping[str, Export]
    simulated: tuple[str, ...]
    software: Mapping[str, str]
    locked: Mapping[str, str]
    signatures: Mapping[str, Signature] = field(default_factory=dict)
