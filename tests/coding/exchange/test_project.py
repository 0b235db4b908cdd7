"""A wave's answers as a REFI-QDA project: valid, the same each time, and back without loss."""

import zipfile
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from lxml import etree

from recount.coding.exchange.archive import packed
from recount.coding.exchange.books import codebook_of
from recount.coding.exchange.booksheet import codebook_in_workbook
from recount.coding.exchange.descriptions import described, fields_in
from recount.coding.exchange.elements import codebook_xml
from recount.coding.exchange.foreign import read_codes, read_project
from recount.coding.exchange.homecoming import codings_in
from recount.coding.exchange.project import project_of
from recount.coding.exchange.workbook import workbook_of
from recount.coding.lines import Answers, answers_of
from recount.errors import CodingError
from recount.study.codebook import Code, Codebook
from tests.coding.hand_built import WAVE, clean_of, lines, shared_data

HOSTILE = "=cmd|' /C calc'!A0 <b>& ]]> \"x\" {{ 7*7 }} \u202e$\\textbf{x} 经费不足\n\n 二、人手 🙂"
CODEBOOK = Codebook.declared_in(
    "codebook.yaml",
    {
        "version": "2 <beta>",
        "same_meaning": {"obstacles": ["funding", "staff"]},
        "questions": {
            "obstacles": [
                {"id": "money", "label": "Money & means", "definition": "All of it.\nUse when: not a label\n\\x"},
                {
                    "id": "funding",
                    "label": "Funding",
                    "definition": "Lacks money.",
                    "use_when": "budget\nfees",
                    "not_when": "staff",
                    "example": HOSTILE,
                    "parent": "money",
                    "keywords": ["fund(s|ing)?", "经费"],
                    "color": "#1b9e77",
                },
                {"id": "staff", "label": "Staff", "definition": "Too few people."},
            ],
            "wishes": [{"id": "staff", "label": "Staff", "definition": "More people."}],
        },
    },
)
CLEAN = clean_of(
    obstacles=["No budget", HOSTILE, "One\nafter another", "Same words"],
    wishes=["More people", None, "Same words", "Ünïcödé ﬁ"],
)
ANSWERS = {question: answers_of(CLEAN, question) for question in ("obstacles", "wishes")}
CODINGS = {
    "obstacles": {
        "ann": lines({"R0": ("No budget", "funding;staff"), "R1": (HOSTILE, "none")}, note=HOSTILE),
        "ben": lines({"R0": ("No budget", "money"), "R2": ("One\nafter another", "")}, note="see R0"),
    },
    "wishes": {"ann": lines({"R0": ("More people", "staff")}, note="")},
}


def exported(**options: object) -> bytes:
    chosen = {"title": "A <survey>", "coders": ["ann", "ben"], **options}
    return project_of(WAVE, CODEBOOK, ANSWERS, CODINGS, **chosen)  # type: ignore[arg-type]


def home(content: bytes, coder: str, **options: object) -> dict[str, list[tuple[str, ...]]]:
    brought = codings_in(
        read_project(content, "p.qdpx"),
        wave=WAVE,
        codebook=CODEBOOK,
        answers=ANSWERS,
        coder=coder,
        **options,  # type: ignore[arg-type]
    )
    assert brought.left_out == ()
    return {
        question: list(each[["respondent", "answer_sha256", "codes", "note"]].itertuples(index=False, name=None))
        for question, each in brought.lines.items()
    }


def rows(question: str, coder: str) -> list[tuple[str, ...]]:
    own = CODINGS[question][coder][["respondent", "answer_sha256", "codes", "note"]]
    return list(own.itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared_data() / "fixtures/refi-qda/Project-mrt2019.xsd"))


def test_a_project_is_valid_by_the_standards_schema(schema: etree.XMLSchema) -> None:
    with zipfile.ZipFile(BytesIO(exported())) as archive:
        schema.assertValid(etree.fromstring(archive.read("project.qde")))


def test_a_project_that_nobody_has_coded_is_valid(schema: etree.XMLSchema) -> None:
    with zipfile.ZipFile(BytesIO(exported(coders=[]))) as archive:
        schema.assertValid(etree.fromstring(archive.read("project.qde")))


def test_a_codebook_is_valid_by_the_types_of_the_schema(schema: etree.XMLSchema) -> None:
    # The schema of codebooks has the same types; so a codebook is a project's, in a namespace of its own.
    root = etree.fromstring(codebook_xml(CODEBOOK).replace(b"urn:QDA-XML:codebook:1.0", b"urn:QDA-XML:project:1.0"))
    assert root.attrib.pop("origin") == "Recount"
    project = etree.Element(f"{{{root.nsmap[None]}}}Project", name="x", nsmap={None: root.nsmap[None]})
    project.append(root)
    schema.assertValid(etree.fromstring(etree.tostring(project)))


def test_every_answer_is_a_text_of_its_own_word_for_word() -> None:
    sources = read_project(exported(), "p.qdpx").sources
    assert [source.text for source in sources] == [text for each in ANSWERS.values() for text in each.texts]
    assert sources[0].name == "2020 obstacles R0"


@pytest.mark.parametrize("coder", ["ann", "ben"])
def test_codes_and_notes_of_each_coder_come_back_as_they_were(coder: str) -> None:
    expected = {question: rows(question, coder) for question in CODINGS if coder in CODINGS[question]}
    found = home(exported(), coder)
    # What was noted and not coded comes back as well.
    assert found == expected


def test_equal_input_gives_equal_bytes_without_a_time() -> None:
    assert exported() == exported()
    with zipfile.ZipFile(BytesIO(exported())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_codes_of_coders_who_are_not_named_stay_at_home() -> None:
    project = read_project(exported(coders=["ben"]), "p.qdpx")
    assert list(project.users.values()) == ["ben"]
    assert b"ann" not in exported(coders=["ben"])


def test_codes_given_to_other_words_stay_at_home() -> None:
    old = {"obstacles": {"ann": lines({"R0": ("Other words", "staff")}, note="")}}
    project = read_project(project_of(WAVE, CODEBOOK, ANSWERS, old, title="x", coders=["ann"]), "p.qdpx")
    assert all(not source.codings for source in project.sources)


def test_a_project_says_under_which_version_it_was_coded() -> None:
    project = read_project(exported(), "p.qdpx")
    found = codings_in(project, wave=WAVE, codebook=CODEBOOK, answers=ANSWERS, coder="ann")
    assert found.version == CODEBOOK.version


def test_every_field_of_a_code_is_in_the_codebook_that_goes_out() -> None:
    """So that the round trips below cannot pass by leaving out what is new."""
    full = CODEBOOK.questions["obstacles"][1]
    assert [name for name, value in full if not value] == []
    assert set(Codebook.model_fields) == {"version", "same_meaning", "questions"}


def test_a_codebook_comes_back_from_a_workbook_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "codes.xlsx"
    path.write_bytes(workbook_of(CODEBOOK, ANSWERS, {}))
    assert codebook_in_workbook(path) == CODEBOOK


@pytest.mark.parametrize("form", ["qdc", "qdpx"])
def test_a_codebook_comes_back_as_it_was(form: str) -> None:
    content = codebook_xml(CODEBOOK) if form == "qdc" else exported()
    assert codebook_of(read_codes(content, "x"), file="x") == CODEBOOK


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\\: "), max_size=30)


@given(definition=TEXTS, use_when=TEXTS, example=TEXTS)
@examples(max_examples=50)
def test_a_description_comes_back_whatever_is_in_it(definition: str, use_when: str, example: str) -> None:
    code = Code(id="x", label="X", definition=f"Use when: {definition}", use_when=use_when, example=f"a\n{example}")
    fields = fields_in(described(code, "X"))
    assert Code.declared_in("x", {"label": "X", **fields}) == code


@given(answer=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40))
@examples(max_examples=50)
def test_an_answer_of_any_characters_comes_back_with_its_codes(answer: str) -> None:
    answers = {"obstacles": answers_of(clean_of(obstacles=[answer]), "obstacles")}
    given_codes = {"obstacles": {"ann": lines({"R0": (answer, "staff")}, note="")}}
    content = project_of(WAVE, CODEBOOK, answers, given_codes, title="x", coders=["ann"])
    brought = codings_in(read_project(content, "x"), wave=WAVE, codebook=CODEBOOK, answers=answers, coder="ann")
    assert list(brought.lines["obstacles"]["codes"]) == ["staff"]


def test_a_path_is_no_path_when_a_respondent_is_called_so() -> None:
    odd = Answers(pd.Index(["../../etc/passwd", "..\\..\\x", "C:\\x"]), ("a", "b", "c"), ("0" * 64, "1" * 64, "2" * 64))
    project = read_project(project_of(WAVE, CODEBOOK, {"obstacles": odd}, {}, title="x"), "x")
    assert not any(set(source.name) & set("/\\:") for source in project.sources)


def test_a_zip_with_nothing_of_the_kind_is_refused() -> None:
    with pytest.raises(CodingError, match=r"no REFI-QDA project"):
        read_project(packed({"a.txt": b"x"}), "x.qdpx")
