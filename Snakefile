# Recount: from raw responses to the paper. Read this file as a table of contents; what an author sets is in config.yaml.
from snakemake.utils import min_version

from recount.errors import reported
from recount.study.declared import read_yaml

min_version("9.0")

with reported():
    read_yaml("config.yaml")  # a mistake of YAML is told with its line


configfile: "config.yaml"


include: "rules/common.smk"
include: "rules/ingest.smk"
include: "rules/clean.smk"
include: "rules/code.smk"
include: "rules/estimate.smk"
include: "rules/draw.smk"
include: "rules/write.smk"
include: "rules/audit.smk"


localrules:
    all,


wildcard_constraints:
    wave="|".join(map(re.escape, settings.waves)),
    question="[^./]+",


rule all:
    default_target: True
    input:
        documents(),
        published(),
        suggestions(),
        forms(),
        desks(),
        "results/audit/index.html",
        "results/manifest.json",
