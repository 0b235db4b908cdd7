# draw: the figures, from estimates alone


rule draw_figure:
    input:
        estimates="results/estimates.csv",
        instrument=settings.instrument,
        codebook=codebook(),
        code=code_of("draw_figure.py"),
    output:
        svg=report(
            "results/figures/{figure}.svg",
            category="Figures",
            labels={"figure": "{figure}"},
            caption="../report/captions/figure.rst",
        ),
        png="results/figures/{figure}.png",
        pdf="results/figures/{figure}.pdf",
        source="results/figures/{figure}.csv",
        alternative="results/figures/{figure}.txt",
    log:
        "results/logs/draw_figure/{figure}.log",
    benchmark:
        "results/benchmarks/draw_figure/{figure}.tsv"
    wildcard_constraints:
        figure="|".join(map(re.escape, figures)) or "none",
    conda:
        "../envs/recount.yaml"
    resources:
        mem_mb=1000,
    params:
        figure=lambda w: declared(figures[w.figure]),
        settings=declared(
            settings,
            include={"title", "waves", "estimates", "display", "paper"},
            exclude={"estimates": {"no_change"}},
        ),
    message:
        "draw {wildcards.figure}"
    script:
        "../scripts/draw_figure.py"
