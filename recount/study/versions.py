"""The earlier versions of a codebook, and what each changed: which codes no longer mean what they meant.

Before a codebook is edited, its file is kept as data/coding/codebook/VERSION.yaml (`recount codebook --keep`), and
`version` is raised. What changed is then compared, not told: a code that came or went, one whose meaning changed
(definition, when to use, when not, parent), one whose label, example, keywords or color did. `same_meaning` of the
newer version lists codes whose text was only put better.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from recount.errors import Finding, StudyError
from recount.study.codebook import Code, Codebook, read_codebook

What = Literal["added", "removed", "meaning", "wording"]
MEANING = ("definition", "use_when", "not_when", "parent")
WORDING = ("label", "example", "keywords", "color")


@dataclass(frozen=True)
class Change:
    """What one version of the codebook changed at one code; `field`, `before` and `after` where the code stayed."""

    version: str
    question: str
    code: str
    what: What
    field: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Versions:
    """All versions of a codebook, the oldest first, the one in force last."""

    all: tuple[Codebook, ...]

    @property
    def known(self) -> tuple[str, ...]:
        """The names of the versions."""
        return tuple(each.version for each in self.all)

    @property
    def earlier(self) -> tuple[str, ...]:
        """The names of the versions before the one in force."""
        return self.known[:-1]

    def changes(self) -> list[Change]:
        """List what each version changed, in the order of versions, then of the codebook."""
        pairs = zip(self.all, self.all[1:], strict=False)
        return [change for older, newer in pairs for change in _between(older, newer)]

    def outdated(self, question: str, since: str) -> frozenset[str]:
        """Give the codes of a question that mean something else today than in an earlier version, or are gone."""
        return frozenset(self.reopening(question, since))

    def reopening(self, question: str, since: str) -> dict[str, list[Change]]:
        """Give the codes of a question that are outdated, with what changed their meaning, the oldest first."""
        later = self.known[self.known.index(since) + 1 :]
        found: dict[str, list[Change]] = {}
        for each in self.changes():
            if each.version in later and each.question == question and each.what in ("meaning", "removed"):
                found.setdefault(each.code, []).append(each)
        return found


def read_versions(folder: str | Path) -> Versions | None:
    """Read the codebook of a folder of codings with its earlier versions; None where there is no codebook.

    Raise `StudyError` where a file is not the version that its name says, or where two are the same.
    """
    file = Path(folder) / "codebook.yaml"
    if not file.exists():
        return None
    earlier = [(path, read_codebook(path)) for path in earlier_files(folder)]
    current = read_codebook(file)
    findings = [
        Finding(
            problem="the file is not the version that its name says",
            file=path.as_posix(),
            key="version",
            value=book.version,
            expected=path.stem,
            mend="rename it, or mend its version",
        )
        for path, book in earlier
        if book.version != path.stem
    ]
    findings += [
        Finding(
            problem="an earlier version of the codebook has the number of the one in force",
            file=path.as_posix(),
            key="version",
            value=book.version,
            mend="raise `version` in codebook.yaml",
        )
        for path, book in earlier
        if book.version == current.version and book != current
    ]
    if findings:
        raise StudyError(*findings)
    ordered = sorted((book for _, book in earlier if book != current), key=lambda book: _order(book.version))
    return Versions((*ordered, current))


def keep(folder: str | Path) -> Path:
    """Copy the codebook to its place among the earlier versions, before it is edited.

    Raise `StudyError` where another text of the same version is kept already, or where there is no codebook.
    """
    file = Path(folder) / "codebook.yaml"
    versions = read_versions(folder)
    if versions is None:
        raise StudyError(
            Finding(problem="there is no codebook", file=file.as_posix(), mend="write it: docs/codebook.md")
        )
    kept = Path(folder) / "codebook" / f"{versions.known[-1]}.yaml"
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(file.read_bytes())
    return kept


def earlier_files(folder: str | Path) -> list[Path]:
    """List the files of earlier versions, sorted by name."""
    return sorted((Path(folder) / "codebook").glob("*.yaml"))


def _order(version: str) -> list[tuple[int, int, str]]:
    """Versions as people count: 2 before 10, 1.2 before 1.10."""
    parts = re.split(r"[.\-_]", version)
    return [(int(part.isdigit()), int(part) if part.isdigit() else 0, part) for part in parts]


def _between(older: Codebook, newer: Codebook) -> Iterator[Change]:
    for question in dict.fromkeys([*newer.questions, *older.questions]):
        before, after = ({code.id: code for code in book.questions.get(question, ())} for book in (older, newer))
        kept = newer.same_meaning.get(question, ())
        for code in dict.fromkeys([*after, *before]):
            if code not in before or code not in after:
                what: What = "added" if code in after else "removed"
                yield Change(newer.version, question, code, what)
            else:
                yield from _of_code(newer.version, question, before[code], after[code], meant=code not in kept)


def _of_code(version: str, question: str, before: Code, after: Code, *, meant: bool) -> Iterator[Change]:
    for field in (*MEANING, *WORDING):
        old, new = (_written(getattr(code, field)) for code in (before, after))
        if old != new:
            what: What = "meaning" if field in MEANING and meant else "wording"
            yield Change(version, question, after.id, what, field, old, new)


def _written(value: str | Iterable[str] | None) -> str:
    return value if isinstance(value, str) else ", ".join(value or ())


def listed(changes: Sequence[Change]) -> str:
    """Write changes as text, a version below the other."""
    lines: list[str] = []
    for version in dict.fromkeys(each.version for each in changes):
        lines.append(f"version {version}")
        for each in changes:
            if each.version == version:
                said = f"{each.field}: {each.before or 'nothing'} -> {each.after or 'nothing'}" if each.field else ""
                lines.append(f"  {each.what:<8} {each.question}.{each.code}" + (f"  {said}" if said else ""))
    return "\n".join(lines) if lines else "The codebook has one version: nothing changed."
