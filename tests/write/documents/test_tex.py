import re
from collections.abc import Callable

import pytest


@pytest.fixture(scope="module")
def tex(document: Callable[[str], bytes]) -> str:
    return document("tex").decode()


def test_groups_and_environments_are_closed(tex: str) -> None:
    body = re.sub(r"\\[{}%]", "", tex)
    assert body.count("{") == body.count("}")
    main = tex[tex.index(r"\begin{document}") :]
    for name in set(re.findall(r"\\begin\{(\w+)\}", main)):
        assert main.count(f"\\begin{{{name}}}") == main.count(f"\\end{{{name}}}"), name
    assert main.count(r"\begingroup") == main.count(r"\endgroup")


def test_every_reference_has_its_target(tex: str) -> None:
    targets = set(re.findall(r"\\label\{([^}]+)\}", tex))
    assert set(re.findall(r"\\hyperref\[([^\]]+)\]", tex)) <= targets
    cited = set(re.findall(r"\\citeproc\{(ref-[^}]+)\}", tex))
    assert cited
    assert cited <= set(re.findall(r"\\bibitem\[\\citeproctext\]\{([^}]+)\}", tex))


def test_every_command_of_pandocs_is_known_to_the_preamble(tex: str) -> None:
    preamble, main = tex.split(r"\begin{document}")
    for command in ("tightlist", "pandocbounded", "citeproc", "tracednumber", "falseclaim", "smalltable"):
        assert f"\\{command}" in main
        assert re.search(rf"\\(?:new|provide)command\*?\{{?\\{command}", preamble), command


def test_the_notice_is_on_the_page_style_and_at_the_head(tex: str) -> None:
    assert r"\newcommand{\notice}{The responses behind this document are \textbf{simulated}" in tex
    assert re.search(r"\\fancyfoot\[C\].*\\notice", tex)
    assert tex.split(r"\begin{document}")[1].count(r"\notice}") == 1


def test_figures_are_pdfs_by_relative_path_with_words(tex: str) -> None:
    assert "{figures/capacities.pdf}" in tex
    assert "alt={Dot plot of four shares" in tex


def test_what_a_city_wrote_stays_text(tex: str) -> None:
    assert r"\textbackslash input\{/etc/passwd\}" in tex
    assert r"\input{" not in tex
