# code: open-ended answers get the codes that people gave them


rule code_answers:
    input:
        clean="results/{wave}/clean.parquet",
        excluded="results/{wave}/excluded.csv",
        instrument=settings.instrument,
        codebook=codebook(),
        codings=codings,
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
        code=code_of("code_answers"),
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


rule suggest_codes:
    input:
        clean="results/{wave}/clean.parquet",
        earlier_answers=of_earlier_waves("clean.parquet"),
        earlier_codes=of_earlier_waves("codes.csv"),
        instrument=settings.instrument,
        codebook=codebook(),
    output:
        suggestions="results/{wave}/suggestions.csv",
        record=record_of(
            "suggest_codes", made=bool(settings.coding.suggest), wave=settings.waves
        ),
    log:
        "results/logs/{wave}/suggest_codes.log",
    benchmark:
        "results/benchmarks/{wave}/suggest_codes.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=2000,
    params:
        code=code_of("suggest_codes"),
        settings=set_in_config("coding/suggest"),
    message:
        "{wildcards.wave}: suggest codes, from what people coded before and from keywords"
    script:
        "../scripts/suggest_codes.py"


rule measure_suggestions:
    input:
        answers=of_each_wave("clean.parquet"),
        codes=of_each_wave("codes.csv"),
        instrument=settings.instrument,
        codebook=codebook(),
    output:
        quality="results/coding/suggestions-quality.csv",
        record=record_of("measure_suggestions", made=bool(settings.coding.suggest)),
    log:
        "results/logs/measure_suggestions.log",
    benchmark:
        "results/benchmarks/measure_suggestions.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=2000,
    params:
        code=code_of("measure_suggestions"),
        settings=set_in_config("coding/suggest"),
    message:
        "hold what would be suggested in one wave by the others against what people coded"
    script:
        "../scripts/measure_suggestions.py"


rule redact_quotations:
    input:
        clean="results/{wave}/clean.parquet",
        codes="results/{wave}/codes.csv",
        cleared=f"{settings.coding.folder}/cleared/{{wave}}.csv",
        lists=[
            *if_written(f"{settings.coding.folder}/cleared/names.csv"),
            *if_written(f"{settings.coding.folder}/cleared/keep.txt"),
        ],
        instrument=settings.instrument,
    output:
        quotable="results/{wave}/quotable.csv",
        redactions="results/{wave}/redactions.csv",
        record=record_of("redact_quotations", wave=cleared_waves()),
    log:
        "results/logs/{wave}/redact_quotations.log",
    benchmark:
        "results/benchmarks/{wave}/redact_quotations.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        code=code_of("redact_quotations"),
    message:
        "{wildcards.wave}: take personal data out of the answers that were cleared for quotation"
    script:
        "../scripts/redact_quotations.py"


rule write_desk:
    input:
        clean="results/{wave}/clean.parquet",
        instrument=settings.instrument,
        codebook=codebook(),
        codings=codings,
        suggestions=suggestions_of_wave,
        assets=assets_of("desk"),
    output:
        desk="results/coding/{wave}/{question}.html",
        adjudication="results/coding/{wave}/{question}.adjudication.html",
        record=record_of("write_desk", **coded()),
    log:
        "results/logs/{wave}/write_desk/{question}.log",
    benchmark:
        "results/benchmarks/{wave}/write_desk/{question}.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        code=code_of("write_desk"),
        settings=set_in_config(
            "title",
            "coding/folder",
            "coding/language",
            "waves/{wave}/title",
            "waves/{wave}/simulated",
        ),
    message:
        "{wildcards.wave}: write the desk at which {wildcards.question} is coded"
    script:
        "../scripts/write_desk.py"
