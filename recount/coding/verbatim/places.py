"""Names of countries and of large cities, in several languages, from Unicode's CLDR by way of Babel.

All countries and territories are there, and the some four hundred cities after which time zones are called: capitals
and other large ones. Smaller cities, regions, inhabitants and adjectives ("French") are not: those that respondents may
name belong into the study's own list.
"""

from collections.abc import Iterable
from functools import lru_cache

# Unions and codes for no country, which are no place that gives anyone away.
NO_COUNTRY = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
# Zones that are called after no city, and cities whose names are everyday words.
NO_CITY = ("Etc/", "Antarctica/")
EVERYDAY = {"center", "easter", "christmas", "wake", "midway", "reunion", "unknown"}
SHORTEST = 2


@lru_cache(maxsize=1)
def place_names(languages: tuple[str, ...]) -> dict[str, str]:
    """Give the names of places in some languages, each with its kind: `country` or `city`.

    A language is a tag such as `pt` or `zh-Hant`; one that Babel does not know adds nothing.
    """
    names: dict[str, str] = {}
    for language in languages:
        names |= dict.fromkeys(_cities(language), "city")
    for language in languages:
        names |= dict.fromkeys(_countries(language), "country")
    return {name: kind for name, kind in names.items() if len(name) >= SHORTEST and name.casefold() not in EVERYDAY}


def _locale(language: str) -> "object | None":
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def _countries(language: str) -> Iterable[str]:
    names = getattr(_locale(language), "territories", {})
    return [name for code, name in names.items() if code.isalpha() and code not in NO_COUNTRY]


def _cities(language: str) -> Iterable[str]:
    from babel.core import get_global

    zones = getattr(_locale(language), "time_zones", {})
    here = [zones[zone].get("city", "") for zone in zones if not zone.startswith(NO_CITY)]
    # Where a language calls a city as its zone is called, CLDR does not repeat it.
    known = {zone for each in get_global("territory_zones").values() for zone in each}
    return [
        *here,
        *(zone.rpartition("/")[2].replace("_", " ") for zone in sorted(known) if not zone.startswith(NO_CITY)),
    ]
