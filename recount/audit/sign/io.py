"""Reading and writing signatures: review/STAGE/NAME.yaml, one a reviewer and stage; and what they are worth now."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from recount.audit.check.built import Record
from recount.audit.places import digest_of, place_of, rules_of, syntax_in
from recount.audit.sign.covered import Tree
from recount.audit.sign.lapse import Signed
from recount.audit.sign.signature import REVIEW, Signature, file_of
from recount.errors import Finding, StudyError
from recount.study.declared import read_yaml

HEAD = """# Agreement with a stage, written by `recount sign`: with these inputs, this code and these outputs alone.
# It lapses by itself when any of them changes. To renew it, sign again; to take it back: recount sign --withdraw.
"""


class _Line(dict[str, str]):
    """Keys that stand on one line."""


class _Lines(yaml.SafeDumper):
    """YAML with a line a file."""


_Lines.add_representer(_Line, lambda dumper, line: dumper.represent_mapping("tag:yaml.org,2002:map", line, True))


def signature_files(folder: str | Path = REVIEW) -> list[str]:
    """List the files of signatures in the current study."""
    return sorted(path.as_posix() for path in Path(folder).glob("*/*.yaml"))


def read_signatures(folder: str | Path = REVIEW) -> dict[str, Signature]:
    """Read all signatures by their files; raise `StudyError` where one is not as `recount sign` writes it."""
    return {file: read_signature(file) for file in signature_files(folder)}


def read_signature(file: str | Path) -> Signature:
    """Read one signature; raise `StudyError` where it is not as `recount sign` writes it."""
    signature = Signature.declared_in(str(file), read_yaml(file))
    if Path(file).parts[-2:] != Path(file_of(signature.stage, signature.by)).parts[-2:]:
        expected = file_of(signature.stage, signature.by)
        raise StudyError(Finding(problem="a signature stands in another's place", file=str(file), expected=expected))
    return signature


def write_signature(signature: Signature) -> str:
    """Write a signature to its place, and give that; raise `StudyError` where another person's stands there."""
    file = file_of(signature.stage, signature.by)
    if Path(file).exists() and (there := read_signature(file).by) != signature.by:
        problem = f"{there} has signed already, under a name of the same letters"
        raise StudyError(Finding(problem=problem, file=file, value=signature.by, mend="sign with another name"))
    content = {name: part for name, part in signature.model_dump(mode="json").items() if part}
    order = ["stage", "by", "date", "note", "withdrawn", "inputs", "declared", "code", "outputs"]
    ordered = {name: content[name] for name in order if name in content}
    ordered["code"] = {code: _Line(digests) for code, digests in ordered["code"].items()}
    text = HEAD + yaml.dump(ordered, Dumper=_Lines, allow_unicode=True, sort_keys=False, width=1000)
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    partial = Path(file).with_suffix(".partial")
    partial.write_bytes(text.encode("utf-8"))
    partial.replace(file)
    return file


def signed_places(house: Path) -> list[str]:
    """List the files that people wrote and signatures name, those that are there: their state rests on these."""
    named = {file for each in read_signatures().values() for file in (*each.inputs, *each.code)}
    places = (place_of(file, house) for file in sorted(named) if not file.startswith("results/"))
    return [str(place) for place in places if place.is_file()]


def read_tree(records: Sequence[str | Path], *, declared: Mapping[str, Mapping[str, Any]], house: Path) -> Tree:
    """See the study in the midst of a build: of results, those that have been made, as their records say."""
    read = [Record(file=str(file), **json.loads(Path(file).read_text(encoding="utf-8"))) for file in records]
    made = {file: found for record in read for file, found in record.outputs.items()}
    return Tree(
        records=read,
        rules=rules_of(house),
        digest=lambda file: made.get(file) if file.startswith("results/") else digest_of(file, house),
        syntax=lambda file: syntax_in(file, house),
        declared=declared,
    )


def write_signed(signed: Sequence[Signed], file: str | Path) -> None:
    """Write results/signatures.json."""
    content = {"signatures": [each.plain() for each in signed]}
    Path(file).write_bytes((json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def read_signed(file: str | Path) -> list[dict[str, Any]]:
    """Read results/signatures.json."""
    content: dict[str, list[dict[str, Any]]] = json.loads(Path(file).read_text(encoding="utf-8"))
    return content["signatures"]
