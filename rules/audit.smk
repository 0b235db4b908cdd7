# audit: where each number comes from; what was built, from what, by which code


rule trace_numbers:
    input:
        printed="results/paper/printed.json",
        exports=of_each_wave("export"),
        tables=of_each_wave(
            "raw.parquet",
            "clean.parquet",
            "changes.csv",
            "excluded.csv",
            "codes.csv",
            "uncoded.csv",
        ),
        instrument=settings.instrument,
        codebook=codebook(),
        corrections=[
            path
            for wave in settings.waves
            for path in if_written(f"{settings.corrections}/{wave}.csv")
        ],
        codings=[
            str(path)
            for wave in settings.waves
            for path in coding_files(settings.coding.folder, wave)
        ],
        snakefile=relpath(HOUSE / "Snakefile"),
    output:
        numbers="results/paper/numbers.json",
        record=record_of("trace_numbers"),
    log:
        "results/logs/trace_numbers.log",
    benchmark:
        "results/benchmarks/trace_numbers.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        code=all_code(),
        settings=declared(settings),
    message:
        "trace every number of the paper to the raw cells"
    script:
        "../scripts/trace_numbers.py"


rule write_audit:
    input:
        paper="results/paper/paper.html",
        ledger=["results/paper/numbers.json", "results/paper/claims.json"],
        estimates="results/estimates.csv",
        tables=of_each_wave(
            "raw.parquet",
            "clean.parquet",
            "changes.csv",
            "excluded.csv",
            "codes.csv",
            "agreement.csv",
            "uncoded.csv",
        ),
        suggestions=suggestions()[-1:],
        sources=of_each_figure("csv"),
        alternatives=of_each_figure("txt"),
        signatures=signatures(),
        instrument=settings.instrument,
        codebook=codebook(),
        codings=[
            str(path)
            for wave in settings.waves
            for path in coding_files(settings.coding.folder, wave)
        ],
        assets=assets_of("audit"),
        snakefile=relpath(HOUSE / "Snakefile"),
    output:
        pages="results/audit/index.html",
        record=record_of("write_audit"),
    log:
        "results/logs/write_audit.log",
    benchmark:
        "results/benchmarks/write_audit.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=2000,
    params:
        code=code_of("write_audit"),
        settings=declared(settings),
    message:
        "write the audit pages: the paper, and behind each number rows, rules and code"
    script:
        "../scripts/write_audit.py"


rule fill_forms:
    input:
        numbers="results/paper/numbers.json",
        markdown="results/paper/paper.md",
        figures=if_written(settings.paper.figures),
        tables=if_written(settings.paper.tables),
        template=house("report/forms/README-data-editors.md.j2"),
        snakefile=relpath(HOUSE / "Snakefile"),
        lock=relpath(HOUSE / "envs/requirements.txt"),
        direct=relpath(HOUSE / "envs/requirements.in"),
    output:
        table="results/forms/data-editors.csv",
        readme="results/forms/README-data-editors.md",
        codecheck="results/forms/codecheck.yml",
        record=record_of("fill_forms"),
    log:
        "results/logs/fill_forms.log",
    benchmark:
        "results/benchmarks/fill_forms.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=500,
    params:
        code=all_code(),
        settings=declared(settings),
    message:
        "fill in the forms that journals ask for"
    script:
        "../scripts/fill_forms.py"


rule describe_code:
    input:
        snakefile=relpath(HOUSE / "Snakefile"),
    output:
        syntax="results/code.json",
        record=record_of("describe_code"),
    log:
        "results/logs/describe_code.log",
    benchmark:
        "results/benchmarks/describe_code.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=500,
    params:
        code=all_code(),
    message:
        "describe the code by its syntax"
    script:
        "../scripts/describe_code.py"


rule write_manifest:
    input:
        exports=of_each_wave("export"),
        results=[
            *of_each_wave(
                "raw.parquet",
                "clean.parquet",
                "clean.csv",
                "changes.csv",
                "excluded.csv",
                "codes.csv",
                "agreement.csv",
                "uncoded.csv",
                "estimates.csv",
            ),
            "results/estimates.csv",
            *comparisons(),
            *of_each_figure(*PICTURES, "csv", "txt"),
            "results/paper/paper.md",
            "results/paper/printed.json",
            "results/paper/numbers.json",
            "results/paper/claims.json",
            *documents(),
            *published(),
            *suggestions(),
            *quotable(),
            *(f"results/{wave}/redactions.csv" for wave in cleared_waves()),
            *(["results/paper/signed.md", *signatures()] if signatures() else []),
            *forms(),
            *desks(),
            "results/audit/index.html",
            "results/code.json",
        ],
        records=lambda wildcards: records,
        declared=study_files(),
        snakefile=relpath(HOUSE / "Snakefile"),
        lock=relpath(HOUSE / "envs/requirements.txt"),
        syntax="results/code.json",
    output:
        manifest="results/manifest.json",
        record="results/records/write_manifest.json",
    log:
        "results/logs/write_manifest.log",
    benchmark:
        "results/benchmarks/write_manifest.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=500,
    params:
        code=all_code(),
        settings=declared(settings),
    message:
        "write the manifest: SHA-256 of every input, output and piece of code"
    script:
        "../scripts/write_manifest.py"


manifest_before = written_at("results/manifest.json")


onsuccess:
    # Only of a whole build, and only where it made something.
    if written_at("results/manifest.json") != manifest_before:
        # Imported late: every run would wait for what it reads.
        from recount.audit.io import finished_here

        made = (documents(), "results/audit/index.html", settings.waves)
        print(finished_here(*made), file=sys.stderr)
