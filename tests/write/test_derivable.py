"""A hidden estimate that what the paper prints gives away: told with the file and line that does it."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from recount.errors import EstimateError, Finding
from recount.study.instrument import Instrument
from recount.write.derivable import Told
from recount.write.index import Index
from recount.write.page import Place
from recount.write.paper import Written
from tests.estimate.hand_built import categories, estimated, make_clean, make_instrument
from tests.write.conftest import row, share

Write = Callable[..., Written]
HIDDEN = "2020/office/share/yes/region=asia"
REASON: dict[str, Any] = {"hidden": "base under 5", "base": 3, "n": None, "asked": 3, "answered": 3}
SIZES = [
    row(f"2020/office/asked{level}", size, "respondents", n=size, base=size)
    for level, size in (("", 47), ("/region=africa", 44), ("/region=asia", 3))
]
ROWS = [
    *SIZES,
    *share("2020/office/share/yes", 36, 42),
    *share("2020/office/share/yes/region=africa", 34, 39),
    row(HIDDEN, None, **REASON),
    row(HIDDEN.replace("share", "count"), None, "respondents", **REASON),
    *share("2020/office/share/no", 6, 42),
    *share("2020/office/share/no/region=africa", 5, 39),
    row(HIDDEN.replace("yes", "no"), None, **REASON),
    row("2020/office/nonresponse", 5 / 47, n=5, base=47),
    row("2020/office/share_asked/unsure", 0.0, n=0, base=47),
    *share("2020/region/share/africa", 44, 47),
    *share("2020/region/share/asia", 3, 47),
]
RESPONDENTS = {"estimates": {"groups": ["region"], "protect": "respondents"}}
TOTAL, LEVEL = '{{ share("office", "yes") }}', '{{ share("office", "yes", group="region", level="africa") }}'
BOTH = ["2020/office/share/yes", HIDDEN.replace("asia", "africa")]
ITEM = {"question": "office", "category": "yes"}
NUMBERS = {"low": None, "high": None, "asked": None, "answered": None}


@pytest.fixture
def estimates() -> pd.DataFrame:
    """One office question by region; asia is too small, and africa is all there is besides."""
    return pd.DataFrame([{**NUMBERS, **each} for each in ROWS])


def printed(written: Written) -> list[str]:
    """The keys of all numbers that stand in the paper."""
    return [key for each in written.numbers["numbers"] for key in each["keys"]]


def faults(write: Write, template: str, **options: Any) -> tuple[Finding, ...]:
    with pytest.raises(EstimateError) as caught:
        write(template, **{"settings": RESPONDENTS, **options})
    return caught.value.findings


def test_prose_that_quotes_the_total_and_the_other_level_is_told_with_file_and_line(write: Write) -> None:
    (got,) = faults(write, f"# Results\n\nOf all, {TOTAL} have one.\n\nIn Africa it is {LEVEL}.\n")
    assert (got.file, got.row, got.key) == ("report/paper.md.j2", 5, HIDDEN)
    assert "hidden, but follows by subtraction" in got.problem
    assert got.expected == f"a paper without one of these: 2020/office/share/yes, {HIDDEN.replace('asia', 'africa')}"


def test_the_line_is_that_of_the_number_printed_last(write: Write) -> None:
    (got,) = faults(write, f"{LEVEL}\n\n{LEVEL}\n\n{TOTAL}\n")
    assert got.row == 5


@pytest.mark.parametrize("reason", ["cell under 3", "protects base under 5, cell under 3, dominance", "dominance"])
def test_what_is_hidden_for_any_reason_is_told(write: Write, estimates: pd.DataFrame, reason: str) -> None:
    hidden = estimates.assign(hidden=estimates["hidden"].mask(estimates["hidden"] != "", reason))
    (got,) = faults(write, f"{TOTAL}\n\n{LEVEL}\n", estimates=hidden)
    assert (got.row, got.key) == (3, HIDDEN)


def test_a_mean_that_few_dominate_is_told_where_the_other_level_and_the_total_are_printed() -> None:
    instrument = make_instrument(
        {"id": "region", "type": "single", "categories": categories("north", "south")},
        {"id": "staff", "type": "number"},
    )
    clean = make_clean(region=["north"] * 4 + ["south"] * 6, staff=[9.0, 9.0, 1.0, 1.0] + [8.0] * 6)
    rules: dict[str, Any] = {"groups": ("region",), "dominance": {"largest": 2, "percent": 85}}
    sizes = {("", ""): 10.0, ("region", "north"): 4.0, ("region", "south"): 6.0}
    readers, respondents = (estimated(clean, instrument, **rules, protect=each) for each in ("readers", "respondents"))
    (found,) = _told(readers, instrument, "staff", sizes)
    assert found[0].key == "2020/staff/mean/region=north"
    assert _told(respondents, instrument, "staff", sizes) == []


def test_for_readers_the_same_paper_is_written(write: Write) -> None:
    got = write(f"{TOTAL} {LEVEL}", settings={"estimates": {"groups": ["region"]}})
    assert printed(got) == BOTH


@pytest.mark.parametrize(
    ("template", "keys"),
    [
        (TOTAL, BOTH[:1]),
        (LEVEL, BOTH[1:]),
        (f"{LEVEL} {{{{ share('region', 'asia') }}}}", [*BOTH[1:], "2020/region/share/asia"]),
    ],
)
def test_a_paper_that_leaves_one_of_the_numbers_out_is_written(write: Write, template: str, keys: list[str]) -> None:
    assert printed(write(template, settings=RESPONDENTS)) == keys


def test_the_other_answer_gives_a_hidden_one_away_with_the_bases_beside_it(write: Write) -> None:
    other = '{{ share("office", "no") }} and {{ share("office", "no", group="region", level="africa") }}'
    (got,) = faults(write, other)
    assert (got.key, "the base of 2020/office/share/no," in got.expected) == (HIDDEN, True)


def test_a_table_and_a_caption_together_are_told_by_the_key_of_the_one_printed_last(write: Write) -> None:
    tables = {"tables": {"offices": {"kind": "items", "caption": f"In Africa {LEVEL}", "items": [ITEM]}}}
    (got,) = faults(write, "{{ table('offices') }}", tables=tables)
    assert (got.file, got.key) == ("report/tables.yaml", f"tables.offices.caption {HIDDEN}")


def test_a_crosstab_with_a_hidden_column_gives_it_away(write: Write) -> None:
    declared = {"kind": "crosstab", "caption": "By region", "items": [{"question": "office"}], "groups": ["region"]}
    tables = {"tables": {"regions": declared}}
    (got,) = faults(write, "{{ table('regions') }}", tables=tables)
    assert (got.file, got.key) == ("report/tables.yaml", f"tables.regions {HIDDEN}")
    assert got.problem.endswith("and 2 more of this level")


def test_a_share_of_those_asked_gives_a_hidden_share_of_those_who_answered_away(
    write: Write, estimates: pd.DataFrame
) -> None:
    asked = row(HIDDEN.replace("share", "share_asked"), 0.4, n=2, base=5)
    more = pd.concat([estimates, pd.DataFrame([asked])])
    template = '{{ share_asked("office", "yes", group="region", level="asia") }}'
    (got,) = faults(write, template, estimates=more)
    assert (got.row, got.key, got.expected) == (1, HIDDEN, f"a paper without one of these: {asked['key']}")


def test_a_claim_counts_as_printed(write: Write) -> None:
    condition = 'share("office", "yes") < share("office", "yes", group="region", level="africa")'
    (got,) = faults(write, f"\nIt is {{% claim {condition} %}}more in Africa{{% endclaim %}}.")
    assert (got.file, got.row, got.key) == ("report/paper.md.j2", 2, HIDDEN)


def test_a_figure_is_told_by_its_key(write: Write, estimates: pd.DataFrame) -> None:
    source = estimates[estimates["key"] == "2020/office/share/yes"].assign(
        label="Yes", series="", panel="", display="86%"
    )
    figures = {"figures": {"obstacles": {"kind": "bars", "caption": "Offices", "items": [ITEM]}}}
    options = {"figure_sources": {"obstacles": source}, "figures": figures, "alt_texts": {"obstacles": "Bars."}}
    (got,) = faults(write, f"{LEVEL}\n\n{{{{ figure('obstacles') }}}}", **options)
    assert (got.file, got.key) == ("report/figures.yaml", f"figures.obstacles {HIDDEN}")


def test_those_of_no_level_keep_a_hidden_level_hidden(write: Write, estimates: pd.DataFrame) -> None:
    africa = estimates["key"].str.contains("asked/region=africa")
    smaller = estimates.assign(base=estimates["base"].mask(africa, 41).mask(estimates["hidden"] != ""))
    assert printed(write(f"{TOTAL} {LEVEL}", settings=RESPONDENTS, estimates=smaller)) == BOTH


def test_all_that_is_shown_of_a_protected_question_may_be_printed() -> None:
    levels, answers = ("north", "south", "west"), ("yes", "no", "unsure")
    instrument = make_instrument(
        {"id": "region", "type": "single", "categories": categories(*levels)},
        {"id": "office", "type": "scale", "categories": categories(*answers, missing=("unsure",))},
    )
    clean = make_clean(region=[levels[n // 4] for n in range(11)], office=[answers[n % 3] for n in range(11)])
    readers = estimated(clean, instrument, groups=("region",), minimum_base=3)
    respondents = estimated(clean, instrument, groups=("region",), minimum_base=3, protect="respondents")
    sizes = {("", ""): 11.0, ("region", "north"): 4.0, ("region", "south"): 4.0, ("region", "west"): 3.0}
    assert [len(_told(each, instrument, "office", sizes)) for each in (readers, respondents)] == [1, 0]


def _told(
    estimates: pd.DataFrame, instrument: Instrument, question: str, sizes: dict[tuple[str, str], float]
) -> list[Any]:
    """What is wrong with a paper that prints everything that is shown of a question."""
    rows = estimates[estimates["question"] == question].assign(base=lambda rows: rows["base"].astype("float64"))
    index = Index(estimates)
    printed = [(found, Place()) for key in rows["key"] if (found := index.get(key))]
    return list(Told(instrument.question(question), rows.to_dict("records"), sizes, printed).faults())
