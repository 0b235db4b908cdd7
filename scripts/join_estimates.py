"""Put the estimates of all waves one below the other."""

from recount.errors import reported
from recount.estimate.io import join_estimates

with reported(snakemake.log[0]):
    join_estimates(snakemake.input.estimates, snakemake.output.estimates)
