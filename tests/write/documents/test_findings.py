from collections.abc import Callable
from pathlib import Path

import pytest

from recount.errors import TemplateError
from recount.write.documents import write_document
from recount.write.documents.pandoc import Source

Write = Callable[[str, str], bytes]
HEAD = "---\ntitle: T\n---\n\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("See [@nobody1900].", "nobody1900 not found"),
        ("[1]{#n-1 .number entry=e-9}", "link to #e-9: nothing in the paper has this id"),
        ("![C](figures/absent){#fig-a alt=x}", "there is no absent.png among the figures"),
        ("![C](../secret.png){#fig-a alt=x}", "only figures/NAME, without extension, can be shown"),
        ("![C](https://example.org/x.png){alt=x}", "only figures/NAME"),
        ("[a]{#x} [b]{#x}", "#x stands twice"),
        ("[Figure 2](#fig-a)\n\n![C](figures/capacities){#fig-a alt=x}", "says Figure 2, but it is Figure 1"),
        ("![](figures/capacities)", "no alternative text"),
        ("[x](javascript:alert)", "link to javascript:alert: only http, https and mailto"),
    ],
)
def test_what_leads_nowhere_stops_the_document(written: Write, text: str, message: str) -> None:
    with pytest.raises(TemplateError) as raised:
        written(HEAD + text + "\n", "xml")
    assert message in str(raised.value)
    assert "paper.md" in str(raised.value)


def test_all_findings_come_in_one_list(written: Write) -> None:
    with pytest.raises(TemplateError) as raised:
        written(HEAD + "[a](#one) [b](#two) [@three]\n", "html")
    assert len(raised.value.findings) == 3


def test_settings_that_are_not_yaml_are_told(written: Write) -> None:
    with pytest.raises(TemplateError, match="YAML"):
        written("---\ntitle: [\n---\n\nText\n", "html")


def test_what_typst_says_is_told(source: Source, tmp_path: Path) -> None:
    figures = tmp_path / "broken"
    figures.mkdir()
    (figures / "bad.svg").write_text("<svg", encoding="utf-8")
    paper = tmp_path / "paper.md"
    paper.write_text(HEAD + "![C](figures/bad){#fig-a alt=x}\n", encoding="utf-8")
    with pytest.raises(TemplateError, match="typst: failed to parse SVG"):
        _write(paper, tmp_path / "paper.pdf", source, figures)
    assert not (tmp_path / "paper.pdf").exists()


def test_a_missing_input_is_named_before_anything_runs(source: Source, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"absent\.md"):
        _write(tmp_path / "absent.md", tmp_path / "paper.pdf", source, source.figures)


def _write(markdown: Path, output: Path, source: Source, figures: Path) -> None:
    write_document(
        markdown,
        output,
        kind="pdf",
        figures=figures,
        bibliography=source.bibliography,
        style=source.style,
        styles=source.styles,
    )


def test_a_section_can_be_referred_to_like_a_source(written: Write) -> None:
    page = written(HEAD + "As @sec-b says [@wilson1927].\n\n# Waves {#sec-b}\n\n# All {.appendix}\n", "html").decode()
    assert '<a href="#sec-b">“Waves”</a>' in page
    assert page.index('id="references"') < page.index('id="all"')


def test_a_section_that_is_not_there_is_told(written: Write) -> None:
    with pytest.raises(TemplateError, match="@sec-c: no section of the paper has this id"):
        written(HEAD + "As @sec-c says.\n", "html")
