"""What can be wrong in a study, told to the researcher who can mend it.

RecountError
├── StudyError       a settings file, the instrument or the codebook is not as declared
├── ExportError      a raw export cannot be read, or is not the sealed one
├── AnswersError     responses hold values that the instrument does not know
├── CodingError      a coder's file or the adjudication contradicts the codebook or the answers
├── EstimateError    an estimate was asked for that does not exist or must not be shown
│   └── WaitingError an estimate was asked for that rests on answers which nobody has coded yet
├── TemplateError    the paper's template does something that the paper's language forbids
│   └── ClaimError   a claim of the paper is not true on the data
├── AuditError       what was built does not bear out what it says, or cannot be audited
└── SimulationError  a simulated wave cannot be made from its design
"""

import errno
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from recount.building import build

SHOWN = 40
# Files that an author opens in an editor of texts, and not as a table.
TEXTS = (".j2", ".md", ".yaml", ".yml", ".bib", ".txt")
# What keeps a file from being written, and what helps.
UNWRITABLE = {
    errno.ENOSPC: ("no space is left on this disk", "make room"),
    errno.EDQUOT: ("no space is left to you on this disk", "make room"),
    errno.EROFS: ("this cannot be written: the disk is read-only", "work in a folder that can be written"),
    errno.EACCES: ("this cannot be written or read: permission is denied", "see to whom the file belongs"),
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is wrong: where it stands, what it says, what was expected, what to do next."""

    problem: str
    file: str = ""
    row: int | None = None
    key: str = ""
    value: str | None = None
    expected: str = ""
    mend: str = ""

    def __str__(self) -> str:
        row = f"{row_or_line(self.file)} {self.row}" if self.row is not None else ""
        where = ", ".join(part for part in (self.file, row, self.key) if part)
        value = f": {shortened(self.value)!r}" if self.value is not None else ""
        lines = [f"{where}{value}: {self.problem}".removeprefix(": ")]
        if self.expected:
            lines.append(f"    expected: {self.expected}")
        if self.mend:
            lines.append(f"    next: {self.mend}")
        return "\n".join(lines)


class RecountError(Exception):
    """One or more findings; its text is what the researcher reads."""

    def __init__(self, *findings: Finding) -> None:
        """Take at least one finding, in the order in which they are to be read."""
        self.findings = findings
        super().__init__(*findings)

    def __str__(self) -> str:
        lines = [str(finding) for finding in self.findings[:SHOWN]]
        if len(self.findings) > SHOWN:
            lines.append(f"... and {len(self.findings) - SHOWN} more of the same kind.")
        return "\n".join(lines)


class StudyError(RecountError):
    """A settings file, the instrument or the codebook does not hold what it must."""


class ExportError(RecountError):
    """A raw export cannot be read, is of an unknown form, or is not the sealed one."""


class AnswersError(RecountError):
    """Responses hold values that the instrument does not know."""


class CodingError(RecountError):
    """A coder's file or an adjudication contradicts the codebook or the answers."""


class EstimateError(RecountError):
    """An estimate was asked for that does not exist, or that must not be shown."""


class WaitingError(EstimateError):
    """An estimate was asked for that rests on answers which nobody has coded yet."""


class TemplateError(RecountError):
    """The paper's template does something that the paper's language forbids."""


class ClaimError(TemplateError):
    """A claim of the paper is not true on the data."""


class AuditError(RecountError):
    """What was built does not bear out what it says, or there is nothing built that could be audited."""


class SimulationError(RecountError):
    """A simulated wave cannot be made from its design."""


def row_or_line(file: str) -> str:
    """Say what is counted in a file: a text has lines, a table has rows."""
    return "line" if file.endswith(TEXTS) else "row"


def nearest(word: str, known: list[str], *, count: int = 3) -> str:
    """Say which known words come closest, for an `expected` of a finding."""
    close = get_close_matches(word, known, n=count, cutoff=0.5)
    if close:
        return "did you mean " + " or ".join(repr(name) for name in close) + "?"
    listed = ", ".join(known[:8]) + (", ..." if len(known) > len(known[:8]) else "")
    return f"one of {listed}" if known else "nothing of this kind is declared"


def shortened(value: str, limit: int = 80) -> str:
    """Cut a value for display; answers can be long, and the place is named anyway."""
    return value if len(value) <= limit else value[: limit - 1] + "…"


def warned(findings: Sequence[Finding], log: str | Path) -> None:
    """Tell what is wrong and does not stop the build, on stderr and in the log."""
    if findings:
        text = "\n".join(map(str, findings))
        Path(log).write_text(f"{text}\n", encoding="utf-8")
        print(text, file=sys.stderr)


@contextmanager
def reported(log: str | Path | None = None, *, code: int = 1) -> Iterator[None]:
    """Turn a `RecountError` into its message on stderr and in the log, and an exit code.

    A mistake in data, settings or template, or a disk that takes no more, never shows a traceback; a mistake of ours
    still does.
    """
    try:
        yield
    except RecountError as error:
        raise _told(error, log, code) from None
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        raise _told(_unwritable(error), log, code) from None


def _told(error: RecountError, log: str | Path | None, code: int) -> SystemExit:
    """Tell an error on stderr and, where there is room, in the log."""
    if log:
        with suppress(OSError):
            Path(log).write_text(f"{error}\n", encoding="utf-8")
    print(error, file=sys.stderr)
    return SystemExit(code)


def _unwritable(error: OSError) -> RecountError:
    """Say why a file could not be written, and what helps."""
    problem, mend = UNWRITABLE[error.errno or 0]
    file = str(error.filename) if error.filename else str(Path.cwd())
    return RecountError(Finding(file=file, problem=problem, mend=f"{mend}, then {build()}"))
