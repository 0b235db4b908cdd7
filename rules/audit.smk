# audit: what was built, from what, by which code


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
            *of_each_figure(*PICTURES, "csv", "txt"),
            "results/paper/paper.md",
            "results/paper/numbers.json",
            "results/paper/claims.json",
            *documents(),
        ],
        declared=of_the_study(),
        snakefile=relpath(HOUSE / "Snakefile"),
        lock=relpath(HOUSE / "envs/requirements.txt"),
        code=of_the_workflow(),
    output:
        manifest="results/manifest.json",
    log:
        "results/logs/write_manifest.log",
    benchmark:
        "results/benchmarks/write_manifest.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=500,
    params:
        settings=declared(settings),
    message:
        "write the manifest: SHA-256 of every input, output and piece of code"
    script:
        "../scripts/write_manifest.py"
