"""Put the estimates of all waves one below the other."""

from recount.audit.record import recorded
from recount.estimate.io import join_estimates

with recorded(snakemake):
    join_estimates(snakemake.input.estimates, snakemake.output.estimates)
