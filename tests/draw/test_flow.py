from tests.draw.hand_built import count, drawn, frame, share, texts


def wave(name: str, contacted: int | None, received: int, excluded: dict[str, int]) -> list[dict[str, object]]:
    kept = received - sum(excluded.values())
    rows = [count(name, "received", received), *(count(name, "excluded", n, reason) for reason, n in excluded.items())]
    rows.append(count(name, "respondents", kept))
    if contacted is not None:
        rate = share(name, "-", "", kept, contacted, statistic="response_rate")
        rows = [count(name, "contacted", contacted), *rows, rate]
    return rows


ESTIMATES = frame(
    wave("2018", None, 33, {"test": 2, "preview": 0, "partial": 3, "duplicate": 1}),
    wave("2020", 104, 60, {"test": 2, "preview": 2, "withdrawn": 1, "partial": 5, "speeder": 1, "duplicate": 2}),
)
FLOW = {"kind": "flow", "waves": ["2020"]}


def test_every_step_and_every_reason_that_occurred_is_told() -> None:
    got = drawn(FLOW, ESTIMATES)
    said = " ".join(texts(got.picture))
    for each in ("104", "60", "47"):
        assert each in said
        assert each in got.alternative
    assert list(got.source["statistic"])[:2] == ["contacted", "received"]
    assert set(got.source.loc[got.source["statistic"] == "excluded", "category"]) == {
        "test", "preview", "withdrawn", "partial", "speeder", "duplicate",
    }  # fmt: skip


def test_reasons_that_did_not_occur_are_left_out() -> None:
    got = drawn({**FLOW, "waves": ["2018"]}, ESTIMATES)
    assert "preview" not in set(got.source["category"])
    assert "preview" not in got.alternative.casefold()


def test_a_wave_of_which_nobody_knows_how_many_were_contacted_begins_with_what_was_received() -> None:
    got = drawn({**FLOW, "waves": ["2018"]}, ESTIMATES)
    assert "contacted" not in set(got.source["statistic"])
    assert "27" in got.alternative


def test_waves_stand_side_by_side_each_with_its_name() -> None:
    got = drawn({**FLOW, "waves": ["2018", "2020"]}, ESTIMATES)
    assert {"2018", "2020"} <= set(texts(got.picture))
    assert list(dict.fromkeys(got.source["wave"])) == ["2018", "2020"]
