"""The responses that a platform would hold: those that count, and those that must not."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from recount.simulate.answers import Answers, Play
from recount.simulate.chance import proportional

SPEEDER_SECONDS = (35, 100)
SECONDS = (540, 0.5)  # median, sd of the logarithm
SLOWEST = 86_000
FASTEST = 180
FIRST_HOUR, LAST_HOUR = 8, 19


@dataclass(frozen=True)
class Kind:
    """A kind of response: how many, and how far through the questionnaire (lowest and highest share)."""

    name: str
    count: int
    reached: tuple[float, float] = (1.0, 1.0)


def records_of(play: Play, answers: Answers) -> pd.DataFrame:
    """List all responses in the order in which the platform recorded them.

    `respondent` is whose answers they hold (a position), `name` what stands as id, `kind` what they are, `reached` the
    share of the questionnaire that was seen; `started` and `recorded` are datetime64[s], `seconds` the time between.
    """
    chance = play.chance("records")
    size = len(play.members)
    kept = pd.DataFrame({"respondent": np.arange(size), "name": play.members.names, "kind": "kept", "reached": 1.0})
    frames = [kept]
    strangers = iter(play.members.others.tolist())
    for kind in _kinds(play):
        likely = _fullest(answers, kind.count) if kind.name == "duplicate" else np.arange(size)
        respondent = chance.choice(likely, size=kind.count, replace=kind.count > len(likely))
        names = [_name(kind.name, number, play.members.names[place], strangers) for number, place in enumerate(respondent)]
        reached = chance.uniform(*kind.reached, size=kind.count)
        frames.append(pd.DataFrame({"respondent": respondent, "name": names, "kind": kind.name, "reached": reached}))
    records = pd.concat([frame for frame in frames if len(frame)], ignore_index=True)
    _time(records, play, chance)
    return records.sort_values(["recorded", "name"], kind="stable", ignore_index=True)


def _kinds(play: Play) -> list[Kind]:
    declared = play.design.wave(play.wave)
    extra = declared.extra
    of, to = declared.respondents, len(play.members)
    wanted = [
        Kind("test", extra.tests),
        Kind("preview", extra.previews, (0.2, 1.0)),
        Kind("duplicate", extra.duplicates, (0.62, 0.75)),
        Kind("partial", extra.partials, (0.1, 0.35)),
        Kind("speeder", extra.speeders),
        Kind("without id", extra.without_id, (0.8, 1.0)),
        Kind("withdrawn", extra.withdrawn.count),
    ]
    return [Kind(kind.name, proportional(kind.count, of=of, to=to), kind.reached) for kind in wanted]


def _fullest(answers: Answers, count: int) -> np.ndarray:
    """Those who answered most: a second response that stops early is then the less complete one."""
    total = np.sum([answers.answered(question).astype(int) for question in answers.asked], axis=0)
    return np.argsort(-total, kind="stable")[: max(4 * count, len(total) // 4)]


def _name(kind: str, number: int, own: str, strangers: object) -> str:
    if kind == "test":
        return f"TEST {number + 1}" if number % 2 else "test"
    if kind == "preview":
        return ["abc", "1", "xxx"][number % 3]
    if kind == "without id":
        return ""
    if kind == "duplicate":
        return own
    return str(next(strangers, f"{own}X"))  # type: ignore[call-overload]


def _time(records: pd.DataFrame, play: Play, chance: np.random.Generator) -> None:
    """Give each response its time, on working days and in office hours."""
    first, last = _period(play)
    days = np.arange(np.datetime64(first), np.datetime64(last) + 1)
    days = days[np.is_busday(days)] if np.is_busday(days).any() else days
    count = len(records)
    seconds = np.exp(chance.normal(np.log(SECONDS[0]), SECONDS[1], size=count)).astype(int)
    seconds = np.clip(seconds, FASTEST, SLOWEST)
    fast = (records["kind"] == "speeder").to_numpy()
    seconds[fast] = chance.integers(*SPEEDER_SECONDS, size=int(fast.sum()))
    time = chance.integers(FIRST_HOUR * 3600, LAST_HOUR * 3600, size=count)
    recorded = chance.choice(days, size=count).astype("datetime64[s]") + time.astype("timedelta64[s]")
    records["recorded"] = recorded
    records["seconds"] = seconds
    records["started"] = recorded - seconds.astype("timedelta64[s]")


def _period(play: Play) -> tuple[date, date]:
    """The days of fieldwork: as declared, else March of the year that the wave is called after."""
    declared = play.design.wave(play.wave)
    year = int(play.wave) if play.wave.isdecimal() and len(play.wave) == 4 else 2020  # noqa: PLR2004 - digits of a year
    first = declared.first or date(year, 3, 1)
    return first, max(first, declared.last or date(first.year, 12, 31))
