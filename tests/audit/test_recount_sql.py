"""Every statistic once more in SQL: by hand, for any wave, and with labels that were written to break it."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recount.audit.recounted import Recounted
from recount.audit.sql import reason_not_recounted, sql_of
from recount.audit.sql.fielded import Fielded
from recount.audit.sql.query import WAYS
from recount.audit.sql.quote import comment, text
from recount.clean.corrections import HEADER
from recount.errors import AuditError
from recount.ingest.raw import Column
from tests.audit.waves import WAVE, Written

YES_NO = [
    {"id": "yes", "label": "Yes", "values": ["1"]},
    {"id": "no", "label": "No"},
    {"id": "unsure", "label": "?", "missing": True},
]
LIKERT = [{"id": each, "label": each.title()} for each in ("bad", "fair", "good")]
OPTIONS = [
    {"id": "money", "label": "Money, time"},
    {"id": "staff", "label": "Staff"},
    {"id": "none", "label": "None", "alone": True},
    {"id": "secret", "label": "Won't say", "missing": True},
]


def multi(name: str, *, columns: dict[str, str] | None = None, separator: str = ";", **more: Any) -> dict[str, Any]:
    place = {"columns": columns} if columns else {"column": name, "separator": separator}
    return {"id": name, "type": "multi", "categories": OPTIONS, "waves": {WAVE: place}, **more}


QUESTIONS = (
    {"id": "who", "type": "id"},
    {"id": "region", "type": "single", "categories": [{"id": "north", "label": "N"}, {"id": "south", "label": "S"}]},
    {"id": "office", "type": "single", "categories": YES_NO, "nets": {"any": ["yes", "unsure"]}},
    {"id": "trust", "type": "scale", "categories": LIKERT, "net": ["good", "bad"], "universe": {"office": ["yes"]}},
    multi(
        "tools", columns={"money": "t1", "staff": "t2", "none": "t3", "secret": "t4"}, combinations=True, mentions=True
    ),
    multi("help", nets={"some": ["money", "staff"]}, universe={"tools": ["staff", "money"]}, base="asked"),
    {"id": "staff", "type": "number", "universe": {"help": ["money"]}},
    {"id": "day", "type": "date"},
    {"id": "why", "type": "text", "coded": True, "mentions": True, "universe": {"region": ["north"]}},
)
WEIGHT = {"id": "weight", "type": "weight"}
CELLS = {
    "who": ("A", " B", "=1+1", "'-C"),
    "region": ("N", "S", "s ", "", "n/a"),
    "office": ("Yes", "1", "yes", "No", "?", " NO", "", "\u200b", "n/a"),
    "trust": ("Bad", "Fair", "good", "GOOD ", ""),
    "t1": ("", "1", "Money, time", "0", "n/a"),
    "t2": ("", "Staff", "x", "Not selected", "\u00a0"),
    "t3": ("", "None", "TRUE"),
    "t4": ("", "Won't say", "no"),
    "help": ("", "Money, time;Staff", "Staff ; None", ";Staff;;", "None", "Won't say", "n/a"),
    "staff": ("", "1", "2", "2.5", "1,200", " 7", "+4", "n/a"),
    "day": ("", "2020-01-05", "2019-12-31 10:00", "31.1.2020", "n/a"),
    "why": ("", "no money", " x ", "\u200b", "n/a"),
    "weight": ("1", "0.5", " 2", "1.000001"),
}
RESPONSES = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(texts) for name, texts in CELLS.items()}), min_size=1, max_size=9
)
CORRECTED = st.dictionaries(
    st.tuples(st.integers(2, 10), st.sampled_from(["office", "t1", "t3", "help", "staff", "why"])),
    st.integers(0, 4),
    max_size=3,
)
DECIDED = st.lists(
    st.tuples(
        st.sampled_from(["agreement", "adjudication", "single coder", ""]), st.sampled_from(["none", "a;b", "b"])
    ),
    min_size=9,
    max_size=9,
)


def corrections_of(drawn: Any, responses: Any) -> pd.DataFrame:
    lines = [
        [row, "", column, responses[row - 2][column], CELLS[column][place], "why", "MA"]
        for (row, column), place in sorted(drawn.items())
        if row - 2 < len(responses)
    ]
    return pd.DataFrame(lines, columns=list(HEADER))


def coded_of(decided: Any, responses: Any) -> dict[str, list[tuple[str, ...]]]:
    """Codes of those who have an answer on `why`, as the coding stage would write them; no code: waiting."""
    codes, uncoded = [], []
    for (by, codes_given), each in zip(decided, responses, strict=False):
        respondent = each["who"].strip()
        if by:
            codes += [(respondent, "why", code, by, "1") for code in codes_given.split(";")]
        else:
            uncoded.append((respondent, "why", "0", each["why"], "disagreement not adjudicated"))
    return {"codes": codes, "uncoded": uncoded}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(responses=RESPONSES, drawn=CORRECTED, decided=DECIDED, weighted=st.booleans())
def test_any_wave_is_recounted_to_the_same_numbers(
    tmp_path_factory: pytest.TempPathFactory, responses: Any, drawn: Any, decided: Any, weighted: Any
) -> None:
    apart = [{**each, "who": f"{each['who']}{place}"} for place, each in enumerate(responses)]
    texts = {name: [each[name] for each in apart] for name in CELLS if weighted or name != "weight"}
    wave = Written(
        tmp_path_factory.mktemp("wave"),
        texts,
        *QUESTIONS,
        *([WEIGHT] if weighted else []),
        corrections=corrections_of(drawn, apart),
        groups=("region",),
        missing=["n/a"],
        **coded_of(decided, apart),
    )
    assert wave.apart() == {}


def test_the_difference_of_two_levels_is_recounted_and_a_test_is_not(tmp_path: Path) -> None:
    texts = {
        "who": list("ABCDEFGHIJ"),
        "region": ["N", "N", "S", "S", "N", "S", "N", "S", "N", ""],
        "office": ["Yes", "No", "Yes", "No", "Yes", "?", "No", "Yes", "Yes", "Yes"],
        "help": ["Staff", "", "Staff;Money, time", "Staff", "", "Money, time", "Staff", "", "None", "Staff"],
        "place": ["1", "1", "2", "2", "3", "3", "4", "4", "4", "4"],
        "weight": ["1", "2", "3", "4", "1", "1", "2", "1", "0.5", "7"],
    }
    asked = [*(each for each in QUESTIONS if each["id"] in texts and each["id"] != "help"), multi("help"), WEIGHT]
    made = Written(
        tmp_path,
        texts,
        *asked,
        {"id": "place", "type": "number"},
        groups=("region",),
        compared=("region",),
        declared={"design": "probability", "sampling": {"clusters": "place"}},
    )
    key = f"{WAVE}/office/difference/yes/region=north:south"
    assert made.estimates[key]["value"] == pytest.approx((1 + 1 + 0.5) / 6.5 - 4 / 8)
    assert made.recounted()[key].row["value"] == pytest.approx((1 + 1 + 0.5) / 6.5 - 4 / 8)
    assert f"{WAVE}/help/difference/money/region=north:south" in made.estimates
    assert made.apart() == {}
    assert "where region is" in made.sql("office/difference/yes/region=north:south")
    assert "is not recounted: it is a probability" in made.sql("office/independence/rao_scott_second.p/region=*")


def test_where_a_rule_of_dominance_is_declared_the_amounts_behind_a_mean_are_counted(tmp_path: Path) -> None:
    texts = {"who": list("ABCDE"), "staff": ["9", "-7", "2", "1", ""], "day": [""] * 5}
    asked = [{"id": "who", "type": "id"}, {"id": "staff", "type": "number"}, {"id": "day", "type": "date"}]
    rules = {"dominance": {"largest": 3, "percent": 96}, "p_percent": 30}
    made = Written(tmp_path, texts, *asked, rules=rules)
    assert made.apart() == {}
    found = made.recounted()
    for statistic in ("mean", "sd", "median", "maximum"):
        row = found[f"{WAVE}/staff/{statistic}"].row
        assert [row[each] for each in ("amounts", "first", "two", "largest")] == [19, 9, 16, 18]


def test_rounded_counts_are_held_against_the_multiples_next_to_those_of_sql(tmp_path: Path) -> None:
    texts = {
        "who": [f"R{number}" for number in range(40)],
        "region": ["N", "S"] * 20,
        "office": ["Yes", "No", "Yes", "?", ""] * 8,
        "day": ["2020-01-05"] * 40,
    }
    asked = [each for each in QUESTIONS if each["id"] in texts]
    rules = {"protect": "respondents", "round_to": 5, "seed": 7}
    made = Written(tmp_path, texts, *asked, groups=("region",), rules=rules, declared={"contacted": None})
    assert made.apart() == {}
    key = f"{WAVE}/office/share/yes/region=north"
    assert made.estimates[key]["n"] % 5 == 0
    for column, wrong in {"n": made.estimates[key]["n"] + 1, "base": 40, "value": 0.123}.items():
        made.estimates[key] |= {column: wrong}
        assert key in made.apart()


@pytest.fixture(scope="module")
def wave(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Four respondents and a test, weighted: small enough to be counted on fingers."""
    return Written(
        tmp_path_factory.mktemp("wave"),
        {
            "who": ["A", "B", "C", "D", "TEST"],
            "region": ["N", "N", "S", "S", "N"],
            "office": ["Yes", " yes", "No", "?", "Yes"],
            "trust": ["Good", "bad", "", "", "Bad"],
            "t1": ["1", "", "1", "", "1"],
            "t2": ["1", "", "", "", "1"],
            "t3": ["", "1", "1", "", ""],
            "t4": ["", "", "", "1", ""],
            "help": ["Staff;Money, time", "", "Money, time", "", "Staff"],
            "staff": ["2", "", "8 people", "", "9"],
            "day": ["2020-01-05", "3.2.2020", "", "2019-12-31", "2000-01-01"],
            "why": ["=1+1", "n/a", "", "x", "x"],
            "weight": ["1", "2", "3", "4", "100"],
        },
        *QUESTIONS,
        WEIGHT,
        cleaning={"tests": {"respondent": ["TEST"]}},
        corrections=pd.DataFrame([[4, "C", "staff", "8 people", "8", "the unit", "MA"]], columns=list(HEADER)),
        codes=[("A", "why", "money", "adjudication", "1"), ("A", "why", "time", "adjudication", "1")],
        groups=("region",),
        missing=["n/a"],
    )


@pytest.fixture(scope="module")
def found(wave: Written) -> dict[str, Recounted]:
    return wave.recounted()


@pytest.mark.parametrize(
    ("key", "exp"),
    {
        "-/received": {"value": 5},
        "-/excluded/test": {"value": 1, "n": 1, "base": 5},
        "-/respondents": {"value": 4, "n": 4, "base": 5},
        "-/response_rate": {"value": 0.04, "n": 4, "base": 100},
        "-/contacted": {"value": 100},
        "-/changed_cells/spelling": {"value": 1},
        "office/asked": {"value": 4, "n": 4, "base": 4},
        "office/answered": {"value": 3, "n": 3, "base": 4},
        "office/count/yes": {"value": 2, "n": 2, "base": 3},
        "office/share/yes": {"value": 3 / 6, "n": 2, "base": 3, "weighted_n": 3, "weighted_base": 6},
        "office/share/no/region=south": {"value": 1, "n": 1, "base": 1},
        "office/share/any": {"value": 3 / 6, "n": 2},
        "office/share_asked/unsure": {"value": 4 / 10, "n": 1, "base": 4},
        "office/nonresponse": {"value": 0, "n": 0, "base": 4},
        "trust/asked": {"value": 2, "n": 2, "base": 4},
        "trust/net": {"value": (1 - 2) / 3, "n": 2},
        "trust/mean": {"value": (1 * 3 + 2 * 1) / 3, "n": 2},
        "trust/median": {"value": 1},
        "tools/answered": {"value": 3, "n": 3, "base": 4},
        "tools/share/money": {"value": 4 / 6, "n": 2, "base": 3},
        "tools/share/none": {"value": 2 / 6, "n": 1, "base": 3},
        "tools/share_asked/secret": {"value": 4 / 10, "n": 1, "base": 4},
        "tools/combination/money+staff": {"value": 1 / 6, "n": 1, "base": 3},
        "tools/combination/money": {"value": 3 / 6, "n": 1},
        "tools/chosen_mean": {"value": (1 * 2 + 2 * 0 + 3 * 1) / 6, "n": 3},
        "help/share/some": {"value": 1, "n": 2, "base": 2},
        "staff/mean": {"value": (1 * 2 + 3 * 8) / 4, "n": 2},
        "staff/q1": {"value": (2 + 8) / 2},
        "staff/minimum": {"value": 2},
        "staff/maximum": {"value": 8},
        "day/first": {"value": 18261, "n": 3},
        "day/last": {"value": 18295},
        "why/answered": {"value": 1, "n": 1, "base": 2},
        "why/share/money": {"value": 1, "n": 1, "base": 1},
        "why/chosen_mean": {"value": 2},
        "why/double_coded": {"value": 1},
        "why/adjudicated": {"value": 1},
        "why/uncoded": {"value": 0, "base": 1},
    }.items(),
)
def test_sql_counts_what_fingers_count(found: dict[str, Recounted], key: str, exp: dict[str, float]) -> None:
    got = found[f"{WAVE}/{key}"].row
    assert {name: got[name] for name in exp} == pytest.approx(exp)


def test_quantiles_without_weights_are_those_of_hyndman_and_fan(tmp_path: Path) -> None:
    # Definition 2 of 1, 2, 3, 4: the middle of two values, where the distribution is flat.
    wave = Written(tmp_path, {"n": ["4", "2", "1", "3"]}, {"id": "n", "type": "number"})
    found = wave.recounted()
    assert [found[f"{WAVE}/n/{each}"].row["value"] for each in ("q1", "median", "q3")] == [1.5, 2.5, 3.5]
    assert found[f"{WAVE}/n/sd"].row["value"] == pytest.approx((5 / 3) ** 0.5)


def test_the_text_run_by_itself_gives_what_was_recounted(wave: Written, found: dict[str, Recounted]) -> None:
    sample = [key for key in found if not found[key].reason][::9]
    assert {key.split("/")[2] for key in sample} > {"share", "share_asked", "mean", "answered"}
    for key in sample:
        answer = duckdb.sql(wave.sql(key.removeprefix(f"{WAVE}/")))
        assert dict(zip(answer.columns, answer.fetchall()[0], strict=True)) == pytest.approx(dict(found[key].row)), key


def test_every_statistic_of_the_hand_made_wave_is_recounted(wave: Written) -> None:
    asked = {each["statistic"] for each in wave.estimates.values() if each["question"] != "-"}
    assert asked == set(WAYS)
    assert wave.apart() == {}


def test_the_sql_reads_as_a_researcher_would_write_it(wave: Written) -> None:
    got = wave.sql("trust/share/good/region=north")
    for line in (
        "-- 2020/trust/share/good/region=north",
        '-- trust: share of "Good", where region is "N"',
        """      WHEN kept."office" IN ('Yes', '1', 'yes') THEN 'yes'""",
        """  SELECT "trust_given".*, coalesce("office".answer = 'yes', false) AS asked""",
        """  count(*) FILTER (WHERE "trust".answer = 'good') AS n,""",
        """WHERE "region".answer = 'north' AND "trust".asked;""",
    ):
        assert line in got.splitlines()


def test_agreement_is_not_recounted_and_the_text_says_why(wave: Written) -> None:
    kappa = {"wave": WAVE, "question": "why", "statistic": "kappa", "category": "money", "group": "", "level": ""}
    assert "what each coder said" in reason_not_recounted(kappa)
    text_of = sql_of(kappa, instrument=wave.instrument, settings=wave.settings, columns=wave.raw.columns)
    assert text_of.startswith("-- 2020/why/kappa/money is not recounted: ")


def test_a_question_or_column_that_is_not_there_is_told_with_the_nearest(wave: Written) -> None:
    asked = {"wave": WAVE, "question": "ofice", "statistic": "asked"}
    with pytest.raises(AuditError, match="did you mean 'office'"):
        sql_of(asked, instrument=wave.instrument, settings=wave.settings, columns=wave.raw.columns)
    with pytest.raises(AuditError, match="the export has no such column"):
        sql_of(
            {**asked, "question": "office"}, instrument=wave.instrument, settings=wave.settings, columns=[Column("x")]
        )


HOSTILE = (
    'It\'s "here"; DROP TABLE kept; --',
    "/* a\n-- b\r\n */ 'c'",
    "A, B (x|y)* [z]\\d $1",
    "\u202egnp.exe\u200b and\u00a0more",
    "'); SELECT 1; --",
)


def test_labels_columns_and_answers_that_were_written_to_break_sql_break_nothing(tmp_path: Path) -> None:
    categories = [{"id": f"c{place}", "label": label} for place, label in enumerate(HOSTILE)]
    column = "it\"s; -- ' /* \n*/ q1"
    wave = Written(
        tmp_path,
        {column: [*HOSTILE, ""], "Q1": [";".join(HOSTILE[2:4]), *HOSTILE], "q1": [*HOSTILE, "x"]},
        {"id": "select", "type": "single", "categories": categories, "waves": {WAVE: {"column": column}}},
        {
            "id": "kept",
            "label": HOSTILE[1],
            "type": "multi",
            "categories": categories,
            "waves": {WAVE: {"column": "Q1", "separator": ";"}},
        },
        {"id": "Kept", "label": "Other", "type": "text", "text": HOSTILE[0], "waves": {WAVE: {"column": "q1"}}},
        groups=("select",),
    )
    assert wave.apart() == {}
    found = wave.recounted()
    assert [found[f"{WAVE}/select/count/c{place}"].row["n"] for place in range(5)] == [1, 1, 1, 1, 1]
    assert found[f"{WAVE}/kept/count/c2"].row["n"] == 2
    assert found[f"{WAVE}/Kept/answered"].row["n"] == 6
    for key in ("kept/share/c1/select=c0", "Kept/answered", "select/share/c4"):
        alone = duckdb.sql(wave.sql(key))
        assert dict(zip(alone.columns, alone.fetchall()[0], strict=True)) == found[f"{WAVE}/{key}"].row


@pytest.mark.parametrize("name", ["n", "value", "weight", "order", "select", "kept", "answer", "x", "codes", "t"])
def test_a_question_may_have_the_name_of_anything_in_sql(tmp_path: Path, name: str) -> None:
    categories = [{"id": "value", "label": "n"}, {"id": "row", "label": "base"}]
    questions = (
        {"id": name, "type": "single", "categories": categories},
        {"id": name.upper(), "type": "number", "universe": {name: ["value"]}, "waves": {WAVE: {"column": "base"}}},
        {"id": "w", "type": "weight", "waves": {WAVE: {"column": "asked"}}},
    )
    column = "weighted_n" if name == "row" else name
    questions[0]["waves"] = {WAVE: {"column": column}}
    wave = Written(tmp_path, {column: ["n", "base", ""], "base": ["1", "", ""], "asked": ["1", "2", "3"]}, *questions)
    assert wave.apart() == {}


@given(st.text(max_size=20))
@settings(max_examples=60)
def test_any_text_comes_back_from_sql_as_it_was(content: str) -> None:
    try:
        content.encode()
    except UnicodeEncodeError:
        return  # half a pair, which no file holds
    assert duckdb.sql(f"SELECT {text(content)}").fetchall() == [(content,)]
    assert duckdb.sql(f"-- {comment(content)}\nSELECT 1").fetchall() == [(1,)]


@pytest.mark.parametrize("separator", [";", ",", "|", "space", "newline", "csv"])
def test_a_list_in_a_cell_is_read_whatever_parts_it(tmp_path: Path, separator: str) -> None:
    mark = {"space": " ", "newline": "\n", "csv": ","}.get(separator, separator)
    money = '"Money, time"' if separator == "csv" else "Money, time"
    cells = [f"Staff{mark}{money}", f"{money}{mark} Staff{mark}", f"{mark}{mark}Staff", money, "", None]
    wave = Written(tmp_path, {"a": cells}, multi("a", separator=separator, combinations=True))
    assert wave.apart() == {}
    assert wave.recounted()[f"{WAVE}/a/combination/money+staff"].row["n"] == 2


def test_a_files_labels_say_what_its_codes_mean(tmp_path: Path) -> None:
    ticked = {"1": "Not selected", "2": "Selected"}
    about = {
        "a": Column("a", labels={"5": "YES ", "6": "no"}, missing=("9",)),
        "t1": Column("t1", labels=ticked),
        "t2": Column("t2", labels=ticked),
    }
    columns = {"money": "t1", "staff": "t2", "none": "t3", "secret": "t4"}
    texts = {"a": ["5", "6", "9", "1"], "t1": ["2", "1", "1", ""], "t2": ["1", "2", "2", ""]}
    wave = Written(
        tmp_path,
        {**texts, "t3": ["", "", "", ""], "t4": ["other words", "", "", ""]},
        {"id": "a", "type": "single", "categories": YES_NO},
        multi("t", columns=columns),
        {"id": "other", "type": "text", "waves": {WAVE: {"column": "t4"}}},
        about=about,
    )
    assert wave.apart() == {}
    found = wave.recounted()
    assert [found[f"{WAVE}/{key}"].row["n"] for key in ("a/count/yes", "t/count/money", "t/count/staff")] == [2, 1, 2]
    assert found[f"{WAVE}/t/share_asked/secret"].row["n"] == 1


def test_a_hidden_estimate_has_the_base_that_sql_counts(tmp_path: Path) -> None:
    wave = Written(tmp_path, {"n": ["4", "2", "", "3"]}, {"id": "n", "type": "number"}, minimum_base=4)
    assert wave.estimates[f"{WAVE}/n/mean"]["hidden"] == "base under 4"
    assert wave.apart() == {}


def test_columns_that_differ_by_their_capitals_have_the_names_that_duckdb_gives_them(tmp_path: Path) -> None:
    names = ["Row", "a", "A", "a_1", "A_1", "a_1_1", "é", "É", "A "]
    pq.write_table(pa.table([pa.array([0])] * 10, names=["row", *names]), tmp_path / "t.parquet")
    of = Fielded(wave=WAVE, instrument=None, settings=None, columns=[Column(each) for each in names])
    got = ["row", *(of.cell(column).removeprefix("kept.").strip('"') for column in of.columns)]
    assert got == duckdb.read_parquet(str(tmp_path / "t.parquet")).columns


def test_a_wave_whose_log_lost_an_entry_is_noticed(tmp_path: Path) -> None:
    wave = Written(tmp_path, {"a": ["Yes", "YES", "No"]}, {"id": "a", "type": "single", "categories": YES_NO})
    log = wave.results / WAVE / "changes.csv"
    log.write_text(log.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert wave.apart()[f"{WAVE}/a/share/yes"] == {"n": (2, 1), "base": (3, 2), "value": (2 / 3, 1 / 2)} | {
        "weighted_n": (2, 1),
        "weighted_base": (3, 2),
    }


def test_a_file_that_is_not_there_is_told_without_a_traceback(tmp_path: Path) -> None:
    wave = Written(tmp_path, {"n": ["4"]}, {"id": "n", "type": "number"})
    (wave.results / WAVE / "changes.csv").unlink()
    with pytest.raises(AuditError, match=r"DuckDB cannot run the SQL of this estimate: .*changes\.csv"):
        wave.recounted()
