"""Who is counted: rows of the export, to be checked by eye against tests/audit/hand_built.py."""

from dataclasses import replace

import pytest

from recount.audit.members import members
from recount.audit.origin import origin_of
from recount.audit.provenance import columns, provenance
from recount.errors import AuditError
from recount.write.index import Index
from tests.audit.hand_built import estimated_of, index, keys, tables
from tests.clean.conftest import Study

ROWS = {
    "-/received": (None, [2, 3, 4, 5, 6, 7]),
    "-/excluded/test": ([6], [2, 3, 4, 5, 6, 7]),
    "-/respondents": ([2, 3, 4, 5, 7], [2, 3, 4, 5, 6, 7]),
    "-/response_rate": ([2, 3, 4, 5, 7], None),
    "-/contacted": (None, None),
    "-/changed_cells/correction": (None, [4]),
    "office/share/yes": ([2, 3, 4], [2, 3, 4, 7]),
    "office/share/yes/region=south": ([4], [4, 7]),
    "office/share_asked/unsure": ([5], [2, 3, 4, 5, 7]),
    "office/answered": ([2, 3, 4, 7], [2, 3, 4, 5, 7]),
    "staff/asked": ([2, 3, 4], [2, 3, 4, 5, 7]),
    "staff/median": (None, [2, 3, 4]),
    "networks/nonresponse": ([5, 7], [2, 3, 4, 5, 7]),
    "networks/share/any_network": ([2, 3, 4], [2, 3, 4]),
    "networks/combination/climate+trade": ([4], [2, 3, 4]),
    "networks/combination/trade": ([3], [2, 3, 4]),
    # Four mentions are three respondents'.
    "networks/mention_share/trade": ([3, 4], [2, 3, 4]),
    "why/share/money": ([2], [2, 3, 4]),
    "why/share/none": ([4], [2, 3, 4]),
    "why/double_coded": ([2, 3], [2, 3, 4, 7]),
    "why/uncoded": ([7], [2, 3, 4, 7]),
}


@pytest.mark.parametrize("key", ROWS)
def test_the_rows_in_numerator_and_base_are_those_that_a_person_would_count(key: str) -> None:
    got = members(index().find(f"2020/{key}"), tables())
    assert tuple(None if rows is None else rows.tolist() for rows in (got.numerator, got.base)) == ROWS[key]


@pytest.mark.parametrize("key", keys())
def test_every_estimate_counts_as_many_as_there_are_rows(key: str) -> None:
    got, exp = members(index().find(key), tables()), index().find(key)
    base = None if exp.unit in ("mentions", "share of mentions") else exp.base  # of mentions, not of respondents
    for rows, n in ((got.numerator, exp.n), (got.base, base)):
        assert rows is None or n is None or len(rows) == n


def test_an_estimate_that_counts_others_than_the_rows_say_is_told_with_its_key() -> None:
    wrong = replace(index().find("2020/office/share/yes"), n=4.0)
    with pytest.raises(AuditError) as error:
        members(wrong, tables())
    assert "2020/office/share/yes" in str(error.value)
    assert "3 rows in its numerator, where the estimate has 4" in str(error.value)


def test_an_index_counts_those_who_answered_enough_of_its_items() -> None:
    scale = [{"id": each, "label": each} for each in ("no", "partly", "yes")]
    items = [{"id": name, "type": "scale", "categories": scale} for name in ("helps", "knows", "cares")]
    index = {"id": "service", "label": "Service", "items": ["helps", "knows", "cares"]}
    study = Study()
    raw = study.export(
        {"city": ["A", "B", "C"], "helps": ["yes", "no", ""], "knows": ["yes", "", "no"], "cares": ["no", "no", ""]}
    )
    questions = ({"id": "city", "type": "id"}, *items)
    cleaned = study.clean(raw, *questions)
    of = replace(
        tables(),
        instrument=study.instrument(*questions, indices=[index]),
        raw=raw,
        clean=cleaned.clean,
        changes=cleaned.changes,
        excluded=cleaned.excluded,
    )
    found = Index(estimated_of(of))
    mean, alpha = (found.find(f"2020/-/{name}/service") for name in ("index_mean", "cronbach"))
    assert members(mean, of).base.tolist() == [2, 3]
    assert members(alpha, of).base.tolist() == [2, 3, 4]
    assert columns(mean, of)["answer"] == ["helps", "knows", "cares"]
    with pytest.raises(AuditError):
        members(replace(mean, base=3.0), of)


def test_what_is_said_of_several_levels_counts_those_in_any_of_them() -> None:
    of = tables()
    sampling = {"design": "probability", "sampling": {"clusters": "region"}}
    got = Index(estimated_of(of, groups=("region",), compared=("region",), declared=sampling))
    difference, test = (
        got.find(f"2020/office/{each}")
        for each in ("difference/yes/region=north:south", "independence/rao_scott_second.p/region=*")
    )
    assert members(difference, of).base.tolist() == members(test, of).base.tolist() == [2, 3, 4, 7]
    assert (difference.base, test.base) == (4, 4)
    assert origin_of(difference).function == "difference_rows"
    assert origin_of(test).function == "rao_scott_second"


def test_of_rounded_counts_the_rows_are_held_against_the_multiples_and_not_told() -> None:
    rules = {"protect": "respondents", "round_to": 5, "seed": 7}
    of = replace(tables(), round_to=5)
    got = Index(estimated_of(of, groups=("region",), rules=rules))
    share = got.find("2020/office/share/yes")
    assert (share.n, share.base) in {(n, base) for n in (0, 5) for base in (0, 5)}
    assert len(members(share, of).base) == 4
    assert provenance(share, of)["rows"] == {"numerator": None, "base": None}
    with pytest.raises(AuditError, match="4 rows in its base, where the estimate has 10"):
        members(replace(share, base=10.0), of)
