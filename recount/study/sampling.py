"""How the respondents of a wave were drawn, as config.yaml says under `sampling`."""

from typing import Literal, Self

from pydantic import Field, model_validator

from recount.study.declared import Declared, Id

ShareInterval = Literal["wilson", "logit", "korn-graubard", "korn-graubard nchs", "likelihood", "arcsine", "wald"]


class Replication(Declared):
    """Replicate weights: given as questions of type weight (`weights`, with * for any letters), or made here.

    `scales` say how much the squared deviation of each given replicate counts, where the method alone does not; `rho`
    is Fay's; `count` and `seed` are the bootstrap's.
    """

    method: Literal["JK1", "JKn", "BRR", "Fay", "bootstrap"]
    weights: tuple[str, ...] = ()
    scales: tuple[float, ...] = ()
    rho: float = Field(default=0.5, ge=0, lt=1)
    count: int = Field(default=500, ge=2, le=10_000)
    seed: int = Field(default=1, ge=0)

    @model_validator(mode="after")
    def _scales_where_the_method_leaves_them_open(self) -> Self:
        if self.scales and not self.weights:
            raise ValueError("scales are of given replicate weights; those that are made here have their own")
        if self.weights and self.method == "JKn" and not self.scales:
            raise ValueError("given JKn weights need scales, one a replicate: (n - 1) / n of the stratum it belongs to")
        return self


class Raking(Declared):
    """What is known of the population, which the weights are made to fit.

    `margins` gives, of each question, the share or number of each category; `cap` is how many times its mean a weight
    may be.
    """

    margins: dict[Id, dict[Id, float]] = Field(min_length=1)
    cap: float | None = Field(default=None, gt=1)

    @model_validator(mode="after")
    def _nothing_below_zero(self) -> Self:
        for question, targets in self.margins.items():
            if min(targets.values(), default=0.0) < 0 or not sum(targets.values()) > 0:
                raise ValueError(f"margins.{question}: shares or numbers of the population are above zero")
        return self


class Sampling(Declared):
    """The drawing of a random sample; `strata`, `clusters` and `fpc` name questions of the instrument.

    `fpc` is the number of clusters (without clusters: of respondents) there are in the stratum to draw from or, up to
    1, the share that was drawn. `lonely_psu` is what a stratum of one cluster adds to the variance. `interval` is the
    method for shares.
    """

    strata: Id | None = None
    clusters: Id | None = None
    fpc: Id | None = None
    lonely_psu: Literal["fail", "certainty", "adjust", "average"] = "fail"
    interval: ShareInterval = "wilson"
    replicates: Replication | None = None
    raking: Raking | None = None

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions that say how respondents were drawn."""
        return tuple(name for name in (self.strata, self.clusters, self.fpc) if name)

    def draws_together(self, group: str) -> bool:
        """Whether levels of a group are no independent samples: a cluster, a stratum or the weights span them."""
        return bool(self.clusters or self.replicates or self.raking) or self.strata not in (None, group)
