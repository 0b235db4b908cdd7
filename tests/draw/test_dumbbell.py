from matplotlib.colors import to_hex

from recount.draw.theme import OKABE_ITO
from tests.draw.hand_built import drawn, frame, hidden, instrument, marks, segments, share, texts

WAVES = ["2018", "2020", "2022"]
PALETTE = {colour.lower() for colour in OKABE_ITO.values()}
BASES = {"2018": 27, "2020": 42, "2022": 59}
COUNTS = {"2018": 16, "2020": 36, "2022": 53}


def dumbbell(*questions: str) -> dict[str, object]:
    return {"kind": "dumbbell", "waves": WAVES, "items": [{"question": each, "category": "yes"} for each in questions]}


def shares(question: str, *waves: str) -> list[dict[str, object]]:
    return [share(wave, question, "yes", COUNTS[wave], BASES[wave]) for wave in waves or WAVES]


def at(wave: str) -> float:
    return COUNTS[wave] / BASES[wave]


def joined(picture: object) -> set[tuple[float, float]]:
    """The pairs of wave values that a line joins."""
    values = {at(wave) for wave in WAVES}
    return {ends for ends in segments(picture) if set(ends) <= values}


def hollow(picture: object) -> list[float]:
    return [
        float(mark.get_xdata()[0])
        for mark in marks(picture)
        if is_hollow(mark) and mark.get_xdata()[0] in map(at, WAVES)
    ]


def is_hollow(mark: object) -> bool:
    return to_hex(mark.get_markerfacecolor()) == "#ffffff"


def test_comparable_waves_are_joined_by_lines_and_filled() -> None:
    picture = drawn(dumbbell("office"), frame(shares("office"))).picture
    assert joined(picture) == {(at("2018"), at("2020")), (at("2020"), at("2022"))}
    assert hollow(picture) == []


def test_no_line_goes_to_a_wave_that_is_not_comparable_and_its_mark_is_hollow() -> None:
    picture = drawn(dumbbell("travel"), frame(shares("travel"))).picture
    assert joined(picture) == {(at("2020"), at("2022"))}
    assert hollow(picture) == [at("2018")]


def test_no_line_goes_across_a_wave_that_is_not_comparable() -> None:
    picture = drawn(dumbbell("training"), frame(shares("training"))).picture
    assert joined(picture) == set()
    assert hollow(picture) == [at("2020")]


def test_a_wave_that_did_not_ask_has_no_mark() -> None:
    got = drawn(dumbbell("events"), frame(shares("events", "2020", "2022")))
    assert list(got.source["wave"]) == ["2020", "2022"]
    assert joined(got.picture) == {(at("2020"), at("2022"))}
    assert "not asked" in got.alternative


def test_the_legend_and_the_alternative_text_explain_hollow_marks() -> None:
    got = drawn(dumbbell("travel"), frame(shares("travel")))
    assert "not comparable" in " ".join(texts(got.picture)).casefold()
    assert "not comparable" in got.alternative
    plain = drawn(dumbbell("office"), frame(shares("office")))
    assert "comparable" not in plain.alternative


def test_waves_have_colours_of_the_palette_each_its_own() -> None:
    picture = drawn(dumbbell("office"), frame(shares("office"))).picture
    colours = {
        at(wave): to_hex(mark.get_markeredgecolor())
        for mark in marks(picture)
        for wave in WAVES
        if mark.get_xdata()[0] == at(wave)
    }
    assert len(set(colours.values())) == 3
    assert set(colours.values()) <= PALETTE


def test_a_hidden_wave_has_no_mark_and_no_line() -> None:
    rows = [*shares("office", "2020", "2022"), hidden("2018", "office", "yes", 4)]
    got = drawn(dumbbell("office"), frame(rows))
    assert joined(got.picture) == {(at("2020"), at("2022"))}
    assert "hidden: base under 5" in got.alternative
    assert got.source.loc[got.source["wave"] == "2018", "value"].isna().all()


def test_the_source_goes_item_by_item_and_wave_by_wave() -> None:
    got = drawn(dumbbell("travel", "office"), frame(shares("office"), shares("travel"))).source
    assert list(got["key"]) == [f"{wave}/{each}/share/yes" for each in ("travel", "office") for wave in WAVES]
    assert list(got["series"]) == WAVES * 2


def test_every_value_is_written_in_the_picture() -> None:
    said = " ".join(texts(drawn(dumbbell("office"), frame(shares("office"))).picture))
    assert [each in said for each in ("59%", "86%", "90%", "36 of 42", "16 of 27")] == [True] * 5


def test_no_line_goes_across_a_break_that_nobody_declared() -> None:
    declared = instrument()
    office = next(each for each in declared.questions if each.id == "office")
    reworded = office.waves["2020"].model_copy(update={"text": "Is there an office?"})
    asked = office.model_copy(update={"waves": office.waves | {"2020": reworded}})
    others = tuple(asked if each.id == "office" else each for each in declared.questions)
    broken = declared.model_copy(update={"questions": others})
    assert joined(drawn(dumbbell("office"), frame(shares("office")), asked=broken).picture) == set()
