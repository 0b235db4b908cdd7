"""Whether a signature still holds, and if it does not, why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from recount.audit.parts import ABSENT, part
from recount.audit.sign.covered import SHOWING, Tree, covered, syntax_digest, value_digest
from recount.audit.sign.signature import STAGES, Covered, Digests, Signature

State = Literal["holds", "lapsed", "withdrawn"]


@dataclass(frozen=True)
class Signed:
    """A signature, the file in which it stands, and what has changed since it was given."""

    signature: Signature
    file: str
    why: tuple[str, ...]

    @property
    def state(self) -> State:
        """What it is worth now."""
        return "withdrawn" if self.signature.withdrawn else "lapsed" if self.why else "holds"

    def plain(self) -> dict[str, Any]:
        """Give it as it stands in results/signatures.json."""
        said = {name: getattr(self.signature, name) for name in ("stage", "by", "note", "date", "withdrawn")}
        return {**said, "file": self.file, "state": self.state, "why": list(self.why)}


def judged(signatures: Mapping[str, Signature], tree: Tree, files: Mapping[str, str]) -> list[Signed]:
    """Judge every signature, in the order of the stages; `files` says where people declared what `tree` knows of."""
    found = [
        Signed(signature, file, tuple(lapses(signature, tree, files))) for file, signature in sorted(signatures.items())
    ]
    return sorted(found, key=lambda each: STAGES.index(each.signature.stage))


def lapses(signature: Signature, tree: Tree, files: Mapping[str, str]) -> Iterator[str]:
    """Say what has changed since a stage was signed: its inputs, what was declared, its code, its outputs.

    What documents and pages are made of is compared with what was signed, and not searched for what is new: whatever
    they could read beside it, they would read by another code or setting.
    """
    now = covered(signature.stage, tree, but=SHOWING)
    yield from _files(signature.inputs, now.inputs, tree)
    yield from _declared(signature, now, tree, files)
    for file, code in signature.code.items():
        if tree.digest(file) != code.bytes and syntax_digest(file, tree) != code.syntax:
            yield _said(file, tree)
    yield from (f"{file} is new" for file in now.code if file not in signature.code)
    yield from _files(signature.outputs, now.outputs, tree)


def told(why: Sequence[str], limit: int = 3) -> str:
    """Say the first reasons, and how many more there are."""
    more = len(why) - limit
    return "; ".join(why[:limit]) + (f"; and {more} more" if more > 0 else "")


def _files(before: Digests, there: Digests, tree: Tree) -> Iterator[str]:
    yield from (_said(file, tree) for file, found in before.items() if tree.digest(file) != found)
    yield from (f"{file} is new" for file in there if file not in before)


def _said(file: str, tree: Tree) -> str:
    return f"{file} is gone" if tree.digest(file) is None else f"{file} has changed"


def _declared(signature: Signature, now: Covered, tree: Tree, files: Mapping[str, str]) -> Iterator[str]:
    for name, keys in signature.declared.items():
        for key, before in keys.items():
            value = part(tree.declared[name], key)
            if value is ABSENT or value_digest(value) != before:
                where = f"{files[name]}, {key.replace('/', '.')}"
                yield f"{where} is gone" if value is ABSENT else f"{where} has changed"
    for name, there in now.declared.items():
        new = [key for key in there if key not in signature.declared.get(name, {})]
        yield from (f"{files[name]}, {key.replace('/', '.')} is new" for key in new)
