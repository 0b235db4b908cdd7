"""How the respondents of a wave were drawn, from what config.yaml says and the clean table holds."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from recount.clean.columns import ROW
from recount.errors import EstimateError, Finding
from recount.estimate import answers
from recount.estimate.design.calibration import Margins, raked
from recount.estimate.design.counting import Counting, bundled
from recount.estimate.design.drawing import Drawing, drawn
from recount.estimate.design.replicates import Replicates, made, scales_of
from recount.estimate.tabulate import Codes, Flags, Floats, Sample
from recount.estimate.weighting import Weighted
from recount.study.instrument import Instrument, Question
from recount.study.sampling import Replication, Sampling


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A wave whose drawing is declared: its answers, questions and weights."""

    clean: pd.DataFrame
    instrument: Instrument
    wave: str
    frame: int | None
    how: Sampling
    weights: Weighted

    def counting(self, sample: Sample, drawing: Drawing | None = None) -> Counting:
        """Make what sums by sampling unit are taken with; `drawing`, where these respondents are a piece of all.

        Raises:
            EstimateError: a respondent is of no stratum or cluster, a stratum has a single unit and nothing is said of
                it, or the declared questions, populations or replicates do not fit together.
        """
        drawing = drawing or self.drawing()
        replicates, factors, replicated = self._replicates(drawing)
        units, of_respondent = (drawing.units, drawing.psus)
        alone = np.zeros(len(self.clean), dtype=np.intp)
        if replicated is not None:
            units, of_respondent = 1, alone
        fitted = self._fitted
        return Counting(
            drawing=drawing,
            weights=np.ones(len(self.clean)) if self.weights.after is None else self.weights.after,
            bundles=bundled(units, of_respondent, sample.levels, sample.sizes),
            replicates=replicates,
            factors=factors,
            replicated=replicated,
            margins=fitted,
            levels=bundled(1, alone, sample.levels, sample.sizes) if fitted else (),
        )

    @property
    def _fitted(self) -> Margins | None:
        """What raking made the weights fit, where no replicates tell what that does to the variance."""
        if self.how.replicates is not None or not self.weights.margins or self.weights.before is None:
            return None
        return Margins(self.weights.margins, self.weights.before)

    def drawing(self, counts: Floats | None = None) -> Drawing:
        """Tell how these respondents were drawn; with `counts`, each stands for so many."""
        how = self.how
        strata = self._codes("strata", how.strata)
        clusters = self._codes("clusters", how.clusters)
        population = None
        if how.fpc is not None:
            population = answers.numbers(self.clean, self._question("fpc", how.fpc))
            self._complete(np.isnan(population), how.fpc)
        elif self.frame is not None and strata is None and clusters is None:
            population = np.full(len(self.clean), float(self.frame))
        lonely = how.lonely_psu
        if how.replicates is not None:
            # Given replicates know their own; those made here are made of units, each respondent one where need be.
            lonely = "certainty" if how.replicates.weights else lonely
            clusters = np.arange(len(self.clean)) if clusters is None and not how.replicates.weights else clusters
        elif self._fitted is not None and clusters is None:
            clusters = np.arange(len(self.clean))
        return drawn(
            len(self.clean), strata=strata, clusters=clusters, population=population, lonely=lonely, counts=counts
        )

    def _replicates(self, drawing: Drawing) -> tuple[Replicates | None, Floats | None, Floats | None]:
        """How replicates count, by what they multiply each unit, or the weights of each respondent."""
        declared = self.how.replicates
        if declared is None:
            return None, None, None
        if declared.weights:
            given = self._given(declared)
            return self._as_given(declared, len(given)), None, given
        factors, replicates = made(drawing, declared.method, rho=declared.rho, count=declared.count, seed=declared.seed)
        if not self.weights.margins or self.weights.before is None:
            return replicates, factors, None
        # Each replicate is raked as the whole sample was, so that what the margins fix does not vary.
        cap = self.how.raking.cap if self.how.raking else None
        each = [raked(self.weights.before * factor[drawing.psus], self.weights.margins, cap=cap) for factor in factors]
        return replicates, None, np.stack(each)

    def _as_given(self, declared: Replication, count: int) -> Replicates:
        scales = np.array(declared.scales) if declared.scales else scales_of(declared.method, count, declared.rho)
        if len(scales) != count:
            raise EstimateError(
                Finding(
                    problem=f"there are {count} replicate weights",
                    file="config.yaml",
                    key=self._key("replicates.scales"),
                    value=str(len(scales)),
                    expected=f"{count} scales",
                )
            )
        if declared.method.startswith("JK"):
            return Replicates(scales=scales, degrees=count - 1)
        return Replicates(scales=scales, degrees=count - 1, centre="estimate")

    def _given(self, declared: Replication) -> Floats:
        asked = [question for question in self.instrument.asked_in(self.wave) if question.type == "weight"]
        found = [each for each in asked if any(fnmatchcase(each.id, pattern) for pattern in declared.weights)]
        if len(found) < 2:  # noqa: PLR2004 - one replicate has nothing to differ from
            raise EstimateError(
                Finding(
                    problem=f"{len(found)} questions of type weight are replicate weights",
                    file="config.yaml",
                    key=self._key("replicates.weights"),
                    value=", ".join(declared.weights),
                    expected="two or more of " + ", ".join(question.id for question in asked),
                )
            )
        columns = np.stack([answers.numbers(self.clean, question) for question in found])
        self._complete(np.asarray(np.isnan(columns).any(axis=0)), "replicates")
        return columns

    def _codes(self, key: str, name: str | None) -> Codes | None:
        """The stratum or cluster of each respondent as a number, in the order of the answers."""
        if name is None:
            return None
        question = self._question(key, name)
        cells = answers.column(self.clean, name)
        self._complete(cells.isna().to_numpy(dtype=np.bool_), name)
        return answers.chosen(self.clean, question) if question.closed else pd.factorize(cells, sort=True)[0]

    def _question(self, key: str, name: str) -> Question:
        question = self.instrument.question(name)
        if self.wave not in question.waves or question.type in ("multi", "id"):
            raise EstimateError(
                Finding(
                    problem="this is no question with one answer that the wave asked",
                    file="config.yaml",
                    key=self._key(key),
                    value=name,
                )
            )
        return question

    def _complete(self, missing: Flags, name: str) -> None:
        rows = answers.column(self.clean, ROW).to_numpy()[missing]
        if len(rows):
            raise EstimateError(
                *(
                    Finding(
                        problem="nobody can tell how this respondent was drawn",
                        file="clean.parquet",
                        row=int(row),
                        key=name,
                        value="",
                        expected="an answer of every respondent",
                        mend="mend it in data/corrections, or withdraw the response there",
                    )
                    for row in rows
                )
            )

    def _key(self, key: str) -> str:
        return f"waves.{self.wave}.sampling.{key}"
