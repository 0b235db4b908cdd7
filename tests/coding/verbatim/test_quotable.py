"""Which answers may be quoted: those that are coded, and cleared by a person for the words that they have now."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from recount.coding.answers import answer_hash
from recount.coding.io import read_quotable
from recount.coding.verbatim.io import read_cleared, read_redactor, write_quotable
from recount.coding.verbatim.quotable import Quotable, quotable
from recount.coding.verbatim.redact import redactor
from recount.errors import CodingError
from tests.coding.hand_built import INSTRUMENT, WAVE, clean_of

Gather = Callable[[str], Quotable]
CODES = [("R0", "funding"), ("R0", "staff"), ("R1", "staff"), ("R2", "law"), ("R3", "law")]
ANSWERS = ["No budget in Paris", "=Too few", "The law", "Edited now", "Uncoded"]
HEADER = "respondent,question,answer_sha256,language,cleared_by,when\n"


def line(who: str, text: str, *, language: str = "en", by: str = "Ann") -> str:
    return f"{who},obstacles,{answer_hash(text)},{language},{by},\n"


CLEARED = HEADER + line("R0", ANSWERS[0]) + line("R1", ANSWERS[1]) + line("R3", "Before") + line("R4", ANSWERS[4])


@pytest.fixture
def gather(tmp_path: Path) -> Gather:
    def gathered(content: str) -> Quotable:
        (tmp_path / f"{WAVE}.csv").write_text(content, encoding="utf-8")
        codes = pd.DataFrame(
            [
                (f"R{n}", "obstacles", code)
                for n, code in ((0, "funding"), (0, "staff"), (1, "staff"), (2, "law"), (3, "law"))
            ],
            columns=["respondent", "question", "code"],
        )
        return quotable(
            clean_of(obstacles=ANSWERS),
            codes,
            read_cleared(tmp_path / f"{WAVE}.csv"),
            instrument=INSTRUMENT,
            wave=WAVE,
            redact=redactor({"Paris": "city"}, {}, []),
        )

    return gathered


def test_an_answer_that_was_cleared_has_its_redacted_text_and_others_have_none(gather: Gather) -> None:
    found = gather(CLEARED).answers
    texts = dict(zip(found["respondent"], found["text"], strict=True))
    assert texts == {"R0": "No budget in [city]", "R1": "=Too few", "R2": "", "R3": ""}
    assert list(found["codes"]) == ["funding;staff", "staff", "law", "law"]
    assert found.loc[0, ["row", "column", "language", "cleared_by", "redactions"]].tolist() == [
        2,
        "obstacles",
        "en",
        "Ann",
        1,
    ]


def test_the_log_of_redactions_does_not_hold_what_was_taken_out(gather: Gather) -> None:
    found = gather(CLEARED).redactions
    assert found.to_dict("records") == [{"question": "obstacles", "respondent": "R0", "kind": "city", "place": 13}]


def test_a_clearance_lapses_when_the_answer_has_other_words_or_no_codes(gather: Gather) -> None:
    assert [each.key for each in gather(CLEARED).lapsed] == ["obstacles of respondent R3", "obstacles of respondent R4"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER + line("R0", "x", by=""), "row 2, cleared_by: nobody is named who cleared this"),
        (HEADER + line("R0", "x", language=""), "row 2, language: '': the language of the answer is not said"),
        (HEADER + "R0,obstacle,abc,en,Ann,\n", "did you mean 'obstacles'?"),
        (HEADER + "R0,obstacles,abc,en,Ann,\n", "this is not the hash of an answer"),
        ("respondent,question\n", "the header is another"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_row(gather: Gather, content: str, message: str) -> None:
    with pytest.raises(CodingError) as caught:
        gather(content)
    assert message in str(caught.value)


def test_the_tables_come_back_as_they_were(gather: Gather, tmp_path: Path) -> None:
    found = gather(CLEARED)
    files = SimpleNamespace(quotable=tmp_path / "quotable.csv", redactions=tmp_path / "redactions.csv")
    write_quotable(found, files)
    pd.testing.assert_frame_equal(read_quotable(files.quotable), found.answers)
    assert "'=Too few" in files.quotable.read_text(encoding="utf-8")


def test_the_studys_own_lists_are_read(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("text,kind\nAda,\nSpringfield,city\n", encoding="utf-8")
    (tmp_path / "keep.txt").write_text("France\n\n", encoding="utf-8")
    redact = read_redactor(tmp_path, ["es"])
    assert redact("Ada of Springfield, France and Alemania")[0] == "[name] of [city], France and [country]"
