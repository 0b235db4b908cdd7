"""Pandoc, run so that nothing of this machine, this day or this user enters a document."""

import os
import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from recount.errors import Finding, TemplateError

# Answers are quoted in the paper. Whatever they hold, it is text: no HTML, no TeX, no markup of another writer.
READER = "markdown" + "".join(
    f"-{extension}"
    for extension in (
        "raw_html",
        "raw_tex",
        "raw_attribute",
        "native_divs",
        "native_spans",
        "markdown_in_html_blocks",
        "latex_macros",
        "tex_math_dollars",
        "pandoc_title_block",
    )
)
# A line break between Chinese characters is no space.
READER += "+east_asian_line_breaks"


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a document is made from.

    `epoch` (seconds since 1970) is the date that files must carry; `link` is the way from the document to the folder
    of the figures, for documents that do not hold them.
    """

    markdown: Path
    figures: Path
    bibliography: Path
    style: Path
    styles: Path
    epoch: int = 0
    link: str = "figures"


def written(
    source: Source, *, to: str, template: str, filters: Sequence[str] = (), options: Sequence[str] = ()
) -> bytes:
    """Write the paper in one of pandoc's formats, citations resolved.

    `template` and `filters` name files of the styles' folder. Raises `TemplateError` with all that pandoc warned of.
    """
    styles = source.styles.resolve()
    return run(
        [
            f"--from={READER}",
            f"--to={to}",
            "--standalone",
            "--wrap=none",
            "--columns=100000",  # a pipe table wider than this gets widths; paper.lua does that, from the text
            "--fail-if-warnings",
            f"--data-dir={styles}",
            f"--template={styles / template}",
            f"--bibliography={source.bibliography.resolve()}",
            f"--csl={source.style.resolve()}",
            "--metadata=link-citations:true",
            f"--lua-filter={styles / 'before-citations.lua'}",
            "--citeproc",
            *(f"--lua-filter={styles / name}" for name in ("paper.lua", *filters)),
            *options,
            "--output=-",
            str(source.markdown.resolve()),
        ],
        source,
    )


def run(arguments: Sequence[str], source: Source, *, text: str = "") -> bytes:
    """Run pandoc on `text`, or the file that the arguments name, in an environment of its own.

    Raises `TemplateError` with what it said where it fails.
    """
    done = subprocess.run(
        [str(pinned()), *arguments],
        env={
            "PATH": os.defpath,
            "LC_ALL": "C.UTF-8",
            "SOURCE_DATE_EPOCH": str(source.epoch),
            "RECOUNT_FIGURES": str(source.figures.resolve()),
        },
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        raise TemplateError(*findings(done.stderr.decode("utf-8", "replace"), source.markdown))
    return done.stdout


def pinned() -> Path:
    """Find the pandoc that the environment pins.

    pypandoc's own search would run every pandoc of the machine to ask for its version, and take the newest of them.
    """
    import pypandoc

    return Path(pypandoc.__file__).parent / "files" / "pandoc"


def findings(stderr: str, markdown: Path) -> list[Finding]:
    """Read what pandoc wrote on stderr: a finding for each warning, or one for its last words."""
    warnings = re.split(r"^\[WARNING\] ", stderr, flags=re.MULTILINE)
    told = [_sentence(part) for part in warnings[1:]] or [_sentence(stderr) or "pandoc stopped without a word"]
    return [
        Finding(
            problem=problem, file=markdown.name, mend="change the paper's template, or what it names, and build again"
        )
        for problem in dict.fromkeys(told)
    ]


def _sentence(text: str) -> str:
    """One line, without the names of pandoc's own places."""
    text = re.sub(r"Failing because there were warnings\.", "", text)
    text = re.sub(
        r"^Scripting warning at \S+ line \d+ column \d+:|^(?:Scripting|Citeproc):? ?(?:warning)?[^:]*:", "", text
    )
    return " ".join(text.split())
