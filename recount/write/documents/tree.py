"""What pandoc makes of the paper: its own tree of blocks and inlines, before citations are resolved."""

import json
from pathlib import Path
from typing import Any

from recount.write.documents.pandoc import READER, Source, run

HERE = Path()


def tree(markdown: str, name: str = "paper.md") -> dict[str, Any]:
    """Read Markdown as every document of the paper reads it; raise `TemplateError` with what pandoc says.

    Returns pandoc's JSON: `meta` by key, and `blocks`, each with its type `t` and its content `c`.
    """
    source = Source(markdown=HERE / name, figures=HERE, bibliography=HERE, style=HERE, styles=HERE)
    content: dict[str, Any] = json.loads(run([f"--from={READER}", "--to=json"], source, text=markdown))
    return content
