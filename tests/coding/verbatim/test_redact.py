"""What is taken out of an answer before it is quoted, and what stays."""

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from recount.coding.verbatim.places import place_names
from recount.coding.verbatim.redact import redactor

LANGUAGES = ("en", "es", "fr", "pt", "zh")
REDACT = redactor(
    place_names(LANGUAGES),
    {"Ada Lovelace": "name", "Springfield": "city", "O’Neil": "name", "王伟": "name"},
    ["Georgia", "www.un.org"],
)


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("Write to ada.b+c@city.example.org, please", "Write to [email], please"),
        ("see https://city.example/budget?x=1 or www.city.example", "see [address] or [address]"),
        ("our site, ciudad.gob.mx, is old", "our site, [address], is old"),
        ("ask @CityHall", "ask [handle]"),
        ("call +33 1 23 45 67 89 or (020) 7946-0958", "call [telephone] or [telephone]"),
        ("Ada Lovelace and ada lovelace left; O'Neil stays", "[name] and [name] left; [name] stays"),
        ("Paris, Springfield and São Paulo", "[city], [city] and [city]"),
        ("Londres y Alemania nos ayudan", "[city] y [country] nos ayudan"),
        ("la Côte d'Ivoire, l’Allemagne", "la [country], l’[country]"),
        ("o Reino Unido e Nova York", "o [country] e [city]"),
        ("与德国和北京合作,王伟负责", "与[country]和北京合作,[name]负责"),
        ("中国上海的经验", "[country][city]的经验"),
        ("GERMANY", "[country]"),
    ],
)
def test_personal_data_becomes_its_kind(text: str, redacted: str) -> None:
    assert REDACT(text)[0] == redacted


@pytest.mark.parametrize(
    "text",
    [
        "In 2019-2022 we spent 1,200,000.50 on 3 projects, 50% more than in 2018",
        "Georgia, and www.un.org",  # what the study keeps
        "nice reading, no turkey",  # small letters are no places
        "The United Nations and the European Union",
        "Parisian flair; Springfields",  # adjectives and longer words are other words
        "e.g. this, i.e. that",
        "",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert REDACT(text) == (text, ())


def test_the_log_says_kind_and_place_and_not_what_was_there() -> None:
    text, found = REDACT("From Paris, call +33 1 23 45 67 89")
    assert [(each.kind, each.place) for each in found] == [("city", 5), ("telephone", 18)]
    assert all(text[each.place :].startswith(f"[{each.kind}]") for each in found)
    assert "Paris" not in repr(found)


@given(
    before=st.text("abc ,.\n", max_size=10),
    after=st.text("abc ,.\n", max_size=10),
    secret=st.sampled_from(["Ada Lovelace", "ada@example.org", "+33 123 456 789", "Paris", "德国"]),
)
@examples(max_examples=60)
def test_a_secret_between_blanks_never_stays(before: str, after: str, secret: str) -> None:
    text, found = REDACT(f"{before} {secret} {after}")
    assert secret not in text
    assert found


def test_places_are_known_in_every_language_of_the_study() -> None:
    names = place_names(LANGUAGES)
    for name in ("Germany", "Alemania", "Allemagne", "Alemanha", "德国"):
        assert names[name] == "country"
    for name in ("London", "Londres", "伦敦", "Nairobi", "Ciudad de México"):
        assert names[name] == "city"
    assert len(names) > 2000


def test_a_language_that_nobody_knows_adds_nothing() -> None:
    assert "country" not in place_names(("xx-unknown",)).values()
