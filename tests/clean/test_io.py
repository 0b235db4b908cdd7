from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recount.clean.columns import clean_columns
from recount.clean.corrections import HEADER
from recount.clean.io import read_clean, read_log, read_pieces, write_cleaned
from recount.errors import AnswersError
from tests.clean.conftest import Study

QUESTIONS = (
    {"id": "who", "type": "id"},
    {"id": "a", "type": "single", "categories": [{"id": "never", "label": "Never"}, {"id": "yes", "label": "Yes"}]},
    {
        "id": "m",
        "type": "multi",
        "categories": [{"id": "x", "label": "X"}, {"id": "y", "label": "Y"}],
        "waves": {"2020": {"column": "m", "separator": ";", "offered": ["x"]}},
    },
    {"id": "n", "type": "number"},
    {"id": "d", "type": "date"},
    {"id": "t", "type": "text"},
)
TEXTS = {
    "who": ["C1", "C2", "C2"],
    "a": ["yes", "YES ", ""],
    "m": ["X", "", ""],
    "n": ["12", "0.1", ""],
    "d": ["2018-05-16", "", ""],
    "t": ['=1+1, "quoted"\r\nline\rmore', "", ""],
}


@pytest.fixture
def outputs(tmp_path: Path) -> Any:
    names = {"clean": "clean.parquet", "table": "clean.csv", "changes": "changes.csv", "excluded": "excluded.csv"}
    return SimpleNamespace(**{name: str(tmp_path / file) for name, file in names.items()})


def test_what_is_written_is_read_again(study: Study, outputs: Any) -> None:
    cleaned = study.clean(TEXTS, *QUESTIONS)
    write_cleaned(cleaned, outputs)
    pd.testing.assert_frame_equal(read_clean(outputs.clean, study.instrument(*QUESTIONS), "2020"), cleaned.clean)
    pd.testing.assert_frame_equal(read_log(outputs.changes), cleaned.changes)
    pd.testing.assert_frame_equal(read_log(outputs.excluded), cleaned.excluded)


def test_an_export_whose_columns_are_dictionaries_is_cleaned_alike(study: Study) -> None:
    texts: dict[str, list[str | None]] = {**TEXTS, "a": ["yes", "YES ", None]}
    plain = study.export(texts)
    encoded = {name: plain.cells[name].dictionary_encode() for name in texts}
    corrections = pd.DataFrame([[2, "C1", "a", "yes", "never", "told us", "B"]], columns=list(HEADER))
    exp, got = (
        study.clean(export, *QUESTIONS, corrections=corrections)
        for export in (plain, replace(plain, cells=pa.table({"row": plain.cells["row"], **encoded})))
    )
    assert set(exp.changes["rule"]) >= {"correction", "spelling"}
    for name in ("clean", "changes", "excluded"):
        pd.testing.assert_frame_equal(getattr(got, name), getattr(exp, name))


def test_pieces_hold_the_columns_asked_for_of_all_rows_in_their_order(study: Study, outputs: Any) -> None:
    write_cleaned(study.clean(TEXTS | {"who": ["C1", "C2", "C3"]}, *QUESTIONS), outputs)
    pq.write_table(pq.read_table(outputs.clean), outputs.clean, row_group_size=2)
    instrument = study.instrument(*QUESTIONS)
    pieces = read_pieces(outputs.clean, instrument, "2020", rows=1)
    got = list(pieces.read(["row", "a", "t"]))
    assert (pieces.rows, [len(each) for each in got]) == (3, [1, 1, 1])
    exp = read_clean(outputs.clean, instrument, "2020")[["row", "a", "t"]]
    pd.testing.assert_frame_equal(pd.concat(got, ignore_index=True), exp)


def test_some_columns_of_the_log_can_be_read_alone(study: Study, outputs: Any) -> None:
    cleaned = study.clean(TEXTS, *QUESTIONS)
    write_cleaned(cleaned, outputs)
    pd.testing.assert_frame_equal(read_log(outputs.changes, ["rule"]), cleaned.changes[["rule"]])


def test_an_empty_wave_is_read_again(study: Study, outputs: Any) -> None:
    cleaned = study.clean({name: [] for name in TEXTS}, *QUESTIONS)
    write_cleaned(cleaned, outputs)
    pd.testing.assert_frame_equal(read_clean(outputs.clean, study.instrument(*QUESTIONS), "2020"), cleaned.clean)
    pd.testing.assert_frame_equal(read_log(outputs.changes), cleaned.changes)


def test_the_parquet_has_the_types_of_the_contract(study: Study, outputs: Any) -> None:
    write_cleaned(study.clean(TEXTS, *QUESTIONS), outputs)
    schema = pq.read_schema(outputs.clean)
    assert {name: str(schema.field(name).type) for name in schema.names} == {
        "respondent": "string",
        "row": "int32",
        "a": "dictionary<values=string, indices=int32, ordered=1>",
        "m__x": "bool",
        "m__y": "bool",
        "n": "double",
        "d": "date32[day]",
        "t": "string",
    }
    assert schema.names == list(clean_columns(study.instrument(*QUESTIONS), "2020"))
    assert b"pandas" not in (schema.metadata or {})


def test_the_same_content_gives_the_same_bytes(study: Study, outputs: Any) -> None:
    files = [Path(file) for file in vars(outputs).values()]
    write_cleaned(study.clean(TEXTS, *QUESTIONS), outputs)
    first = [file.read_bytes() for file in files]
    write_cleaned(study.clean(TEXTS, *QUESTIONS), outputs)
    assert [file.read_bytes() for file in files] == first


def test_the_csv_is_plain_and_guarded_against_spreadsheets(study: Study, outputs: Any) -> None:
    write_cleaned(study.clean(TEXTS, *QUESTIONS), outputs)
    header = '"respondent","row","a","m__x","m__y","n","d","t"\n'
    first = '"C1",2,"yes",true,,12,2018-05-16,"\'=1+1, ""quoted""\r\nline\rmore"\n'
    assert Path(outputs.table).read_bytes().decode().startswith(header + first)


def test_a_table_of_another_instrument_stops(study: Study, outputs: Any) -> None:
    write_cleaned(study.clean(TEXTS, *QUESTIONS), outputs)
    with pytest.raises(AnswersError, match="these differ: n\n"):
        read_clean(outputs.clean, study.instrument(*[each for each in QUESTIONS if each["id"] != "n"]), "2020")
