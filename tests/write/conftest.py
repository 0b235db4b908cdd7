"""A small study: two waves of a city survey, with estimates made by hand."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest

from recount.study.codebook import Codebook
from recount.study.figures import Figures
from recount.study.instrument import Instrument
from recount.study.settings import Settings
from recount.study.tables import Tables
from recount.write.lookup import Lookup
from recount.write.paper import Written, write_paper

TEXTS = ("key", "wave", "question", "statistic", "category", "group", "level", "unit", "method", "hidden")
NUMBERS = ("value", "low", "high", "se", "n", "base", "weighted_n", "weighted_base", "asked", "answered", "df")


def row(key: str, value: float | None, unit: str = "share", **columns: Any) -> dict[str, Any]:
    """One row of estimates.csv, its texts taken from the key."""
    wave, question, statistic, *rest = key.split("/")
    group, _, level = rest.pop().partition("=") if rest and "=" in rest[-1] else ("", "", "")
    made = dict.fromkeys(TEXTS, "") | dict.fromkeys(NUMBERS, None)
    made |= {"key": key, "wave": wave, "question": question, "statistic": statistic, "group": group, "level": level}
    made |= {"category": rest[0] if rest else "", "value": value, "unit": unit}
    counts = {f"weighted_{name}": columns.get(name) for name in ("n", "base")}
    return made | counts | columns


def share(key: str, n: int, base: int, **columns: Any) -> list[dict[str, Any]]:
    """A share and its count, unweighted."""
    p = n / base
    ends = {"low": max(p - 0.1, 0), "high": min(p + 0.1, 1), "n": n, "base": base, "asked": base, "answered": base}
    return [
        row(key, p, **{**ends, "method": "wilson", **columns}),
        row(key.replace("/share/", "/count/"), n, "respondents", n=n, base=base),
    ]


ROWS = [
    *share("2018/office/share/yes", 15, 27),
    *share("2018/office/share/no", 12, 27),
    row("2018/-/respondents", 27, "respondents", n=27, base=27),
    row("2020/-/contacted", 120, "respondents"),
    row("2020/-/received", 55, "respondents"),
    row("2020/-/respondents", 47, "respondents", n=47, base=55),
    row("2020/-/excluded/duplicate", 5, "respondents", n=5, base=55),
    row("2020/-/excluded/no id", 3, "respondents", n=3, base=55),
    row("2020/-/response_rate", 47 / 120, n=47, base=120),
    row("2020/-/changed_cells/spelling", 1234, "number"),
    *share("2020/office/share/yes", 36, 42),
    *share("2020/office/share/no", 6, 42),
    row("2020/office/share_asked/unsure", 5 / 47, n=5, base=47),
    row("2020/office/asked", 47, "respondents", n=47, base=47),
    row("2020/office/nonresponse", 0.0, n=0, base=47),
    *share("2020/office/share/yes/region=africa", 4, 6),
    row("2020/office/share/yes/region=asia", None, hidden="base under 5", base=3, n=None),
    *share("2020/travel/share/yes", 17, 42),
    *share("2020/travel/share/no", 25, 42),
    *share("2020/travel/share/maybe", 0, 42),
    *share("2020/region/share/africa", 24, 47),
    *share("2020/region/share/asia", 23, 47),
    row("2020/networks/share/one", 0.31, n=20, base=47, weighted_n=14.6, weighted_base=47.1),
    row("2020/staff/mean", 4.25, "mean", low=3.1, high=5.4, n=47, base=47),
    row("2020/staff/median", 4.0, "mean", n=47, base=47),
    row("2020/fielded/first", 18324, "days"),
    row("2020/fielded/last", 18354, "days"),
    *share("2020/obstacles/share/funding", 30, 42),
    *share("2020/obstacles/share/staff", 20, 42),
    *share("2020/obstacles/share/mandate", 20, 42),
    *share("2020/obstacles/share/none", 40, 42),
    row("2020/obstacles/kappa/funding", 0.814, "coefficient", n=42),
    row("2020/obstacles/kappa", 0.774, "coefficient", n=42),
    *share("2020/agenda/share/low", 10, 42),
    *share("2020/agenda/share/high", 32, 42),
    row("2020/agenda/mean", 1.76, "mean", base=42, n=42),
]


def _question(name: str, kind: str, categories: Mapping[str, str], **others: Any) -> dict[str, Any]:
    return {
        "id": name,
        "label": name.capitalize(),
        "text": f"What of {name}?",
        "type": kind,
        "categories": [{"id": each, "label": label} for each, label in categories.items()],
        "waves": {"2020": {"column": name}},
        **others,
    }


YES_NO = {"yes": "Yes", "no": "No"}
INSTRUMENT = {
    "title": "A survey",
    "questions": [
        _question("id", "id", {}),
        _question("fielded", "date", {}),
        _question("region", "single", {"africa": "Africa", "asia": "Asia | *the* <b>rest</b> $x$"}),
        _question(
            "office",
            "single",
            YES_NO,
            text='Does your city have an "office" | for it?',
            waves={
                "2018": {"column": "o", "comparable": False, "note": "asked of members only"},
                "2020": {"column": "o"},
            },
        )
        | {
            "categories": [
                {"id": "yes", "label": "Yes"},
                {"id": "no", "label": "No"},
                {"id": "unsure", "label": "Don't know", "missing": True},
            ]
        },
        _question("travel", "single", YES_NO | {"maybe": "Perhaps"}),
        _question("networks", "multi", {"one": "One", "two": "Two"}),
        _question("staff", "number", {}),
        _question("agenda", "scale", {"low": "Low", "high": "High"}),
        _question("obstacles", "text", {}, coded=True),
    ],
}
CODEBOOK = {
    "version": "1",
    "questions": {
        "obstacles": [
            {"id": each, "label": label, "definition": "see there"}
            for each, label in {
                "funding": "Too little money",
                "staff": "Too few people",
                "mandate": "No mandate",
            }.items()
        ]
    },
}
SETTINGS = {
    "title": "Cities abroad",
    "authors": ["A. Author"],
    "waves": {
        "2018": {"export": "a.csv", "design": "census"},
        "2020": {"export": "b.csv", "design": "census"},
    },
    "estimates": {"groups": ["region"]},
    "paper": {"wave": "2020"},
}
FIGURES = {"figures": {"obstacles": {"kind": "bars", "caption": "Obstacles of {{ base('obstacles') }} cities."}}}
ITEMS = [{"question": "office", "category": "yes"}, {"question": "travel", "category": "yes"}]
TABLES = {
    "tables": {
        "items": {"kind": "items", "caption": "Means", "items": ITEMS},
        "regions": {"kind": "crosstab", "caption": "By region", "items": ITEMS, "groups": ["region"]},
        "scale": {"kind": "scale", "caption": "Agendas", "items": [{"question": "agenda"}]},
        "waves": {"kind": "waves", "caption": "Waves", "items": ITEMS},
        "obstacles": {"kind": "themes", "caption": "Codes", "items": [{"question": "obstacles"}], "sort": "descending"},
        "flow": {"kind": "flow", "caption": "Flow"},
    }
}


@pytest.fixture(scope="session")
def estimates() -> pd.DataFrame:
    return pd.DataFrame([row | {"key": row["key"]} for row in ROWS])


@pytest.fixture(scope="session")
def instrument() -> Instrument:
    return Instrument.declared_in("instrument.yaml", INSTRUMENT)


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return Codebook.declared_in("codebook.yaml", CODEBOOK)


@pytest.fixture
def settings() -> Settings:
    return Settings.declared_in("config.yaml", SETTINGS)


@pytest.fixture
def lookup(estimates: pd.DataFrame, settings: Settings, instrument: Instrument, codebook: Codebook) -> Lookup:
    return Lookup(estimates, settings=settings, instrument=instrument, codebook=codebook)


Write = Callable[..., Written]


@pytest.fixture
def write(estimates: pd.DataFrame, instrument: Instrument, codebook: Codebook) -> Write:
    """Write a paper from a template's text; keyword options change the study."""

    def written(template: str, **options: Any) -> Written:
        content = {**SETTINGS, **options.pop("settings", {})}
        given = {
            "estimates": estimates,
            "instrument": instrument,
            "codebook": codebook,
            "settings": Settings.declared_in("config.yaml", content),
            "figures": Figures.declared_in("report/figures.yaml", options.pop("figures", FIGURES)),
            "tables": Tables.declared_in("report/tables.yaml", options.pop("tables", TABLES)),
            "literals": {"COVID-19": "a disease"},
            "bibliography_keys": ["un2015", "acuto2018"],
            "alt_texts": {"obstacles": 'Bars: "funding" 71%, staff 48%.'},
        }
        return write_paper(template, file="report/paper.md.j2", **{**given, **options})

    return written
