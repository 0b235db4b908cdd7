# ingest: the sealed export becomes text cells


rule admit_export:
    input:
        export=local_export,
        code=code_of("admit_export.py"),
    output:
        export=ensure(
            "results/{wave}/export", sha256=lambda w: seal_of(settings, w.wave)
        ),
    params:
        name=lambda w: settings.waves[w.wave].export,
        source=lambda w: declared(settings.waves[w.wave])["source"],
        # The seal and the file's own digest are parameters, so that a raw file swapped under an older date is noticed.
        seal=lambda w: seal_of(settings, w.wave),
        digest=lambda w: digest_of(settings, w.wave),
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
        wave=lambda w: ingest_settings(w.wave),
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
