# code: open-ended answers get the codes that people gave them


rule code_answers:
    input:
        clean="results/{wave}/clean.parquet",
        excluded="results/{wave}/excluded.csv",
        instrument=settings.instrument,
        codebook=codebook(),
        codings=codings,
        code=code_of("code_answers.py"),
    output:
        codes="results/{wave}/codes.csv",
        agreement="results/{wave}/agreement.csv",
        uncoded="results/{wave}/uncoded.csv",
        record=record_of("code_answers", wave=settings.waves),
    log:
        "results/logs/{wave}/code_answers.log",
    benchmark:
        "results/benchmarks/{wave}/code_answers.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        settings=set_in_config(
            "coding/folder",
            "coding/by_rule",
            "coding/replicates",
            "coding/seed",
            "estimates/confidence",
        ),
    message:
        "{wildcards.wave}: apply the coders' files, measure their agreement, list what is uncoded"
    script:
        "../scripts/code_answers.py"
