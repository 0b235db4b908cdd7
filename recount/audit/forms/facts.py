"""What the forms are filled in from, and what all of them say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from recount.audit.forms.programs import Program
from recount.study.settings import Settings
from recount.write import frontmatter
from recount.write.sentences import readable

Ledger = Mapping[str, Any]
Float = tuple[str, str]

NO_PACKAGE = "This form is about the paper that Recount rebuilt; it is no replication package of a published article."


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a study knows of itself once it is built.

    `numbers` is the content of numbers.json, `paper` that of paper.md, `software` the version of everything pinned and
    of Python, `direct` names what of it Recount asks for itself. `declared` gives the line of each figure and table in
    the file that declares it.
    """

    numbers: Ledger
    settings: Settings
    paper: str
    software: Mapping[str, str]
    direct: Sequence[str] = ()
    programs: Sequence[Program] = ()
    declared: Mapping[Float, int] = field(default_factory=dict)

    @cached_property
    def head(self) -> dict[str, Any]:
        """The front matter of the paper."""
        return frontmatter.split(self.paper, "paper.md")[0]

    @property
    def title(self) -> str:
        """The title of the paper, as a reader sees it."""
        return readable(str(self.head.get("title", self.settings.title)), {})

    @property
    def authors(self) -> list[tuple[str, str]]:
        """Name and ORCID of each author; the ORCID is empty where the front matter does not give it."""
        listed = self.head.get("author", list(self.settings.authors))
        return [_author(each) for each in (listed if isinstance(listed, list) else [listed])]

    @property
    def notice(self) -> str:
        """What stands at the top of each form where responses are simulated; empty where none are."""
        return f"{frontmatter.notice(self.settings).replace('*', '')} {NO_PACKAGE}" if self.settings.simulated else ""

    def floats(self) -> Iterator[tuple[str, int, str]]:
        """Go through the tables, then the figures: kind, number, name."""
        for kind in ("table", "figure"):
            for number, name in enumerate(self.numbers["floats"][kind], start=1):
                yield kind, number, name


def declared_lines(text: str, kind: str) -> dict[Float, int]:
    """Give the line on which report/figures.yaml or report/tables.yaml declares each figure or table."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    found = [each for key, each in (root.value if root else []) if key.value == f"{kind}s"]
    entries = found[0].value if found and isinstance(found[0], yaml.MappingNode) else []
    return {(kind, key.value): key.start_mark.line + 1 for key, _ in entries}


def _author(author: Any) -> tuple[str, str]:
    if not isinstance(author, dict):
        return readable(str(author), {}), ""
    orcid = str(author.get("orcid", author.get("ORCID", "")))
    return readable(str(author.get("name", "")), {}), orcid.rpartition("/")[2]
