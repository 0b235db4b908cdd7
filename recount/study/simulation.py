"""The design of simulated responses: what data/simulation.yaml declares."""

from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from recount.errors import nearest
from recount.study.declared import Declared, Id, read_yaml

Form = Literal["qualtrics", "surveymonkey", "limesurvey", "csv", "tsv", "spss"]
Phrases = dict[Id, dict[Id, dict[str, tuple[str, ...]]]]


class Answering(Declared):
    """How the respondents of a wave answer one question; see the head of data/simulation.yaml."""

    counts: dict[Id, int] = {}
    no_answer: int = Field(default=0, ge=0)
    follows: float = Field(default=0.0, ge=-1, le=1)
    median: float | None = Field(default=None, gt=0)
    spread: float = Field(default=0.6, gt=0)

    @model_validator(mode="after")
    def _not_negative(self) -> Self:
        if below := [name for name, count in self.counts.items() if count < 0]:
            raise ValueError(f"a count cannot be negative: {', '.join(below)}")
        return self


class Slip(Declared):
    """Cells that do not hold what was meant: `text` stands where `means` was meant (a category, a number, or nothing).

    With a `reason` a person corrects it. `outside` is an answer written where the question was not asked.
    """

    question: Id
    text: str = ""
    means: str = ""
    outside: str = ""
    count: int = Field(default=1, ge=1)
    reason: str = ""
    by: str = ""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if bool(self.text) == bool(self.outside):
            raise ValueError("give either text (with what it means), or outside")
        if bool(self.reason) != bool(self.by):
            raise ValueError("a correction has a reason and a person who decided it (by)")
        return self


class Withdrawn(Declared):
    """Responses that people take out, by a correction with a reason."""

    count: int = Field(default=0, ge=0)
    reason: str = "withdrawn by the respondent"
    by: str = "the authors"


class Extra(Declared):
    """How many responses must not count, by why."""

    tests: int = Field(default=0, ge=0)
    previews: int = Field(default=0, ge=0)
    duplicates: int = Field(default=0, ge=0)
    partials: int = Field(default=0, ge=0)
    speeders: int = Field(default=0, ge=0)
    without_id: int = Field(default=0, ge=0)
    withdrawn: Withdrawn = Withdrawn()


class Panel(Declared):
    """The units from which all waves draw: their pseudonyms, the answers that they keep, and the stratum."""

    prefix: str = "R"
    size: int = Field(default=0, ge=0)
    traits: dict[Id, dict[Id, int]] = {}
    strata: Id | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for trait, counts in self.traits.items():
            if sum(counts.values()) != self.size:
                raise ValueError(f"traits.{trait} counts {sum(counts.values())} units, the panel has {self.size}")
        if self.strata is not None and self.strata not in self.traits:
            raise ValueError(f"strata: {nearest(self.strata, list(self.traits))}")
        return self


class Coders(Declared):
    """Who codes: the share of codes that each misses, and gives without need; who adjudicates, and in which words."""

    misses: dict[Id, float] = {}
    adds: dict[Id, float] = {}
    adjudicator: Id = "C"
    remarks: tuple[str, ...] = ("",)


class WaveDesign(Declared):
    """One wave: how many respond, in which form their answers come, and what is wrong with them."""

    respondents: int = Field(default=100, ge=1)
    returning: dict[str, int] = {}
    format: Form = "csv"
    encoding: str = "utf-8"
    delimiter: str = ","
    first: date | None = None
    last: date | None = None
    strata: dict[Id, int] = {}
    languages: dict[Id, dict[str, int]] = {}
    headers: dict[str, str] = {}
    fillers: dict[str, tuple[str, ...]] = {}
    answers: dict[Id, Answering] = {}
    single_coded: tuple[Id, ...] = ()
    slips: tuple[Slip, ...] = ()
    padded: int = Field(default=0, ge=0)
    extra: Extra = Extra()


class Design(Declared):
    """All of data/simulation.yaml; without one, every answer is equally frequent."""

    seed: int = Field(default=1, ge=0)
    phrases: Phrases = {}
    panel: Panel = Panel()
    coders: Coders = Coders()
    waves: dict[str, WaveDesign] = {}

    @model_validator(mode="after")
    def _waves_fit_the_panel(self) -> Self:
        known = list(self.panel.traits.get(self.panel.strata or "", {}))
        before: list[str] = []
        for wave, declared in self.waves.items():
            for earlier in declared.returning:
                if earlier not in before:
                    raise ValueError(
                        f"waves.{wave}.returning: {earlier!r} is no earlier wave: {nearest(earlier, before)}"
                    )
            for stratum in declared.strata:
                if stratum not in known:
                    raise ValueError(f"waves.{wave}.strata: {stratum!r}: {nearest(stratum, known)}")
            if declared.strata and sum(declared.strata.values()) != declared.respondents:
                raise ValueError(f"waves.{wave}.strata sums to {sum(declared.strata.values())}, not to the respondents")
            before.append(wave)
        return self

    def wave(self, wave: str) -> WaveDesign:
        """The design of one wave; the default one where none is declared."""
        return self.waves.get(wave, WaveDesign())


def read_design(file: str | Path) -> Design:
    """Read data/simulation.yaml and the phrases that it names; raise `StudyError` with every mistake in it."""
    content = read_yaml(file)
    if isinstance(content, dict) and isinstance(content.get("phrases"), str):
        content = {**content, "phrases": read_yaml(Path(file).parent / content["phrases"])}
    return Design.declared_in(str(file), content)
