"""The responses that a platform would hold: those that count, and those that must not."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from recount.simulate.chance import proportional
from recount.simulate.play import Answers, Play

SPEEDER_SECONDS = (35, 100)
SECONDS = (540, 0.5)  # median, sd of the logarithm
SLOWEST = 86_000
FASTEST = 180
IDS = {"test": ("test", "TEST 2", "Test please ignore"), "preview": ("abc", "1", "xxx"), "without id": ("",)}
STRANGERS = ("partial", "speeder", "withdrawn")
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
    strangers = 0
    for kind in _kinds(play):
        likely = _fullest(answers, kind.count) if kind.name == "duplicate" else np.arange(size)
        respondent = chance.choice(likely, size=kind.count, replace=kind.count > len(likely))
        names = _names(kind, play.members.names[respondent], play.members.others[strangers:])
        strangers += kind.count if kind.name in STRANGERS else 0
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


def _names(kind: Kind, own: np.ndarray, others: np.ndarray) -> np.ndarray:
    """What stands as id: of a unit that does not take part, of the unit itself, or nothing that is an id."""
    if kind.name in IDS:
        return np.resize(np.array(IDS[kind.name], dtype=object), kind.count)
    if kind.name not in STRANGERS:
        return own
    # More strangers than the panel has are called after those who take part.
    called = np.char.add(own.astype(str), "X").astype(object)
    known = min(kind.count, len(others))
    called[:known] = others[:known]
    return called


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
