# clean: text cells become typed answers, and every difference is logged


rule clean_wave:
    input:
        raw="results/{wave}/raw.parquet",
        instrument=settings.instrument,
        corrections=lambda w: if_written(f"{settings.corrections}/{w.wave}.csv"),
    output:
        clean="results/{wave}/clean.parquet",
        table="results/{wave}/clean.csv",
        changes="results/{wave}/changes.csv",
        excluded="results/{wave}/excluded.csv",
        record=record_of("clean_wave", wave=settings.waves),
    log:
        "results/logs/{wave}/clean_wave.log",
    benchmark:
        "results/benchmarks/{wave}/clean_wave.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        code=code_of("clean_wave"),
        settings=set_in_config(
            "cleaning",
            "corrections",
            "waves/{wave}/columns",
            "waves/{wave}/export",
        ),
    message:
        "{wildcards.wave}: type the answers, exclude and correct by rule, log every change"
    script:
        "../scripts/clean_wave.py"
