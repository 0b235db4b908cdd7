"""The functions of the paper's language that ask about a wave, the instrument and the settings."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from recount.display.formatter import EPOCH
from recount.errors import EstimateError, Finding, nearest
from recount.write.arithmetic import combined
from recount.write.index import number_of
from recount.write.lookup import Lookup
from recount.write.number import Declared, Label, Number, Operation

# The types of what the platform records about a response, and nobody is asked.
RECORDED = {"id", "weight", "date"}
YEAR = re.compile(r"(?:19|20)\d\d")


class Fieldwork:
    """Each public method is a function of the template under the same name."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def respondents(self, wave: str | None = None) -> Number:
        """Give the number of respondents kept after cleaning."""
        return self._lookup.find("respondents", wave=wave)

    def contacted(self, wave: str | None = None) -> Number:
        """Give how many were asked to take part."""
        return self._lookup.find("contacted", wave=wave)

    def received(self, wave: str | None = None) -> Number:
        """Give the number of responses in the export."""
        return self._lookup.find("received", wave=wave)

    def response_rate(self, wave: str | None = None) -> Number:
        """Give the share of those contacted that are among the respondents."""
        return self._lookup.find("response_rate", wave=wave)

    def excluded(self, reason: str = "", *, wave: str | None = None) -> Number:
        """Give the number of responses left out, for one reason or for all."""
        return self._sum("excluded", reason, wave)

    def changed_cells(self, rule: str = "", *, wave: str | None = None) -> Number:
        """Give the number of cells that cleaning changed, by one rule or by all."""
        return self._sum("changed_cells", rule, wave)

    def first_date(self, question: str = "", *, wave: str | None = None) -> Number:
        """Give the first date of fielding, or of a question of type date."""
        return self._lookup.find("first", question or self._date_question(wave), wave=wave)

    def last_date(self, question: str = "", *, wave: str | None = None) -> Number:
        """Give the last date of fielding, or of a question of type date."""
        return self._lookup.find("last", question or self._date_question(wave), wave=wave)

    def year(self, wave: str | None = None) -> Number:
        """Give the year of a wave: of its first date, or the one in its name or title where it has no dates."""
        named = self._lookup.wave(wave)
        dated = self._lookup.instrument.of_type("date", named)
        row = self._lookup.index.get(f"{named}/{dated.id}/first") if dated else None
        if row is not None and row.value is not None:
            days = number_of(row)
            value = date.fromordinal(EPOCH.toordinal() + int(row.value)).year
            return Number(value=float(value), unit="year", trace=Operation("year of", (days,)))
        declared = YEAR.search(f"{named} {self._lookup.settings.waves[named].title}")
        if declared is None:
            raise EstimateError(Finding(problem="this wave has no date and no year in its name", value=named))
        return Number(value=float(declared[0]), unit="year", trace=Declared("config.yaml", f"waves.{named}"))

    def label(self, question: str, category: str = "") -> Label:
        """Give the name of a question or of a category, as the instrument has it."""
        return self._lookup.label(question, category)

    def wording(self, question: str, *, wave: str | None = None) -> Label:
        """Give the wording of a question in a wave."""
        named = self._lookup.wave(wave)
        return Label(text=self._lookup.question(question, named).text_in(named), key=question)

    def n_categories(self, question: str, *, wave: str | None = None) -> Number:
        """Give the number of categories that a question offered in a wave."""
        named = self._lookup.wave(wave)
        offered = self._lookup.question(question, named).offered_in(named)
        return self._declared(len(offered), f"questions.{question}.categories")

    def n_items(self, *, wave: str | None = None, coded: bool | None = None, type: str = "") -> Number:  # noqa: A002
        """Give the number of questions that people were asked: all of a wave, the coded ones, or those of a type.

        What the platform records is no question: ids, weights and, unless they are asked for by `type`, dates.
        """
        named = self._lookup.wave(wave)
        recorded = RECORDED - {type}
        asked = [each for each in self._lookup.instrument.asked_in(named) if each.type not in recorded]
        found = [each for each in asked if coded in (None, each.coded) and type in ("", each.type)]
        return self._declared(len(found), f"questions, waves.{named}")

    def n_waves(self) -> Number:
        """Give the number of waves of the study."""
        return Number(
            value=float(len(self._lookup.settings.waves)), unit="number", trace=Declared("config.yaml", "waves")
        )

    def n_codes(self, question: str) -> Number:
        """Give the number of codes that the codebook has for a question."""
        codes = self._lookup.codebook.questions.get(question, ()) if self._lookup.codebook else ()
        if not codes:
            raise EstimateError(Finding(problem="the codebook has no such question", value=question))
        return Number(value=float(len(codes)), unit="number", trace=Declared("codebook.yaml", f"questions.{question}"))

    def setting(self, key: str) -> Number:
        """Give a number of config.yaml by its path, such as `estimates.minimum_base`."""
        found: Any = self._lookup.settings
        for part in key.split("."):
            known = list(found) if isinstance(found, Mapping) else list(getattr(type(found), "model_fields", ()))
            if part not in known:
                raise EstimateError(
                    Finding(problem="config.yaml has no such key", value=key, expected=nearest(part, known))
                )
            found = found[part] if isinstance(found, Mapping) else getattr(found, part)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise EstimateError(Finding(problem="this key of config.yaml is not a number", value=key))
        unit = "share" if isinstance(found, float) and 0 <= found <= 1 else "number"
        return Number(value=float(found), unit=unit, trace=Declared("config.yaml", key))

    def _sum(self, statistic: str, category: str, wave: str | None) -> Number:
        if category:
            return self._lookup.find(statistic, "", category, wave=wave)
        return combined("total", *(number_of(row) for row in self._lookup.rows(statistic, "", wave)))

    def _date_question(self, wave: str | None) -> str:
        found = self._lookup.instrument.of_type("date", self._lookup.wave(wave))
        if found is None:
            raise EstimateError(Finding(problem="the wave has no question of type date", value=self._lookup.wave(wave)))
        return found.id

    def _declared(self, value: int, key: str) -> Number:
        return Number(value=float(value), unit="number", trace=Declared(self._lookup.settings.instrument, key))
