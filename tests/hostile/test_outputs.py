"""What strangers wrote is text and nothing else, in every page, document and table that a build makes."""

import csv
import io
import json
import re
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from lxml import etree
from pypdf import PdfReader

from recount.clean.io import read_log
from recount.coding.io import read_codes, read_uncoded
from recount.page.seal import seal
from tests.hostile.conftest import Built
from tests.hostile.study import LONG, TEX, UNSEEN, WAVE

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("hostile")]
csv.field_size_limit(sys.maxsize)

PAGES = ["paper/paper.html", "audit/index.html"]
TABLES = [
    *(f"{WAVE}/{name}.csv" for name in ("clean", "changes", "excluded", "codes", "uncoded", "agreement", "estimates")),
    *("estimates.csv", "published.csv", "figures/uses.csv", "figures/wishes.csv", "forms/data-editors.csv"),
]
# Numbers are written as numbers, and "-" is the question of what is about no question.
HARMLESS = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?|-")
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CONTROL = set(UNSEEN) - set("[mgnp\u200b\ufeff")


def page(built: Built, name: str) -> BeautifulSoup:
    return BeautifulSoup((built.results / name).read_text(encoding="utf-8"), "html.parser")


def rows(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8"), newline="")))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_element_attribute_or_link_of_theirs(built: Built, name: str) -> None:
    elements = page(built, name).find_all(True)
    assert [each.name for each in elements].count("script") == (1 if "paper" in name else 2)
    assert [each.name for each in elements].count("style") == 1
    assert not {"iframe", "object", "embed", "base", "form", "b", "i"} & {each.name for each in elements}
    attributes = {attribute for each in elements for attribute in each.attrs}
    assert not {attribute for attribute in attributes if attribute.startswith("on") or attribute == "style"}
    targets = [str(each.get(name)) for each in elements for name in ("href", "src") if each.get(name)]
    assert not [target for target in targets if not re.match(r"#|data:image/|\.\./audit/index\.html|https?://", target)]
    assert not [target for target in targets if "window.taken" in target]


@pytest.mark.parametrize("name", PAGES)
def test_the_policy_of_a_page_admits_its_own_style_and_script_by_their_hashes_alone(built: Built, name: str) -> None:
    found = page(built, name)
    policy = found.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    scripts = [each for each in found.find_all("script") if each.get("type") != "application/json"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert re.findall(r"script-src ([^;]*)", policy) == [f"'{seal(scripts[0].string)}'"]
    assert re.findall(r"style-src ([^;]*)", policy) == [f"'{seal(found.style.string)}'"]


def test_the_paper_says_them_letter_for_letter_but_for_signs_that_no_eye_sees(built: Built) -> None:
    text = " ".join(page(built, "paper/paper.html").main.get_text(" ").split())
    assert "</script><script>window.taken=true</script><img src=x" in text
    assert "{{ settings }} {% raw %} {## c ##} ${policy} $title" in text


def test_the_audit_pages_carry_answers_letter_for_letter(built: Built) -> None:
    carried = json.loads(page(built, "audit/index.html").find(id="audit-data").string)["texts"]
    answers = [text for text in built.texts if text.endswith((" other", " desks"))]
    assert len(answers) > 10
    told = [text if isinstance(text, str) else text["text"] for text in carried]
    for answer in answers:
        assert any(answer.strip()[:300] in each for each in told), answer


def test_no_cell_of_any_table_begins_as_a_formula(built: Built) -> None:
    files = {path.relative_to(built.results).as_posix(): path for path in built.results.rglob("*.csv")}
    assert set(TABLES) <= set(files)
    cells = [(name, cell) for name, path in files.items() for row in rows(path) for cell in row]
    assert [each for each in cells if each[1].startswith(STARTS) and not HARMLESS.fullmatch(each[1])] == []


def test_what_was_guarded_is_read_as_it_was(built: Built) -> None:
    folder = built.results / WAVE
    ids = pq.read_table(folder / "clean.parquet")["respondent"].to_pylist()
    assert {each.strip()[0] for each in ids} >= set("=+-@")
    table = pd.DataFrame(rows(folder / "clean.csv")[1:], columns=rows(folder / "clean.csv")[0])
    assert [each.removeprefix("'") for each in table["respondent"]] == ids
    assert set(read_codes(folder / "codes.csv")["respondent"]) <= set(ids)
    assert set(read_log(folder / "changes.csv")["respondent"]) & set(ids)
    reasons = set(read_log(folder / "changes.csv")["reason"])
    assert [text for text in built.texts if text.endswith("misread") and any(text in each for each in reasons)]
    assert set(read_uncoded(folder / "uncoded.csv")["respondent"]) <= set(ids)


def test_an_answer_of_a_hundred_kilobytes_stays_whole_where_answers_are_kept(built: Built) -> None:
    answers = pq.read_table(built.results / WAVE / "clean.parquet")["wishes"].to_pylist()
    assert [each for each in answers if each and each.endswith(LONG.strip()[-50:]) and len(each) > len(LONG)]


def test_latex_has_no_command_of_theirs(built: Built) -> None:
    source = (built.results / "paper/paper.tex").read_text(encoding="utf-8")
    assert "immediate" in source
    for command in re.findall(r"\\[a-z]+", TEX):
        assert not re.search(rf"(?<!\\textbackslash)\{command}(?![a-z])[^\w]*\{{(id|x|z)\}}", source), command
    assert "window.taken" in source


def test_jats_and_word_are_sound_and_have_no_sign_that_no_eye_sees(built: Built) -> None:
    article = etree.parse(built.results / "paper/paper.xml").getroot()
    assert "window.taken" in "".join(article.itertext())
    assert not {"script", "img", "style", "b"} & {each.tag for each in article.iter() if isinstance(each.tag, str)}
    with zipfile.ZipFile(built.results / "paper/paper.docx") as archive:
        document = archive.read("word/document.xml").decode("utf-8")
        links = archive.read("word/_rels/document.xml.rels").decode("utf-8")
    assert "javascript:" not in links
    for text in (document, "".join(article.itertext())):
        assert not set(text) & CONTROL


def test_the_pdf_says_them_and_asks_for_nothing(built: Built) -> None:
    reader = PdfReader(built.results / "paper/paper.pdf")
    assert "window.taken" in "".join(each.extract_text() for each in reader.pages)
    actions = [note.get_object().get("/A", {}) for each in reader.pages for note in each.get("/Annots") or ()]
    assert not [action for action in actions if str(action.get("/URI", "")).startswith("javascript")]
    assert not {str(action.get("/S")) for action in actions} & {"/JavaScript", "/Launch"}


def test_pictures_are_text_and_shapes_alone(built: Built) -> None:
    for name in ("uses", "wishes"):
        picture = etree.parse(built.results / f"figures/{name}.svg").getroot()
        tags = {etree.QName(each).localname for each in picture.iter() if isinstance(each.tag, str)}
        assert not {"script", "image", "foreignObject", "a"} & tags
        assert not [each for each in picture.iter() for attribute in each.attrib if attribute.startswith("on")]


def test_the_forms_are_sound(built: Built) -> None:
    manifest = yaml.safe_load((built.results / "forms/codecheck.yml").read_text(encoding="utf-8"))
    assert "window.taken" in manifest["paper"]["title"]
    readme = (built.results / "forms/README-data-editors.md").read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)<(script|img|style)", readme)


def test_the_signature_of_a_hostile_name_has_lapsed_and_is_text(built: Built) -> None:
    signed = page(built, "paper/paper.html").find(id="signed")
    assert isinstance(signed, Tag)
    table = signed.find_next("table").get_text(" ")
    assert "window.taken" in table
    assert "lapsed: " in table
