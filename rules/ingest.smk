# ingest: the sealed export becomes text cells


rule admit_export:
    input:
        export=export,
    output:
        export=ensure("results/{wave}/export", sha256=lambda w: seals[w.wave]),
        record=record_of("admit_export", wave=settings.waves),
    log:
        "results/logs/{wave}/admit_export.log",
    benchmark:
        "results/benchmarks/{wave}/admit_export.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=500,
    params:
        code=code_of("admit_export"),
        settings=set_in_config("waves/{wave}/source"),
        # As parameters, so that a raw file swapped under an older date is noticed.
        seals=lambda w: {w.wave: seals[w.wave]},
        digest=export_digest,
    message:
        "{wildcards.wave}: admit the raw export, if it is the sealed one"
    script:
        "../scripts/admit_export.py"


rule ingest_export:
    input:
        export="results/{wave}/export",
    output:
        raw="results/{wave}/raw.parquet",
        record=record_of("ingest_export", wave=settings.waves),
    log:
        "results/logs/{wave}/ingest_export.log",
    benchmark:
        "results/benchmarks/{wave}/ingest_export.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        code=code_of("ingest_export"),
        settings=set_in_config(
            "waves/{wave}/export",
            "waves/{wave}/format",
            "waves/{wave}/header_rows",
            "waves/{wave}/encoding",
            "waves/{wave}/sheet",
        ),
    message:
        "{wildcards.wave}: read every cell of the export as text"
    script:
        "../scripts/ingest_export.py"
