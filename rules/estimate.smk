# estimate: every statistic of every variable, overall and by group


rule estimate_wave:
    input:
        clean="results/{wave}/clean.parquet",
        changes="results/{wave}/changes.csv",
        excluded="results/{wave}/excluded.csv",
        codes="results/{wave}/codes.csv",
        agreement="results/{wave}/agreement.csv",
        uncoded="results/{wave}/uncoded.csv",
        instrument=settings.instrument,
        codebook=codebook(),
    output:
        estimates="results/{wave}/estimates.csv",
        record=record_of("estimate_wave", wave=settings.waves),
    log:
        "results/logs/{wave}/estimate_wave.log",
    benchmark:
        "results/benchmarks/{wave}/estimate_wave.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        code=code_of("estimate_wave"),
        settings=set_in_config(*keys_of("estimates", but="no_change"), "waves/{wave}"),
    message:
        "{wildcards.wave}: estimate every statistic, with base and interval"
    script:
        "../scripts/estimate_wave.py"


rule compare_waves:
    input:
        clean=of_each_wave("clean.parquet"),
        codes=of_each_wave("codes.csv"),
        instrument=settings.instrument,
        codebook=codebook(),
    output:
        estimates="results/comparisons.csv",
        record=record_of("compare_waves", made=bool(comparisons())),
    log:
        "results/logs/compare_waves.log",
    benchmark:
        "results/benchmarks/compare_waves.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        code=code_of("compare_waves"),
        settings=declared(settings),
    message:
        "all waves: follow returning respondents, weight to a common composition"
    script:
        "../scripts/compare_waves.py"


rule join_estimates:
    input:
        estimates=[*of_each_wave("estimates.csv"), *comparisons()],
    output:
        estimates="results/estimates.csv",
        record=record_of("join_estimates"),
    log:
        "results/logs/join_estimates.log",
    benchmark:
        "results/benchmarks/join_estimates.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        code=code_of("join_estimates"),
    message:
        "all waves: one table of estimates"
    script:
        "../scripts/join_estimates.py"


rule compare_published:
    input:
        estimates="results/estimates.csv",
        published=settings.published,
        instrument=settings.instrument,
    output:
        table="results/published.csv",
        record=record_of("compare_published", made=bool(published())),
    log:
        "results/logs/compare_published.log",
    benchmark:
        "results/benchmarks/compare_published.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        code=code_of("compare_published"),
        settings=declared(settings),
    message:
        "hold what was published before against the estimates"
    script:
        "../scripts/compare_published.py"
