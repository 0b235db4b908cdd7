# write: the paper, its ledger and its documents, from one template


rule write_paper:
    input:
        template=settings.paper.template,
        estimates="results/estimates.csv",
        instrument=settings.instrument,
        codebook=codebook(),
        figures=if_written(settings.paper.figures),
        tables=if_written(settings.paper.tables),
        literals=if_written(settings.paper.literals),
        bibliography=settings.paper.bibliography,
        published=if_written(settings.published),
        quotable=quotable(),
        alternatives=of_each_figure("txt"),
        sources=of_each_figure("csv"),
    output:
        markdown="results/paper/paper.md",
        printed="results/paper/printed.json",
        claims="results/paper/claims.json",
        record=record_of("write_paper"),
    log:
        "results/logs/write_paper.log",
    benchmark:
        "results/benchmarks/write_paper.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        code=code_of("write_paper"),
        settings=declared(settings),
    message:
        "write the paper from its template, with every number traced and every claim tested"
    script:
        "../scripts/write_paper.py"


rule list_signatures:
    input:
        markdown="results/paper/paper.md",
        signatures=signature_files(),
        # All that they were given for, of what people wrote.
        signed=signed,
        records=lambda wildcards: [
            record for record in records if rule_of(record) not in SHOWING
        ],
        rules=sorted(
            relpath(path) for path in [HOUSE / "Snakefile", *HOUSE.glob("rules/*.smk")]
        ),
        snakefile=relpath(HOUSE / "Snakefile"),
    output:
        markdown="results/paper/signed.md",
        signatures="results/signatures.json",
        record=record_of("list_signatures", made=bool(signature_files())),
    log:
        "results/logs/list_signatures.log",
    benchmark:
        "results/benchmarks/list_signatures.tsv"
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=500,
    params:
        code=code_of("list_signatures"),
        settings=declared(settings),
        figures={name: declared(figure) for name, figure in figures.items()},
        seals=seals,
    message:
        "list what reviewers signed, and what has lapsed"
    script:
        "../scripts/list_signatures.py"


rule write_document:
    input:
        markdown=(
            "results/paper/signed.md"
            if signature_files()
            else "results/paper/paper.md"
        ),
        figures=of_each_figure(*PICTURES),
        bibliography=settings.paper.bibliography,
        style=house(settings.paper.style),
        page=house("report/styles/paper.html"),
        styles=sorted(map(str, Path(house("report/styles")).rglob("*.*"))),
    output:
        document=report(
            "results/paper/paper.{kind}",
            category="Paper",
            labels={"document": "{kind}"},
            caption="../report/captions/document.rst",
        ),
        record=record_of("write_document", kind=settings.paper.formats),
    log:
        "results/logs/write_document/{kind}.log",
    benchmark:
        "results/benchmarks/write_document/{kind}.tsv"
    wildcard_constraints:
        kind="html|pdf|docx|tex|xml",
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        code=code_of("write_document"),
    message:
        "write the paper as {wildcards.kind}"
    script:
        "../scripts/write_document.py"
