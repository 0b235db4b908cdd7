"""An instrument, estimates built by hand, and one call, so that a test shows only what it is about."""

from collections.abc import Iterable
from itertools import combinations, pairwise
from typing import Any

import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure as Picture
from matplotlib.lines import Line2D
from matplotlib.text import Text

from recount.draw.figure import Drawn, draw_figure
from recount.draw.theme import themed
from recount.estimate.rows import NUMBERS, typed
from recount.study.codebook import Codebook
from recount.study.figures import Figure
from recount.study.instrument import Instrument
from recount.study.settings import Settings

WAVES = ("2018", "2020", "2022")
YES_NO = [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]
EXTENT = [
    {"id": "not_at_all", "label": "Not at all", "score": 1},
    {"id": "slightly", "label": "Slightly", "score": 2},
    {"id": "moderately", "label": "Moderately", "score": 3},
    {"id": "strongly", "label": "Strongly", "score": 4},
    {"id": "very_strongly", "label": "Very strongly", "score": 5},
    {"id": "dont_know", "label": "Don't know", "missing": True},
]
NETS = {
    "nets": {"strong": ["strongly", "very_strongly"], "weak": ["not_at_all", "slightly"]},
    "net": ["strong", "weak"],
}
BROKEN = {"comparable": False, "note": "worded otherwise"}


def question(id: str, label: str, type: str = "single", *, breaks: Iterable[str] = (), **more: Any) -> dict[str, Any]:  # noqa: A002 - as the instrument names them
    waves = {wave: {"column": id, **(BROKEN if wave in breaks else {})} for wave in more.pop("waves", WAVES)}
    return {"id": id, "label": label, "text": label, "type": type, "waves": waves, **more}


def instrument(**labels: str) -> Instrument:
    """The questions of these tests; `labels` puts other labels in place."""
    declared = [
        question("office", "Office for international engagement", categories=YES_NO),
        question("travel", "Budget for international travel", categories=YES_NO, breaks=["2018"]),
        question("training", "Training for city diplomacy", categories=YES_NO, breaks=["2020"]),
        question("events", "Resources for events", categories=YES_NO, waves=["2020", "2022"]),
        question("paris", "Paris Agreement", "scale", categories=EXTENT, **NETS),
        question("sendai", "Sendai Framework", "scale", categories=EXTENT, **NETS),
        question(
            "networks",
            "Networks",
            "multi",
            combinations=True,
            categories=[
                {"id": "climate", "label": "Climate and environment"},
                {"id": "general", "label": "General association of local governments"},
                {"id": "twinning", "label": "Sister cities"},
                {"id": "alone", "label": "None of these", "alone": True},
            ],
        ),
        question("obstacles", "Obstacles", "text", coded=True),
    ]
    for each in declared:
        each["label"] = labels.get(each["id"], each["label"])
    return Instrument.declared_in("data/instrument.yaml", {"title": "A survey", "questions": declared})


CODEBOOK = Codebook.declared_in(
    "codebook.yaml",
    {
        "version": "1",
        "questions": {
            "obstacles": [
                {"id": "funding", "label": "Inadequate funding and resources", "definition": "money"},
                {"id": "staff", "label": "Too few or untrained staff", "definition": "people"},
                {"id": "time", "label": "Time", "definition": "time"},
            ]
        },
    },
)


def settings(simulated: Iterable[str] = (), **display: Any) -> Settings:
    waves = {
        wave: {"title": wave, "export": "x.csv", "design": "nonprobability", "simulated": wave in simulated}
        for wave in WAVES
    }
    content = {"title": "A survey", "waves": waves, "paper": {"wave": "2020"}, "display": display}
    return Settings.declared_in("config.yaml", content)


def estimate(wave: str, question: str, statistic: str, category: str = "", **columns: Any) -> dict[str, Any]:
    key = "/".join(part for part in (wave, question, statistic, category) if part)
    texts = {"key": key, "wave": wave, "question": question, "statistic": statistic, "category": category}
    numbers = dict.fromkeys(NUMBERS, float("nan"))
    filled = {**texts, "group": "", "level": "", **numbers, "unit": "share", "method": "", "hidden": "", **columns}
    same = {name: filled[name] for name in ("n", "base") if f"weighted_{name}" not in columns}
    return {**filled, **{f"weighted_{name}": value for name, value in same.items()}}


def share(  # one share of n in base, its interval ten points to each side
    wave: str, question: str, category: str, n: int, base: int, *, statistic: str = "share", **columns: Any
) -> dict[str, Any]:
    value = n / base
    ends = {"low": max(value - 0.1, 0.0), "high": min(value + 0.1, 1.0), "method": "wilson"}
    counts = {"n": n, "base": base, "asked": base, "answered": base}
    return estimate(wave, question, statistic, category, **{"value": value, **ends, **counts, **columns})


def hidden(wave: str, question: str, category: str, base: int, *, statistic: str = "share") -> dict[str, Any]:
    reason = "base under 5"
    return estimate(wave, question, statistic, category, base=base, asked=47, answered=base, hidden=reason)


def count(wave: str, statistic: str, value: float, category: str = "") -> dict[str, Any]:
    return estimate(wave, "-", statistic, category, value=value, unit="respondents")


def scale(
    wave: str, question: str, counts: Iterable[int], *, dont_know: int = 2, silent: int = 2
) -> list[dict[str, Any]]:
    """All rows of a question on the scale of these tests, from the counts of its five categories."""
    counts = list(counts)
    base = sum(counts)
    asked = base + dont_know + silent
    names = [each["id"] for each in EXTENT if not each.get("missing")]
    rows = [share(wave, question, name, n, base) for name, n in zip(names, counts, strict=True)]
    everyone = dict(zip(names, counts, strict=True)) | {"dont_know": dont_know, "no answer": silent}
    rows += [share(wave, question, name, n, asked, statistic="share_asked") for name, n in everyone.items()]
    rows += [
        share(wave, question, "strong", counts[3] + counts[4], base),
        share(wave, question, "weak", counts[0] + counts[1], base),
    ]
    net = (counts[3] + counts[4] - counts[0] - counts[1]) / base
    return [*rows, estimate(wave, question, "net", value=net, n=base, base=base, unit="difference of shares")]


def frame(*rows: dict[str, Any] | list[dict[str, Any]]) -> pd.DataFrame:
    flat = [each for row in rows for each in (row if isinstance(row, list) else [row])]
    return typed(pd.DataFrame(flat))


def drawn(
    figure: dict[str, Any],
    estimates: pd.DataFrame,
    *,
    simulated: Iterable[str] = (),
    labels: dict[str, str] | None = None,
    asked: Instrument | None = None,
    **display: Any,
) -> Drawn:
    return draw_figure(
        "a_figure",
        Figure.declared_in("report/figures.yaml", {"caption": "A caption.", **figure}),
        estimates=estimates,
        instrument=asked or instrument(**(labels or {})),
        codebook=CODEBOOK,
        settings=settings(simulated, **display),
    )


def texts(picture: Picture) -> list[str]:
    """All that can be read in the picture, line breaks as blanks."""
    return [text.get_text().replace("\n", " ") for text in _written(picture)]


def _written(picture: Picture) -> list[Text]:
    return [text for text in picture.findobj(Text) if text.get_visible() and text.get_text().strip()]


def segments(picture: Picture) -> list[tuple[float, float]]:
    """The two ends on the x axis of each drawn line that goes from left to right, in data."""
    found = []
    for axes in picture.axes:
        paths = [line.get_xydata() for line in axes.lines if line.get_linestyle() not in ("None", "", " ")]
        paths += [
            path.vertices for each in axes.collections if isinstance(each, LineCollection) for path in each.get_paths()
        ]
        for path in paths:
            ends = pairwise(path)
            found += [tuple(sorted((float(a[0]), float(b[0])))) for a, b in ends if a[0] != b[0]]
    return found


def marks(picture: Picture) -> list[Line2D]:
    """The markers drawn in axes."""
    return [line for axes in picture.axes for line in axes.lines if line.get_marker() not in ("None", "", " ", None)]


def overlapping(picture: Picture) -> list[tuple[str, str]]:
    """Pairs of texts of which one stands on the other."""
    boxes = _boxes(picture)
    return [
        (first, second)
        for (first, a), (second, b) in combinations(boxes, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1
    ]


def outside(picture: Picture) -> list[str]:
    """The texts that leave the canvas."""
    page = picture.bbox
    return [
        text
        for text, box in _boxes(picture)
        if box.x0 < page.x0 or box.x1 > page.x1 or box.y0 < page.y0 or box.y1 > page.y1
    ]


def _boxes(picture: Picture) -> list[tuple[str, Any]]:
    with themed():
        picture.draw_without_rendering()
        return [(text.get_text(), text.get_window_extent()) for text in _written(picture)]
