import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from recount.write.documents import WRITERS, Kind, write_document
from recount.write.documents.pandoc import Source


@pytest.mark.parametrize("kind", list(WRITERS))
def test_another_day_in_another_folder_gives_the_same_bytes(
    kind: Kind, document: Callable[[Kind], bytes], source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(time.time())))
    markdown = tmp_path / "elsewhere" / "paper.md"
    markdown.parent.mkdir()
    shutil.copyfile(source.markdown, markdown)
    shutil.copytree(source.figures, tmp_path / "figures")
    os.utime(markdown, (0, 10**9))
    output = tmp_path / f"paper.{kind}"
    write_document(
        markdown,
        output,
        kind=kind,
        figures=tmp_path / "figures",
        bibliography=source.bibliography,
        style=source.style,
        styles=source.styles,
    )
    got, exp = output.read_bytes(), document(kind)
    assert got == exp


def test_the_picture_of_an_archive_is_found_from_where_the_document_stands(source: Source, tmp_path: Path) -> None:
    shutil.copytree(source.figures, tmp_path / "figures")
    output = tmp_path / "paper" / "paper.xml"
    write_document(
        source.markdown,
        output,
        kind="xml",
        figures=tmp_path / "figures",
        bibliography=source.bibliography,
        style=source.style,
        styles=source.styles,
    )
    assert b'xlink:href="../figures/capacities.png"' in output.read_bytes()
