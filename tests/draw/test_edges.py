"""What a study may hold that the first one does not: many waves, long names, other scripts, weights, wide scales."""

from pathlib import Path
from typing import Any

import pytest

from recount.draw.drawn import Drawn
from recount.draw.figure import draw_figure
from recount.draw.io import write_drawn
from recount.errors import StudyError
from recount.study.figures import Figure
from recount.study.instrument import Instrument
from recount.study.settings import Settings
from tests.draw.hand_built import (
    CODEBOOK,
    YES_NO,
    count,
    drawn,
    frame,
    marks,
    outside,
    overlapping,
    question,
    scale,
    share,
    texts,
)

YEARS = tuple(str(year) for year in range(2008, 2024, 2))
LONG = "a category with a long label that goes on and on, with commas, and with more than one line of text"
ONE = {"kind": "dots", "items": [{"question": "office", "category": "yes"}]}
OFFICE = frame(share("2020", "office", "yes", 36, 42))


def of_study(figure: dict[str, Any], rows: Any, asked: dict[str, Any], waves: tuple[str, ...], **more: Any) -> Drawn:
    declared = {wave: {"export": "x.csv", "design": "nonprobability", "simulated": True} for wave in waves}
    content = {"title": "A survey", "waves": declared, "paper": {"wave": waves[-1]}, **more}
    return draw_figure(
        "a_figure",
        Figure.declared_in("report/figures.yaml", {"caption": "A caption.", **figure}),
        estimates=rows,
        instrument=Instrument.declared_in("data/instrument.yaml", {"title": "A survey", "questions": [asked]}),
        codebook=CODEBOOK,
        settings=Settings.declared_in("config.yaml", content),
    )


def assert_legible(got: Drawn) -> None:
    assert (overlapping(got.picture), outside(got.picture)) == ([], [])


@pytest.mark.parametrize("waves", [1, 2, 5, 8])
def test_a_dumbbell_of_many_waves_is_legible(waves: int) -> None:
    asked = question("office", "Office for international engagement", categories=YES_NO, waves=YEARS)
    rows = [share(wave, "office", "yes", 10 + 3 * place, 50) for place, wave in enumerate(YEARS)]
    figure = {"kind": "dumbbell", "items": [{"question": "office", "category": "yes"}], "waves": list(YEARS[:waves])}
    got = of_study(figure, frame(rows), asked, YEARS)
    assert_legible(got)
    assert list(got.source["wave"]) == list(YEARS[:waves])


@pytest.mark.parametrize("waves", [1, 3, 4, 8])
def test_a_flow_of_many_waves_with_large_numbers_and_a_long_reason_is_legible(waves: int) -> None:
    asked = question("office", "Office", categories=YES_NO, waves=YEARS)
    rows = [
        row
        for wave in YEARS
        for row in (
            count(wave, "contacted", 1234567),
            count(wave, "received", 99999),
            count(wave, "excluded", 12345, "partial"),
            count(wave, "excluded", 3, "asked by letter to be taken out of all waves"),
            count(wave, "respondents", 87651),
            share(wave, "-", "", 87651, 1234567, statistic="response_rate"),
        )
    ]
    got = of_study({"kind": "flow", "waves": list(YEARS[:waves])}, frame(rows), asked, YEARS)
    assert_legible(got)
    assert sum("1,234,567" in text for text in texts(got.picture)) == waves


@pytest.mark.parametrize("kind", ["bars", "upset"])
def test_many_categories_with_long_labels_are_legible_and_told_in_a_thousand_characters(kind: str) -> None:
    names = [f"c{place}" for place in range(20)]
    asked = question(
        "many",
        "Many",
        "multi",
        combinations=True,
        categories=[{"id": each, "label": f"{each} {LONG}"} for each in names],
    )
    sets = [share("2022", "many", each, 40 - place, 45) for place, each in enumerate(names)]
    combined = ["+".join(names[: place + 1]) for place in range(20)]
    both = [share("2022", "many", each, 40 - place, 45, statistic="combination") for place, each in enumerate(combined)]
    figure = {"kind": kind, "items": [{"question": "many"}], "most": 15}
    got = of_study(figure, frame(sets, both), asked, ("2018", "2020", "2022"))
    assert_legible(got)
    assert len(got.alternative) <= 1000


@pytest.mark.parametrize("points", [2, 3, 4, 7, 11])
def test_a_scale_of_any_length_is_centred_and_legible(points: int) -> None:
    names = [f"p{place}" for place in range(points)]
    categories = [{"id": each, "label": f"Point {each}", "score": place} for place, each in enumerate(names)]
    asked = question("s", "A scale", "scale", categories=categories, waves=["2020"])
    rows = [share("2020", "s", each, 4, 4 * points) for each in names]
    silent = share("2020", "s", "no answer", 2, 4 * points + 2, statistic="share_asked")
    got = of_study({"kind": "diverging", "items": [{"question": "s"}]}, frame(rows, silent), asked, ("2020",))
    assert_legible(got)
    bars = [bar for axes in got.picture.axes for bar in axes.patches][:points]
    ends = sorted(edge for bar in bars for edge in (bar.get_x(), bar.get_x() + bar.get_width()))
    assert ends[0] == pytest.approx(-0.5)
    assert ends[-1] == pytest.approx(0.5)
    assert len({bar.get_facecolor() for bar in bars}) == points


def test_a_wave_that_did_not_offer_the_middle_of_the_scale_is_centred_all_the_same() -> None:
    names = ["p0", "p1", "p2", "p3", "p4"]
    asked = question(
        "s", "A scale", "scale", categories=[{"id": each, "label": each} for each in names], waves=["2020"]
    )
    asked["waves"]["2020"]["offered"] = ["p0", "p1", "p3", "p4"]
    rows = [share("2020", "s", each, n, 20) for each, n in zip(("p0", "p1", "p3", "p4"), (3, 2, 10, 5), strict=True)]
    silent = share("2020", "s", "no answer", 2, 22, statistic="share_asked")
    got = of_study({"kind": "diverging", "items": [{"question": "s"}]}, frame(rows, silent), asked, ("2020",))
    left = min(bar.get_x() for axes in got.picture.axes for bar in axes.patches)
    assert left == pytest.approx(-0.25)


def test_scales_with_other_answers_do_not_share_a_figure() -> None:
    estimates = frame(scale("2020", "paris", [1, 4, 8, 17, 13]), share("2020", "office", "yes", 36, 42))
    with pytest.raises(StudyError, match="office"):
        drawn({"kind": "diverging", "items": [{"question": "paris"}, {"question": "office"}]}, estimates)


@pytest.mark.parametrize("label", ["Office 国际交流 office 交流办公室 " * 6, "x" * 1500, "W" * 90, "a\n\n\nb", " "])
def test_no_label_leaves_the_canvas(label: str) -> None:
    assert_legible(drawn(ONE, OFFICE, labels={"office": label}, simulated=["2020"]))


@pytest.mark.parametrize("label", ["Hello 🎉", "ภาษาไทย", "हिन्दी"])
def test_a_letter_that_no_font_has_is_told_and_not_drawn_as_a_box(label: str) -> None:
    with pytest.raises(StudyError, match="font"):
        drawn(ONE, OFFICE, labels={"office": label})


@pytest.mark.parametrize("label", ["مكتب العلاقات الدولية", "Ελληνικά", "Международные связи", "국제 교류", "国際交流"])
def test_labels_in_other_scripts_are_drawn(label: str) -> None:
    got = drawn(ONE, OFFICE, labels={"office": label})
    assert_legible(got)  # a letter that no font has would be a warning, and warnings are errors here
    assert label in got.alternative


def test_a_weighted_share_is_not_shown_as_respondents_of_a_base() -> None:
    weighted = share("2020", "office", "yes", 36, 42, value=0.7, weighted_n=31.5, weighted_base=45.0)
    got = drawn(ONE, frame(weighted))
    said = " ".join([*texts(got.picture), got.alternative])
    assert "70%" in said
    assert "36 of 42" not in said
    assert "42" in said
    assert "weighted" in said


def test_the_confidence_of_the_intervals_is_the_one_that_was_set() -> None:
    asked = question("office", "Office", categories=YES_NO, waves=["2020"])
    got = of_study(ONE, OFFICE, asked, ("2020",), estimates={"confidence": 0.9})
    said = " ".join(texts(got.picture))
    assert "90%" in said
    assert "95%" not in said


def test_very_small_shares_and_none_at_all_are_drawn() -> None:
    rows = [share("2020", "obstacles", code, n, 1_000_000) for code, n in (("funding", 3), ("staff", 0))]
    got = drawn({"kind": "bars", "items": [{"question": "obstacles"}]}, frame(rows))
    assert_legible(got)
    assert list(got.source["n"]) == [3, 0]


def test_a_category_that_is_no_opinion_is_shown_as_a_share_of_those_asked() -> None:
    figure = {"kind": "dots", "items": [{"question": "paris", "category": "dont_know"}]}
    got = drawn(figure, frame(scale("2020", "paris", [1, 4, 8, 17, 13])))
    assert list(got.source["statistic"]) == ["share_asked"]
    assert "2 of 47" in " ".join(texts(got.picture))


def test_long_names_of_what_is_no_opinion_leave_the_scale_its_room() -> None:
    names = [f"p{place}" for place in range(5)]
    categories: list[dict[str, Any]] = [{"id": each, "label": each} for each in names]
    categories += [{"id": "dk", "label": "Don't know, or would rather not say in a survey", "missing": True}]
    asked = question("s", "A scale", "scale", categories=categories, waves=["2020"])
    rows = [share("2020", "s", each, 4, 20) for each in names]
    silent = [share("2020", "s", each, 2, 24, statistic="share_asked") for each in ("dk", "no answer")]
    got = of_study({"kind": "diverging", "items": [{"question": "s"}]}, frame(rows, silent), asked, ("2020",))
    assert_legible(got)
    bars = [bar.get_window_extent() for axes in got.picture.axes for bar in axes.patches][:5]
    assert max(bar.x1 for bar in bars) - min(bar.x0 for bar in bars) > 0.4 * got.picture.bbox.width


def test_waves_with_the_same_values_stay_within_their_lines() -> None:
    items = [{"question": each, "category": "yes"} for each in ("office", "travel", "training")]
    rows = [share(wave, each["question"], "yes", 12, 40) for each in items for wave in ("2018", "2020", "2022")]
    got = drawn({"kind": "dumbbell", "items": items, "waves": ["2018", "2020", "2022"]}, frame(rows))
    heights = sorted(float(mark.get_ydata()[0]) for mark in marks(got.picture) if mark.get_xdata()[0] == 12 / 40)
    within, between = heights[1] - heights[0], heights[3] - heights[2]
    assert between > 1.5 * within


def test_letters_in_a_pdf_are_embedded_as_fonts_that_publishers_take(tmp_path: Path) -> None:
    write_drawn(drawn(ONE, OFFICE), tmp_path / "a_figure")
    content = (tmp_path / "a_figure.pdf").read_bytes()
    assert b"/FontFile2" in content
    assert b"/Subtype /Type3" not in content
