# draw: the figures, from estimates alone


rule draw_figure:
    input:
        estimates="results/estimates.csv",
        instrument=settings.instrument,
        codebook=codebook(),
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
        record=record_of("draw_figure", figure=figures),
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
        code=code_of("draw_figure"),
        figures=lambda w: {w.figure: declared(figures[w.figure])},
        settings=set_in_config(
            "title",
            "waves",
            *keys_of("estimates", but="no_change"),
            "display",
            "paper",
        ),
    message:
        "draw {wildcards.figure}"
    script:
        "../scripts/draw_figure.py"
