# audit: what was built, from what, by which code


rule write_manifest:
    input:
        declared=study_files(),
        exports=of_each_wave("export"),
        results=[
            *(
                table
                for name in WAVE_TABLES
                for table in of_each_wave(name)
            ),
            "results/estimates.csv",
            expand(
                "results/figures/{figure}.{kind}",
                figure=figures,
                kind=["svg", "png", "pdf", "csv", "txt"],
            ),
            "results/paper/paper.md",
            "results/paper/numbers.json",
            "results/paper/claims.json",
            documents(),
        ],
        code=code_of("write_manifest.py"),
    output:
        manifest="results/manifest.json",
    params:
        settings=declared(settings),
        house=str(workflow.basedir),
        code=workflow_code(),
    log:
        "results/logs/write_manifest.log",
    benchmark:
        "results/benchmarks/write_manifest.tsv"
    message:
        "write the manifest: SHA-256 of every input, output and piece of code"
    resources:
        mem_mb=500,
    conda:
        "../envs/recount.yaml"
    script:
        "../scripts/write_manifest.py"
