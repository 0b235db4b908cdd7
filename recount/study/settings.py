"""What an author sets in config.yaml."""

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from recount.errors import nearest
from recount.study.declared import Declared, Id, read_yaml
from recount.study.sampling import Sampling

Format = Literal[
    "auto", "qualtrics", "qualtrics-legacy", "surveymonkey", "limesurvey", "csv", "tsv", "excel", "spss", "stata"
]
Document = Literal["html", "pdf", "docx", "tex", "xml"]


class Source(Declared):
    """Where a raw export that the study does not contain is fetched from, and the seal that it must bear.

    `path` is its place below the folder that the environment variable RECOUNT_DATA names, which is tried first. An
    address that is none of the web, such as s3://bucket/2020.csv, is left to Snakemake's storage plugins.
    """

    url: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    path: str = ""

    @property
    def stored(self) -> bool:
        """Whether the address is one of an object store."""
        return "://" in self.url and not self.url.startswith(("http://", "https://", "ftp://", "file://"))


class Roles(Declared):
    """The columns in which the platform keeps what it knows of a response; empty means the format's own."""

    status: str = ""
    finished: str = ""
    duration: str = ""
    started: str = ""
    recorded: str = ""


class Wave(Declared):
    """One fielding of the survey.

    `design` decides what the paper may say of uncertainty. `frame` is the number of units that could have been asked,
    where it is known: it gives the finite population correction. `contacted` is how many were asked to take part.
    `sampling` says how respondents were drawn, which the errors then go by.
    """

    title: str = ""
    export: str
    format: Format = "auto"
    header_rows: int | None = Field(default=None, ge=0, le=3)
    encoding: str = "auto"
    sheet: str | None = None
    source: Source | None = None
    simulated: bool = False
    design: Literal["census", "probability", "nonprobability"]
    frame: int | None = Field(default=None, ge=1)
    contacted: int | None = Field(default=None, ge=1)
    sampling: Sampling | None = None
    columns: Roles = Roles()

    @model_validator(mode="after")
    def _drawn_where_it_says_how(self) -> Self:
        drawn = self.sampling and (*self.sampling.questions, *(["replicates"] if self.sampling.replicates else []))
        if drawn and self.design != "probability":
            raise ValueError(f"sampling names {', '.join(drawn)}, but the design is {self.design}: nobody was drawn")
        return self

    @property
    def drawn(self) -> Sampling | None:
        """How the respondents were drawn, where that is declared and they were."""
        return self.sampling if self.design == "probability" else None


class Tests(Declared):
    """Responses that are not from the field: by the platform's status, or by a text in the respondent's id.

    The default are Qualtrics' statuses, by number and in words, but for those that mean a response (0 IP Address,
    4 Imported, 16 Offline, 32 EX, 48 EX Offline).
    """

    status: tuple[str, ...] = (
        *("1", "2", "8", "9", "12", "17", "40"),
        *("Survey Preview", "Survey Test", "Spam", "Survey Preview Spam", "Imported Spam"),
        *("Offline Survey Preview", "EX Spam"),
    )
    respondent: tuple[str, ...] = ()


class Cleaning(Declared):
    """The rules by which responses are left out; each leaves its trace in excluded.csv.

    `keep` says which of several responses of one respondent counts; `minimum_answered` is the share of the questions
    asked that a response must answer; `minimum_seconds` is the time under which a response is a speeder's.
    """

    tests: Tests = Tests()
    keep: Literal["most complete", "first", "last"] = "most complete"
    minimum_answered: float = Field(default=0.0, ge=0, le=1)
    minimum_seconds: float | None = Field(default=None, gt=0)
    outside_universe: Literal["remove", "stop"] = "remove"


class NoChange(Declared):
    """What "no change" between two waves means in this study.

    - `margin`: the difference is smaller than `points`.
    - `equivalence`: the whole interval of the difference lies within `points` to either side of zero (two one-sided
      tests: Schuirmann 1987).
    - `interval`: the interval of the difference covers zero, which is no proof that nothing changed.
    """

    test: Literal["margin", "equivalence", "interval"]
    points: float | None = Field(default=None, gt=0, le=100)

    @model_validator(mode="after")
    def _points_where_they_count(self) -> Self:
        if self.test == "interval" and self.points is not None:
            raise ValueError("the test interval takes no points: it asks whether the interval covers zero")
        if self.test != "interval" and self.points is None:
            raise ValueError(f"the test {self.test} needs points: how many percentage points are no change")
        return self


class Comparison(Declared):
    """How waves are weighted to a common composition, so that a change of who answered is no change of the answers.

    `weight_to` is the wave whose respondents' composition all waves get; `by` are the closed questions that say it.
    """

    weight_to: str
    by: tuple[Id, ...] = Field(min_length=1)


class Dominance(Declared):
    """The (n,k) rule: a mean is hidden where the `largest` so many amounts are over so many percent of the total."""

    largest: int = Field(ge=1)
    percent: float = Field(gt=0, le=100)


class Estimation(Declared):
    """What is estimated, and under which base nothing is shown.

    `minimum_cell`, `show_zeros`, `dominance` and `p_percent` hide more than `minimum_base` does. `protect` says for
    whose sake: for readers, to whom a share of few says little, or for respondents, whose answers must then not be had
    by subtraction either. `compared` are those of the groups whose levels are held against each other: questions are
    tested for whether they go together with them, and levels that were drawn together get errors of their differences.
    """

    groups: tuple[Id, ...] = ()
    compared: tuple[Id, ...] = ()
    confidence: float = Field(default=0.95, gt=0, lt=1)
    minimum_base: int = Field(default=5, ge=1)
    minimum_cell: int = Field(default=1, ge=1)
    show_zeros: bool = True
    dominance: Dominance | None = None
    p_percent: float | None = Field(default=None, gt=0)
    no_change: NoChange | None = None
    protect: Literal["readers", "respondents"] = "readers"
    round_to: int | None = Field(default=None, ge=3, le=100)
    seed: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _rounded_for_respondents(self) -> Self:
        if self.round_to is not None and self.protect != "respondents":
            raise ValueError("round_to protects respondents: set protect: respondents")
        if self.round_to is not None and self.seed is None:
            raise ValueError("round_to needs a seed: a number of your own, which you do not publish")
        return self

    @model_validator(mode="after")
    def _compared_among_groups(self) -> Self:
        if other := [each for each in self.compared if each not in self.groups]:
            raise ValueError(f"compared names {', '.join(other)}, by which nothing is estimated: add it to groups")
        return self


class Suggesting(Declared):
    """What suggests codes to those who code: the codes of earlier waves, the codebook's keywords.

    `minimum_score` is the likelihood from which on a code learned from earlier waves is suggested.
    """

    by: tuple[Literal["earlier waves", "keywords"], ...] = Field(min_length=1)
    minimum_score: float = Field(default=0.5, ge=0, le=1)


class DoubleCoding(Declared):
    """Which answers a second coder codes: a `share` of those to each question, or a `number`.

    `strata` are closed questions and `length` (of the answer); each has its part in the sample.
    """

    share: float = Field(default=0.2, gt=0, le=1)
    number: int | None = Field(default=None, ge=1)
    strata: tuple[Id, ...] = ()
    seed: int = Field(default=1, ge=0)


class Coding(Declared):
    """How open-ended answers become codes; `folder` holds codebook.yaml and WAVE/QUESTION.CODER.csv.

    `language` is the question that tells in which language a respondent writes, where there is one. `double` says which
    answers a second coder codes. `minimum_kappa` is the kappa that a code must reach for the paper to quote it; without
    it there is no limit. `by_rule` names the questions that the codebook's keywords decide where nobody coded an
    answer. `replicates` and `seed` are of the bootstrap that gives the intervals of agreement.
    """

    folder: str = "data/coding"
    language: str = ""
    double: DoubleCoding = DoubleCoding()
    by_rule: tuple[Id, ...] = ()
    replicates: int = Field(default=1000, ge=100, le=100_000)
    seed: int = Field(default=1, ge=0)
    minimum_kappa: float | None = Field(default=None, ge=-1, le=1)
    suggest: Suggesting | None = None


class Display(Declared):
    """How values are written, everywhere."""

    rounding: Literal["half up", "half even"] = "half up"
    percent_decimals: int = Field(default=0, ge=0, le=4)
    decimals: int = Field(default=1, ge=0, le=6)
    percent_sign: str = "%"
    words_up_to: int = Field(default=9, ge=0, le=20)
    suppressed: str = "–"


class Paper(Declared):
    """Which wave the paper is about, which it is compared with, and the documents that are written."""

    wave: str
    template: str = "report/paper.md.j2"
    figures: str = "report/figures.yaml"
    tables: str = "report/tables.yaml"
    literals: str = "report/literals.yaml"
    bibliography: str = "report/references.bib"
    style: str = "report/styles/journal.csl"
    formats: tuple[Document, ...] = ("html", "pdf", "docx", "tex", "xml")
    claims: Literal["stop", "warn"] = "stop"


class Settings(Declared):
    """All of config.yaml."""

    title: str
    short_title: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    instrument: str = "data/instrument.yaml"
    corrections: str = "data/corrections"
    published: str = "data/published.yaml"
    waves: dict[str, Wave] = Field(min_length=1)
    cleaning: Cleaning = Cleaning()
    estimates: Estimation = Estimation()
    comparison: Comparison | None = None
    coding: Coding = Coding()
    display: Display = Display()
    paper: Paper

    @model_validator(mode="before")
    @classmethod
    def _wave_names_are_text(cls, content: Any) -> Any:
        """YAML reads a bare year as a number; a wave's name is text."""
        if isinstance(content, dict) and isinstance(content.get("waves"), dict):
            return {**content, "waves": {str(name): wave for name, wave in content["waves"].items()}}
        return content

    @model_validator(mode="after")
    def _paper_has_its_wave(self) -> Self:
        if self.paper.wave not in self.waves:
            raise ValueError(f"paper.wave is {self.paper.wave!r}: {nearest(self.paper.wave, list(self.waves))}")
        return self

    @model_validator(mode="after")
    def _comparison_has_its_wave(self) -> Self:
        wave = self.comparison.weight_to if self.comparison else self.paper.wave
        if wave not in self.waves:
            raise ValueError(f"comparison.weight_to is {wave!r}: {nearest(wave, list(self.waves))}")
        return self

    @property
    def simulated(self) -> tuple[str, ...]:
        """The waves whose responses are simulated."""
        return tuple(name for name, wave in self.waves.items() if wave.simulated)


def read_settings(file: str | Path = "config.yaml") -> Settings:
    """Read config.yaml; raise `StudyError` with every mistake in it."""
    return Settings.declared_in(str(file), read_yaml(file))
