import matplotlib as mpl
import pytest

from recount.draw.drawn import Drawn
from recount.draw.io import write_drawn
from tests.draw.hand_built import drawn, outside, overlapping, texts
from tests.draw.studies import FIGURES, estimates

KINDS = list(FIGURES)
LONG = "Whether the city has, or intends to have before the end of the term of office, an office of its own " * 2
HOSTILE = r"$\frac{1}{0}$ & <b>100%</b> {x} _a_ \alpha #1 ^2 $HOME"


def made(kind: str, **options: object) -> Drawn:
    return drawn(FIGURES[kind], estimates(), **options)


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_stands_on_another_or_leaves_the_canvas(kind):
    picture = made(kind, simulated=["2018", "2020"]).picture
    assert (overlapping(picture), outside(picture)) == ([], [])


@pytest.mark.parametrize("kind", KINDS)
def test_long_labels_break_into_lines_and_stand_free(kind):
    picture = made(kind, simulated=["2020"], labels=dict.fromkeys(("office", "travel", "paris"), LONG)).picture
    assert (overlapping(picture), outside(picture)) == ([], [])


@pytest.mark.parametrize("kind", ["dots", "diverging", "dumbbell"])
def test_labels_are_text_and_never_markup(kind):
    got = made(kind, labels={"office": HOSTILE, "paris": HOSTILE})
    assert any("frac" in each for each in texts(got.picture))
    assert HOSTILE in set(got.source["label"])
    assert HOSTILE in got.alternative


@pytest.mark.parametrize("kind", ["dots", "diverging", "dumbbell"])
def test_chinese_labels_are_drawn_with_a_font_that_has_them(kind, tmp_path):
    got = made(kind, labels={"office": "国际交流办公室", "paris": "《巴黎协定》"})
    write_drawn(got, tmp_path / "chinese")  # a glyph that no font has is a warning, and warnings are errors here
    assert any("国际交流" in each or "巴黎" in each for each in texts(got.picture))


@pytest.mark.parametrize("kind", KINDS)
def test_control_characters_and_line_breaks_do_not_break_the_alternative_text(kind):
    labels = dict.fromkeys(("office", "paris"), "a\x00label\nwith\r\nbreaks\u2028and\u202eturns")
    got = made(kind, labels=labels)
    assert got.alternative.isprintable()
    assert overlapping(got.picture) == []


@pytest.mark.parametrize("kind", KINDS)
def test_simulated_responses_are_named_in_picture_and_text(kind):
    marked, real = made(kind, simulated=["2020"]), made(kind)
    assert any("imulated" in each for each in texts(marked.picture))
    assert "simulated" in marked.alternative
    assert not any("imulated" in each for each in texts(real.picture))
    assert "simulated" not in real.alternative


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_waves_drawn_decide_on_the_mark(kind):
    shown = FIGURES[kind].get("waves", ["2020"])
    other = next((wave for wave in ("2018", "2020", "2022") if wave not in shown), None)
    if other is None:
        return
    got = made(kind, simulated=[other])
    assert "simulated" not in got.alternative


@pytest.mark.parametrize("kind", KINDS)
def test_the_alternative_text_is_one_line_of_reasonable_length(kind):
    told = made(kind, simulated=["2020"], labels=dict.fromkeys(("office", "travel", "paris", "sendai"), LONG)).alternative
    assert "\n" not in told
    assert len(told) <= 1000


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_the_same_to_the_byte_when_drawn_again(kind, tmp_path):
    for folder in ("first", "second"):
        write_drawn(made(kind, simulated=["2020"]), tmp_path / folder / "a_figure")
    first, second = (sorted((tmp_path / folder).iterdir()) for folder in ("first", "second"))
    assert [path.suffix for path in first] == [".csv", ".pdf", ".png", ".svg", ".txt"]
    assert [path.name for path in first if path.read_bytes() != (second[0].parent / path.name).read_bytes()] == []


@pytest.mark.parametrize("kind", KINDS)
def test_settings_of_others_neither_change_a_figure_nor_are_changed_by_it(kind, tmp_path):
    write_drawn(made(kind), tmp_path / "plain")
    with mpl.rc_context({"font.size": 30, "text.parse_math": True, "lines.linewidth": 9, "axes.facecolor": "red"}):
        before = dict(mpl.rcParams)
        write_drawn(made(kind), tmp_path / "other")
        assert dict(mpl.rcParams) == before
    assert (tmp_path / "plain.png").read_bytes() == (tmp_path / "other.png").read_bytes()
    assert (tmp_path / "plain.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_files_hold_no_date_and_no_name_of_the_machine(kind, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    write_drawn(made(kind), tmp_path / "a_figure")
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert str(tmp_path).encode() not in content
        assert b"CreationDate" not in content
        assert b"matplotlib.org" not in content
        assert b"2020-09-13" not in content


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_of_the_source_is_a_row_of_the_estimates(kind):
    given, got = estimates(), made(kind).source
    assert got["key"].is_unique
    exp = given.set_index("key").loc[list(got["key"])].reset_index()[list(given.columns)]
    assert got[list(given.columns)].reset_index(drop=True).equals(exp)


@pytest.mark.parametrize("kind", KINDS)
def test_alternative_text_and_source_are_as_they_were(kind, snapshot):
    got = made(kind, simulated=["2020"])
    assert got.alternative == snapshot
    assert got.source[["label", "series", "panel", "display", "key"]].to_csv(index=False) == snapshot
