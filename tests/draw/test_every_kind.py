"""What holds for all kinds of figures."""

from functools import cache
from pathlib import Path

import matplotlib as mpl
import pytest
from syrupy.assertion import SnapshotAssertion

from recount.draw.drawn import Drawn
from recount.draw.io import write_drawn
from tests.draw.hand_built import drawn, outside, overlapping, texts
from tests.draw.studies import FIGURES, estimates

KINDS = list(FIGURES)
WITH_QUESTIONS = ["dots", "diverging", "dumbbell"]
LONG = "Whether the city has, or intends to have before the end of the term of office, an office of its own " * 2
HOSTILE = r"$\nonsense{1}$ & <b>100%</b> {x} _a_ \alpha #1 ^2 $HOME $"
OTHERS = {"font.size": 30, "text.parse_math": True, "lines.linewidth": 9, "axes.facecolor": "red", "svg.hashsalt": "x"}

Written = dict[str, bytes]


@cache
def made(kind: str, *simulated: str) -> Drawn:
    return drawn(FIGURES[kind], estimates(), simulated=simulated)


def labelled(kind: str, label: str) -> Drawn:
    labels = dict.fromkeys(("office", "travel", "paris"), label)
    return drawn(FIGURES[kind], estimates(), simulated=["2020"], labels=labels)


def written(drawing: Drawn, folder: Path) -> Written:
    write_drawn(drawing, folder / "a_figure")
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module", params=KINDS)
def twice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Written, Written]:
    """The files of a figure, and of the same one drawn anew on another day, among settings of someone else."""
    first = written(made(request.param), tmp_path_factory.mktemp("first"))
    with pytest.MonkeyPatch.context() as patch, mpl.rc_context(OTHERS):
        patch.setenv("SOURCE_DATE_EPOCH", "1600000000")
        before = dict(mpl.rcParams)
        second = written(drawn(FIGURES[request.param], estimates()), tmp_path_factory.mktemp("second"))
        assert dict(mpl.rcParams) == before
    return first, second


def test_files_are_the_same_to_the_byte_when_drawn_again(twice: tuple[Written, Written]) -> None:
    first, second = twice
    assert list(first) == [f"a_figure.{each}" for each in ("csv", "pdf", "png", "svg", "txt")]
    assert [name for name in first if first[name] != second[name]] == []


def test_files_hold_no_date_no_folder_and_no_address(twice: tuple[Written, Written]) -> None:
    for content in twice[1].values():
        for unwanted in (b"CreationDate", b"2020-09-13", b"matplotlib.org", b"second0"):
            assert unwanted not in content


def test_text_files_end_their_lines_as_unix_does(twice: tuple[Written, Written]) -> None:
    assert [name for name in twice[0] if name.endswith(("csv", "svg", "txt")) and b"\r" in twice[0][name]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_stands_on_another_or_leaves_the_canvas(kind: str) -> None:
    picture = made(kind, "2018", "2020").picture
    assert (overlapping(picture), outside(picture)) == ([], [])


@pytest.mark.parametrize("kind", WITH_QUESTIONS)
def test_long_labels_break_into_lines_and_stand_free(kind: str) -> None:
    got = labelled(kind, LONG)
    assert (overlapping(got.picture), outside(got.picture)) == ([], [])
    assert len(got.alternative) <= 1000


@pytest.mark.parametrize("kind", WITH_QUESTIONS)
def test_labels_are_text_and_never_markup(kind: str) -> None:
    got = labelled(kind, HOSTILE)
    assert any("nonsense" in each for each in texts(got.picture))
    assert outside(got.picture) == []  # as mathematics this could not even be measured
    assert HOSTILE in set(got.source["label"])
    assert HOSTILE in got.alternative


@pytest.mark.parametrize("kind", WITH_QUESTIONS)
def test_chinese_labels_are_drawn_with_a_font_that_has_them(kind: str, tmp_path: Path) -> None:
    got = labelled(kind, "国际交流办公室")
    written(got, tmp_path)  # a glyph that no font has is a warning, and warnings are errors here
    assert any("国际交流" in each for each in texts(got.picture))


@pytest.mark.parametrize("kind", WITH_QUESTIONS)
def test_control_characters_and_line_breaks_do_not_break_the_alternative_text(kind: str) -> None:
    got = labelled(kind, "a\x00label\nwith\r\nbreaks\u2028and\u202eturns")
    assert got.alternative.isprintable()
    assert "a label with breaks andturns" in got.alternative
    assert overlapping(got.picture) == []


@pytest.mark.parametrize("kind", KINDS)
def test_simulated_responses_are_named_in_picture_and_text(kind: str) -> None:
    marked, real = made(kind, "2020"), made(kind)
    assert any("imulated" in each for each in texts(marked.picture))
    assert "simulated" in marked.alternative
    assert not any("imulated" in each for each in texts(real.picture))
    assert "simulated" not in real.alternative


@pytest.mark.parametrize("kind", [each for each in KINDS if each != "dumbbell"])
def test_only_the_waves_drawn_decide_on_the_mark(kind: str) -> None:
    assert "simulated" not in made(kind, "2022").alternative


@pytest.mark.parametrize("kind", KINDS)
def test_the_alternative_text_is_one_line_of_reasonable_length(kind: str) -> None:
    told = made(kind, "2020").alternative
    assert "\n" not in told
    assert len(told) <= 1000


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_of_the_source_is_a_row_of_the_estimates(kind: str) -> None:
    given, got = estimates(), made(kind).source
    assert got["key"].is_unique
    exp = given.set_index("key").loc[list(got["key"])].reset_index()[list(given.columns)]
    assert got[list(given.columns)].reset_index(drop=True).equals(exp)


@pytest.mark.parametrize("kind", KINDS)
def test_alternative_text_and_source_are_as_they_were(kind: str, snapshot: SnapshotAssertion) -> None:
    got = made(kind, "2020")
    assert got.alternative == snapshot
    assert got.source[["label", "series", "panel", "display", "key"]].to_csv(index=False) == snapshot
