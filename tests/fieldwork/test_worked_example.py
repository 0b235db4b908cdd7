"""The example of docs/waves.md, run as it stands there."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from recount.cli import app

ROOT = Path(__file__).parents[2]


def test_the_example_of_the_page_gives_the_lines_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs/waves.md").read_text(encoding="utf-8")
    told = page.split("```yaml\n")[1].split("```")[0]
    study = tmp_path / "library"
    shutil.copytree(ROOT / "examples/minimal", study, ignore=shutil.ignore_patterns("results", ".snakemake"))
    monkeypatch.chdir(tmp_path)
    text = (study / "data/raw/2025/responses.csv").read_text(encoding="utf-8")
    replaced = text.replace("satisfied are you with the opening hours", "content are you with the opening times")
    Path("next.csv").write_text(replaced, encoding="utf-8")
    got = CliRunner().invoke(app, ["--directory", "library", "wave", "add", "../next.csv", "--wave", "2027"])
    assert got.exit_code == 0, got.output
    assert "How [satisfied -> content] are you with the opening [hours? -> times?]" in got.stdout
    assert told in (study / "data/instrument.yaml").read_text(encoding="utf-8")
    assert CliRunner().invoke(app, ["wave", "accept", "2027"]).stdout.startswith("accepted: visitor, visits, hours")
    assert "proposed" not in (study / "data/instrument.yaml").read_text(encoding="utf-8")
