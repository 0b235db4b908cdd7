# ingest: the sealed export becomes text cells


rule admit_export:
    input:
        export=export,
        code=code_of("admit_export.py"),
    output:
        export=ensure("results/{wave}/export", sha256=lambda w: seals[w.wave]),
    params:
        source=lambda w: declared(settings.waves[w.wave])["source"],
        # As parameters, so that a raw file swapped under an older date is noticed.
        seal=lambda w: seals[w.wave],
        digest=export_digest,
    log:
        "results/logs/{wave}/admit_export.log",
    benchmark:
        "results/benchmarks/{wave}/admit_export.tsv"
    message:
        "{wildcards.wave}: admit the raw export, if it is the sealed one"
    resources:
        mem_mb=500,
    conda:
        "../envs/recount.yaml"
    script:
        "../scripts/admit_export.py"


rule ingest_export:
    input:
        export="results/{wave}/export",
        code=code_of("ingest_export.py"),
    output:
        raw="results/{wave}/raw.parquet",
    params:
        name=lambda w: Path(settings.waves[w.wave].export).name,
        reading=reading,
    log:
        "results/logs/{wave}/ingest_export.log",
    benchmark:
        "results/benchmarks/{wave}/ingest_export.tsv"
    message:
        "{wildcards.wave}: read every cell of the export as text"
    resources:
        mem_mb=1000,
    conda:
        "../envs/recount.yaml"
    script:
        "../scripts/ingest_export.py"
