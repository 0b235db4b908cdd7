"""What the audit pages carry, and that nothing in it can be more than text."""

import base64
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from recount.audit.members import members
from recount.audit.pages import study as study_module
from recount.audit.pages.checks import Checks
from recount.audit.pages.counted import flags
from recount.audit.pages.model import model
from recount.audit.pages.page import SCRIPTS, STYLES, audit_page
from recount.audit.pages.paper import parts_of
from recount.audit.pages.pool import LONGEST, MOST, SHORTER, Pool
from recount.audit.pages.responses import read_columns
from recount.audit.pages.source import function_at
from recount.audit.pages.stages.cleaning import cleaning
from recount.audit.sql import sql_of
from recount.clean.replay import as_texts
from recount.display.formatter import Formatter
from recount.errors import AuditError
from recount.page.embed import embedded
from recount.page.io import read_assets
from recount.page.seal import seal
from recount.study.settings import Display
from tests.audit.hand_built import tables
from tests.audit.paged import ASSETS, Built, Paged, paged
from tests.clean.conftest import WAVE

HOSTILE = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!--<script>",
    "](javascript:alert(1)) **b** `c` $x$",
    "=HYPERLINK('http://x')",
    "\x01\x1b[31m\x7f\u0085",
    "\u202eabc\u2066\u200f\u2028",
    "{{ settings }} ${policy} $title",
    "]]>&amp;&lt;",
]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Paged:
    return paged(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Paged:
    return paged(tmp_path_factory.mktemp("hostile"), lambda text: f"{''.join(HOSTILE)} {text}")


def carried(page: str) -> dict[str, Any]:
    data = BeautifulSoup(page, "html.parser").find(id="audit-data")
    content: dict[str, Any] = json.loads(data.string)
    return content


def column(content: dict[str, Any], table: dict[str, Any], name: str) -> list[str]:
    """A column of text, read as the page's script reads it."""
    return [content["texts"][place] for place in table["texts"][name]]


def rows_in(bits: str, received: np.ndarray) -> list[int]:
    """The rows that flags stand for, read as the page's script reads them."""
    found = np.unpackbits(np.frombuffer(base64.b64decode(bits), dtype=np.uint8), bitorder="little")
    return received[found[: len(received)].astype(bool)].tolist()


def test_a_text_is_stored_once_and_the_empty_one_first() -> None:
    pool = Pool()
    assert pool.places(["b", "", "a", "b"]) == [1, 0, 2, 1]
    assert pool.texts() == ["", "b", "a"]


def test_an_answer_of_a_hundred_thousand_letters_is_cut_and_named_by_its_hash() -> None:
    pool = Pool()
    place = pool.place("x" * 100_000)
    got = pool.texts()[place]
    assert (len(got["text"]), got["length"], len(got["sha256"])) == (LONGEST, 100_000, 64)


def test_where_very_many_texts_are_long_less_is_kept_of_each() -> None:
    pool = Pool()
    pool.places(f"{number:06d}" * 1000 for number in range(2 * MOST // LONGEST))
    assert pool.longest == SHORTER[0]


@given(st.text(st.characters(codec="utf-8")))
def test_data_in_a_page_is_the_same_data_without_a_sign_of_markup(text: str) -> None:
    made = embedded({"said": text})
    assert json.loads(made) == {"said": text}
    assert not set(made) & set("<>&\u2028\u2029\u202e\x7f")
    assert BeautifulSoup(f"<script>{made}</script>", "html.parser").script.string == made


@given(st.sets(st.integers(2, 7)))
def test_flags_name_exactly_the_rows_that_are_counted(rows: set[int]) -> None:
    made = flags(np.array(sorted(rows)), tables())
    assert rows_in(made, tables().received) == sorted(rows)


def test_the_page_carries_the_members_of_every_printed_estimate(plain: Paged) -> None:
    content = carried(plain.page)
    table, of = content["estimates"], plain.study.tables[WAVE]
    found = zip(*(column(content, table, name) for name in ("key", "in_numerator", "in_base")), strict=True)
    printed = [each for each in found if each[0] in plain.study.ledger["estimates"]]
    assert len(printed) == 10
    for key, numerator, base in printed:
        exp = members(plain.study.estimate(key), of)
        assert [rows_in(numerator, of.received)] == [rows_in(flags(exp.numerator, of), of.received)]
        assert rows_in(base, of.received) == ([] if exp.base is None else exp.base.tolist())


def test_the_pieces_of_a_query_are_the_query(plain: Paged) -> None:
    content, study = carried(plain.page), plain.study
    keys = column(content, content["estimates"], "key")
    place = keys.index("2020/why/share/money")
    got = "".join(content["texts"][piece] for piece in content["estimates"]["values"]["sql"][place])
    named = {name: getattr(study.estimate(keys[place]), name) for name in ("wave", "question", "statistic", "category")}
    columns = study.tables[WAVE].raw.columns
    assert got == sql_of(named, instrument=study.instrument, settings=study.settings, columns=columns)


def test_a_value_stands_there_as_it_is_written_and_digit_for_digit(plain: Paged) -> None:
    content = carried(plain.page)
    place = column(content, content["estimates"], "key").index("2020/office/share/yes")
    of = plain.study.estimate("2020/office/share/yes")
    assert float(column(content, content["estimates"], "value")[place]) == of.value
    assert column(content, content["estimates"], "display")[place] == "75%"
    assert (content["estimates"]["values"]["n"][place], content["estimates"]["values"]["base"][place]) == (6, 8)


def test_a_response_leads_from_raw_cell_over_the_change_to_the_clean_value(plain: Paged) -> None:
    content = carried(plain.page)
    rows = content["waves"][WAVE]["rows"]
    place = rows["responses"]["values"]["row"].index(6)
    assert column(content, rows["raw"], "staff")[place] == "three"
    assert column(content, rows["clean"], "staff")[place] == "3"
    changed = list(zip(rows["changes"]["values"]["row"], column(content, rows["changes"], "rule"), strict=True))
    assert (6, "correction") in changed


def test_every_clean_value_of_the_page_is_that_of_the_clean_table(plain: Paged) -> None:
    content, of = carried(plain.page), plain.study.tables[WAVE]
    rows = content["waves"][WAVE]["rows"]
    kept = [place for place, row in enumerate(of.received) if row in set(of.kept)]
    for name in ("office", "staff", "why"):
        got = column(content, rows["clean"], name)
        assert [got[place] for place in kept] == as_texts(of.clean)[name].tolist()
    ticked = column(content, rows["clean"], "networks")
    assert {"climate", "trade", "climate;trade", ""} >= set(ticked) - {"none ticked"}


def test_who_decided_a_code_stands_beside_what_each_coder_said(plain: Paged) -> None:
    content = carried(plain.page)
    lines = content["waves"][WAVE]["rows"]["coded"]["why"]
    decided = column(content, lines, "decided_by")
    place = decided.index("adjudication")
    assert column(content, lines, "codes")[place] == "staff"
    assert (column(content, lines, "by")[place], column(content, lines, "why")[place]) == ("C", "read again")
    said = {coder: content["texts"][codes[place]] for coder, codes in lines["coders"].items()}
    assert said == {"A": "money", "B": "money;staff"}


def test_a_code_that_was_suggested_and_accepted_is_said_to_be_so(plain: Paged) -> None:
    content = carried(plain.page)
    lines = content["waves"][WAVE]["rows"]["coded"]["why"]
    decided = column(content, lines, "decided_by")
    got = column(content, lines, "accepted")
    assert got == ["B: staff:0.91" if each == "adjudication" else "" for each in decided]


def test_columns_that_the_study_does_not_read_stay_in_the_export(plain: Paged) -> None:
    of = tables()
    export = of.raw.cells.append_column("e-mail", of.raw.cells["city"])
    columns = (*of.raw.columns, replace(of.raw.columns[0], name="e-mail"))
    assert "e-mail" not in read_columns(replace(of, raw=replace(of.raw, cells=export, columns=columns)))
    assert "city" in read_columns(of)
    assert "city" in carried(plain.page)["waves"][WAVE]["rows"]["raw"]["texts"]


def test_a_hidden_estimate_does_not_say_who_is_counted(plain: Paged) -> None:
    hidden = plain.study.estimates.assign(
        hidden=plain.study.estimates["hidden"].where(plain.study.estimates["question"] != "office", "base under 50")
    )
    content = model(replace(plain.study, estimates=hidden, pool=Pool()), plain.paper.main)
    place = column(content, content["estimates"], "key").index("2020/office/share/no")
    assert column(content, content["estimates"], "in_numerator")[place] == ""
    assert column(content, content["estimates"], "display")[place] == "–"


def test_over_five_thousand_respondents_give_digests_and_sql_and_no_answer(
    plain: Paged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_module, "MOST_RESPONDENTS", 11)
    content = model(replace(plain.study, pool=Pool()), plain.paper.main)
    assert content["waves"][WAVE]["rows"] is None
    quoted = {each["text"] for each in plain.study.ledger["quotations"]}
    assert not any("no money" in str(text) for text in content["texts"] if text not in quoted)
    assert set(column(content, content["estimates"], "in_base")) == {""}
    place = column(content, content["estimates"], "key").index("2020/office/share/yes")
    assert len(column(content, content["estimates"], "base_sha256")[place]) == 64
    assert content["estimates"]["values"]["sql"][place]


def test_the_same_study_gives_the_same_bytes(plain: Paged, tmp_path: Path) -> None:
    assert paged(tmp_path).page == plain.page


def test_hostile_texts_reach_the_page_as_text_alone(hostile: Paged, plain: Paged) -> None:
    found, exp = (BeautifulSoup(each.page, "html.parser") for each in (hostile, plain))
    assert [each.get("id") for each in found.find_all("script")] == ["audit-data", None]
    assert {each.name for each in found.find_all(True)} == {each.name for each in exp.find_all(True)}
    assert not [
        name for each in found.find_all(True) for name in each.attrs if name.startswith("on") or name == "style"
    ]
    assert not found.find_all("a", href=re.compile("javascript:"))
    assert found.find_all("script")[1].string == exp.find_all("script")[1].string


def test_hostile_texts_are_carried_letter_by_letter(hostile: Paged) -> None:
    texts = [text for text in carried(hostile.page)["texts"] if isinstance(text, str)]
    for each in HOSTILE[:6]:
        assert any(each in text for text in texts), each


def test_the_policy_admits_the_style_and_the_script_of_the_page_and_no_markup_from_text(plain: Paged) -> None:
    found = BeautifulSoup(plain.page, "html.parser")
    policy = found.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert f"style-src '{seal(found.style.string)}'" in policy
    assert f"script-src '{seal(found.find_all('script')[1].string)}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
    assert "unsafe" not in policy


def test_nothing_is_loaded_from_anywhere(plain: Paged) -> None:
    found = BeautifulSoup(plain.page, "html.parser")
    assert not found.find_all(["link", "iframe", "object", "embed", "base", "form"])
    assert not [each for each in found.find_all(["script", "img"]) if str(each.get("src", "data:"))[:5] != "data:"]


def test_every_number_of_the_ledger_has_a_place_and_a_card(plain: Paged) -> None:
    content = carried(plain.page)
    ids = column(content, content["numbers"], "id")
    assert ids == [each["id"] for each in plain.study.ledger["numbers"]]
    assert all(f'id="{number}"' in plain.page for number in ids)
    keys = set(column(content, content["estimates"], "key"))
    assert {content["texts"][key] for several in content["numbers"]["values"]["keys"] for key in several} <= keys


def test_a_quotation_leads_from_its_place_in_the_paper_to_the_raw_cell(plain: Paged) -> None:
    made, texts = plain.model["quotations"], plain.model["texts"]
    quoted = {name: texts[places[0]] for name, places in made["texts"].items()}
    assert f'<span id="{quoted["id"]}" class="quotation"' in plain.paper.main
    assert (quoted["question"], quoted["code"], quoted["cleared_by"]) == ("why", "money", "The team")
    rows = plain.model["waves"][quoted["wave"]]["rows"]
    place = rows["responses"]["values"]["row"].index(made["values"]["row"][0])
    assert texts[rows["raw"]["texts"][quoted["column"]][place]] == quoted["text"]
    assert texts[rows["responses"]["texts"]["respondent"][place]] == quoted["respondent"]


def test_a_calculated_number_carries_what_it_was_made_of(plain: Paged) -> None:
    content = carried(plain.page)
    trees = [tree for tree in content["numbers"]["values"]["calculation"] if tree]
    made_of = [(tree["name"], [each["key"] for each in tree["of"]]) for tree in trees]
    assert made_of[0] == ("/", ["2020/office/share/yes", "2020/office/share/no"])
    assert ("base of", ["2020/office/share/no"]) in made_of


def test_all_checks_of_a_sound_study_hold(plain: Paged) -> None:
    content = plain.model
    wave = content["waves"][WAVE]
    checks = [check for stage in ("raw", "cleaning", "coding", "estimating") for check in wave[stage]["checks"]]
    assert len(checks) > 8
    assert [check["says"] for check in [*checks, *content["text"]["checks"]] if not check["holds"]] == []


def test_a_log_that_lacks_a_change_is_found_on_the_page_of_cleaning(plain: Paged) -> None:
    of = plain.study.tables[WAVE]
    broken = replace(of, changes=of.changes[of.changes["rule"] != "correction"])
    made = cleaning(replace(plain.study, tables={WAVE: broken}), WAVE)
    assert [check["holds"] for check in made["checks"]] == [True, True, False]


def test_a_check_says_what_it_found() -> None:
    make = Checks(Formatter(Display()))
    assert make.adds_up("a", {"kept": 1999, "left out": 1}, {"received": 4}).plain() == {
        "says": "a",
        "holds": False,
        "found": "kept 1,999 + left out 1 is not received 4",
    }
    assert make.none_of("a", ["x", "y", "z", "w"], 9).found == "5 of 9; not: x, y, z, …"


def test_a_page_that_is_none_of_recounts_is_an_error() -> None:
    with pytest.raises(AuditError, match="no language and no style and no main"):
        parts_of("<p>other</p>")


def test_the_innermost_function_around_a_line_is_found_with_its_decorators() -> None:
    code = "def a():\n    pass\n\n\n@wraps\ndef b():\n    def c():\n        pass\n    return c\n"
    assert function_at(code, 5) == "@wraps\ndef b():\n    def c():\n        pass\n    return c"
    assert function_at(code, 8) == "    def c():\n        pass"
    assert function_at(code, 3) == ""


def test_the_page_is_made_of_all_scripts_and_styles_that_there_are() -> None:
    there = {path.name for path in ASSETS if path.suffix in (".js", ".css")} - {"cards.css"}
    assert there == {*SCRIPTS, *STYLES}


def test_a_study_without_open_ended_questions_or_waves_before_has_its_page(plain: Paged) -> None:
    alone = replace(plain.study, codebook=None, ledger={**plain.study.ledger, "codebook": None}, pool=Pool())
    made = model(alone, plain.paper.main)
    assert made["codebook"] == {"questions": {}}
    assert audit_page(plain.paper, made, read_assets(ASSETS)).count("<main") == 1


def test_a_study_of_nearly_five_thousand_with_long_answers_stays_under_ten_megabytes() -> None:
    built = Built(lambda text: text + " and more of it" * 60, 4900)
    made = model(built.study, built.written.markdown)
    assert made["study"]["with_rows"]
    assert len(embedded(made).encode()) < 5_000_000


def test_a_study_of_over_five_thousand_carries_no_answer_but_what_the_paper_quotes() -> None:
    built = Built(str, 5001)
    made = embedded(model(built.study, built.written.markdown))
    assert set(re.findall(r"no money \d+", made)) == {each["text"] for each in built.written.numbers["quotations"]}
    assert len(made) < 1_000_000
