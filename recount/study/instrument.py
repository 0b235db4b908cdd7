"""The questionnaire as data: every question, its categories, who was asked, and its column in each wave."""

from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from recount.errors import Finding, StudyError, nearest
from recount.study.declared import Declared, Id, read_yaml
from recount.study.indices import Index

Kind = Literal["single", "multi", "scale", "number", "text", "date", "weight", "id"]
Base = Literal["answered", "asked", "respondents"]
Separator = Literal[";", ",", "|", "space", "newline", "csv"]
Universe = dict[Id, tuple[Id, ...]]

# Texts that mean "ticked" and "not ticked" in one-hot columns of the platforms we read.
TICKED = ("1", "yes", "y", "true", "checked", "selected", "x")
NOT_TICKED = ("", "0", "no", "n", "false", "unchecked", "not selected")


class Category(Declared):
    """One answer that a closed question offers.

    `values` lists other texts or codes by which exports know it; `missing` marks an answer such as "Don't know", which
    is counted and shown but stands outside the base; `score` is its number on a scale; `alone` marks an answer of
    a multi-select question that excludes all others ("None of these"); `write_in` one that stands for whatever
    respondents wrote in a field of their own ("Other, please specify"). `proposed` is as in `Fielding`.
    """

    id: Id
    label: str
    values: tuple[str, ...] = ()
    missing: bool = False
    score: float | None = None
    alone: bool = False
    write_in: bool = False
    proposed: str = ""


class Fielding(Declared):
    """A question as one wave asked it, and where that wave's export holds the answers.

    `column` names one column; `columns` names one per category, for multi-select questions that an export spreads
    out. `values` maps texts of this export to categories where another wave means something else by them. `dates`
    settles the order of day and month where the export's dates do not tell it themselves.
    `comparable: false` with a `note` keeps the wave out of comparisons. Where the export words its questions, its
    wording must be that of `text`; a wave with its own `text` and a `note` is taken at its word.
    `proposed` marks what `recount wave add` proposes and nobody has decided yet: the build stops at it.
    """

    column: str | None = None
    columns: dict[Id, str] = {}
    separator: Separator | None = None
    text: str | None = None
    offered: tuple[Id, ...] | None = None
    values: dict[str, Id] = {}
    universe: Universe | None = None
    dates: Literal["day first", "month first"] | None = None
    comparable: bool = True
    note: str = ""
    proposed: str = ""

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.column is None) == (not self.columns):
            raise ValueError("give either column (one column) or columns (one per category), not both or neither")
        if not self.comparable and not self.note:
            raise ValueError("comparable: false needs a note that says why")
        return self


class Question(Declared):
    """One question of the instrument, over all waves.

    `universe` says who was asked: a question and its categories, all of which must hold; no universe means everyone.
    `base` is what percentages are of: those who gave a valid answer (`answered`, the default), those who were `asked`,
    or all `respondents`. `nets` are named sums of categories; `net` names the two whose difference is
    the net agreement. `decimals` is how fine the answers of a number question are: its median is written so.
    """

    id: Id
    label: str
    text: str
    type: Kind
    section: str = ""
    categories: tuple[Category, ...] = ()
    scale: Id | None = None
    missing: tuple[str, ...] = ()
    universe: Universe | None = None
    base: Base = "answered"
    nets: dict[Id, tuple[Id, ...]] = {}
    net: tuple[Id, Id] | None = None
    range: tuple[float | None, float | None] = (None, None)
    unit: str = ""
    decimals: int | None = Field(default=None, ge=0, le=6)
    coded: bool = False
    combinations: bool = False
    mentions: bool = False
    waves: dict[str, Fielding] = {}

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        known = [category.id for category in self.categories]
        if len(set(known)) < len(known):
            raise ValueError("two categories have the same id")
        if self.closed and not known:
            raise ValueError(f"a question of type {self.type} needs categories, or a scale that lists them")
        if len({category.score is None for category in self.valid}) > 1:
            raise ValueError("give a score to every category that counts, or to none")
        if len([category for category in self.categories if category.write_in]) > 1:
            raise ValueError("only one category can be write_in: it stands for every text that no other one knows")
        if self.coded and self.type != "text":
            raise ValueError("only a question of type text can be coded")
        for place, used in self._references():
            for category in used:
                if category not in known and not (place == "net" and category in self.nets):
                    raise ValueError(f"{place} names the category {category!r}: {nearest(category, known)}")
        if overlap := set(known) & set(self.nets):
            raise ValueError(f"a net has the name of a category: {sorted(overlap)}")
        return self

    @model_validator(mode="after")
    def _mentions_of_several(self) -> Self:
        if self.mentions and not (self.coded or self.type == "multi"):
            raise ValueError("mentions are of questions that allow several answers: type multi, or coded")
        return self

    def _references(self) -> list[tuple[str, tuple[str, ...]]]:
        found = [(f"nets.{name}", tuple(members)) for name, members in self.nets.items()]
        if self.net:
            found.append(("net", self.net))
        for wave, fielding in self.waves.items():
            found.append((f"waves.{wave}.columns", tuple(fielding.columns)))
            found.append((f"waves.{wave}.offered", fielding.offered or ()))
            found.append((f"waves.{wave}.values", tuple(fielding.values.values())))
        return found

    @property
    def closed(self) -> bool:
        """Whether its answers are categories."""
        return self.type in ("single", "multi", "scale")

    @property
    def valid(self) -> tuple[Category, ...]:
        """The categories that count as an answer."""
        return tuple(category for category in self.categories if not category.missing)

    def category(self, category: str) -> Category:
        """Find one category by its id; raise KeyError where there is none."""
        return {each.id: each for each in self.categories}[category]

    def offered_in(self, wave: str) -> tuple[Category, ...]:
        """The categories that the wave's questionnaire offered, in order."""
        offered = self.waves[wave].offered
        return tuple(each for each in self.categories if offered is None or each.id in offered)

    def text_in(self, wave: str) -> str:
        """The wording of that wave."""
        return self.waves[wave].text or self.text

    def universe_in(self, wave: str) -> Universe:
        """Who was asked in that wave: empty where everyone was."""
        fielded = self.waves[wave].universe
        return fielded if fielded is not None else self.universe or {}

    def columns_in(self, wave: str) -> tuple[str, ...]:
        """The columns of that wave's export that hold the answers."""
        fielding = self.waves[wave]
        return (fielding.column,) if fielding.column is not None else tuple(fielding.columns.values())


class Instrument(Declared):
    """All questions in the order of the questionnaire.

    `missing` lists the texts that mean "no answer" anywhere; they are compared without regard to case and outer
    blanks. A blank cell is always missing. `ignored` lists, per wave, the columns that the study does not use, each
    with the reason, so that a column that nobody thought of is noticed. `indices` are means of several items.
    """

    title: str
    missing: tuple[str, ...] = ()
    scales: dict[Id, tuple[Category, ...]] = {}
    questions: tuple[Question, ...]
    indices: tuple[Index, ...] = ()
    ignored: dict[str, dict[str, str]] = {}

    @model_validator(mode="before")
    @classmethod
    def _scales_spread(cls, content: object) -> object:
        """Give each question that names a scale the categories of that scale."""
        if not isinstance(content, dict) or not isinstance(content.get("questions"), list):
            return content
        scales = content.get("scales") or {}
        spread = []
        for question in content["questions"]:
            name = question.get("scale") if isinstance(question, dict) else None
            if name is None or question.get("categories"):
                spread.append(question)
            elif name in scales:
                spread.append({**question, "categories": scales[name]})
            else:
                raise ValueError(f"{question.get('id')}: scale {name!r}: {nearest(str(name), list(scales))}")
        return {**content, "questions": spread}

    @model_validator(mode="after")
    def _references_resolve(self) -> Self:
        known = [question.id for question in self.questions]
        if twice := sorted({each for each in known if known.count(each) > 1}):
            raise ValueError(f"these question ids stand twice: {', '.join(twice)}")
        for question in self.questions:
            for universe in (question.universe, *(each.universe for each in question.waves.values())):
                self._check_universe(question.id, universe or {})
        return self

    @model_validator(mode="after")
    def _indices_resolve(self) -> Self:
        names = [index.id for index in self.indices]
        if twice := sorted({each for each in names if names.count(each) > 1}):
            raise ValueError(f"these indices stand twice: {', '.join(twice)}")
        for index in self.indices:
            for item in index.items:
                if item not in self.by_id:
                    raise ValueError(f"indices: {index.id} names {item!r}: {nearest(item, list(self.by_id))}")
                question = self.by_id[item]
                scored = question.type == "scale" or any(each.score is not None for each in question.categories)
                if not (scored and question.type != "multi") and (question.type != "number" or item in index.reversed):
                    raise ValueError(f"indices: {index.id}: {item} has no scores that could be averaged or turned over")
        return self

    def _check_universe(self, asked: str, universe: Universe) -> None:
        for name, categories in universe.items():
            if name not in self.by_id:
                raise ValueError(f"{asked}: universe names {name!r}: {nearest(name, list(self.by_id))}")
            known = [each.id for each in self.by_id[name].categories]
            for category in categories:
                if category not in known:
                    raise ValueError(f"{asked}: universe names {name}: {category!r}: {nearest(category, known)}")

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """The questions by their id."""
        return {question.id: question for question in self.questions}

    def question(self, question: str) -> Question:
        """Find one question; raise `StudyError` that names the nearest ids."""
        if question not in self.by_id:
            raise StudyError(
                Finding(
                    problem=f"the instrument has no question {question!r}", expected=nearest(question, list(self.by_id))
                )
            )
        return self.by_id[question]

    def asked_in(self, wave: str) -> tuple[Question, ...]:
        """The questions of one wave, in the order of the questionnaire."""
        return tuple(question for question in self.questions if wave in question.waves)

    def indices_in(self, wave: str) -> tuple[Index, ...]:
        """The indices all of whose items the wave asked."""
        return tuple(each for each in self.indices if all(wave in self.by_id[item].waves for item in each.items))

    def of_type(self, kind: Kind, wave: str) -> Question | None:
        """The first question of that type in the wave: its id, its weight, its date."""
        return next((question for question in self.asked_in(wave) if question.type == kind), None)


def read_instrument(file: str | Path) -> Instrument:
    """Read data/instrument.yaml; raise `StudyError` with every mistake in it."""
    return Instrument.declared_in(str(file), read_yaml(file))
