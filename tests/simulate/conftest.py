from pathlib import Path

import pytest

from recount.study.instrument import Instrument, read_instrument
from recount.study.settings import Settings, read_settings
from recount.study.simulation import Design, read_design

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def instrument() -> Instrument:
    return read_instrument(ROOT / "data/instrument.yaml")


@pytest.fixture(scope="session")
def settings() -> Settings:
    return read_settings(ROOT / "config.yaml")


@pytest.fixture(scope="session")
def design() -> Design:
    return read_design(ROOT / "data/simulation.yaml")


@pytest.fixture
def small() -> Instrument:
    """An instrument with every type of question, of a study that has no design."""
    return Instrument.declared_in(
        "instrument.yaml",
        {
            "title": "Small",
            "questions": [
                {"id": "who", "label": "Who", "text": "Who?", "type": "id", "waves": {"1": {"column": "who"}}},
                {
                    "id": "job",
                    "label": "Job",
                    "text": "Do you work?",
                    "type": "single",
                    "categories": [{"id": "yes", "label": "Yes, I do"}, {"id": "no", "label": 'No, "not" now'}],
                    "waves": {"1": {"column": "job"}},
                },
                {
                    "id": "hours",
                    "label": "Hours",
                    "text": "How many hours?",
                    "type": "number",
                    "range": [1, 60],
                    "universe": {"job": ["yes"]},
                    "waves": {"1": {"column": "hours"}},
                },
                {
                    "id": "ways",
                    "label": "Ways",
                    "text": "How do you travel?",
                    "type": "multi",
                    "categories": [
                        {"id": "bus", "label": "Bus, tram"},
                        {"id": "foot", "label": "On foot"},
                        {"id": "none", "label": "Not at all", "alone": True},
                    ],
                    "waves": {"1": {"column": "ways", "separator": ";"}},
                },
                {
                    "id": "mood",
                    "label": "Mood",
                    "text": "How is it?",
                    "type": "scale",
                    "categories": [
                        {"id": "bad", "label": "Bad", "score": 1},
                        {"id": "good", "label": "Good", "score": 2},
                    ],
                    "universe": {"ways": ["bus", "foot"]},
                    "waves": {"1": {"column": "mood"}},
                },
                {"id": "why", "label": "Why", "text": "Why?", "type": "text", "waves": {"1": {"column": "why"}}},
                {"id": "day", "label": "Day", "text": "When?", "type": "date", "waves": {"1": {"column": "day"}}},
                {"id": "weight", "label": "Weight", "text": "-", "type": "weight", "waves": {"1": {"column": "w"}}},
            ],
        },
    )
