"""What each statistic and each interval is, in words and as a formula, for those who want to do it again by hand.

The formulas are those of recount/estimate; docs/tables.md lists the statistics.
"""

from recount.estimate.distribution import DEFINITION

STATISTICS = {
    "contacted": "How many were asked to take part, as config.yaml says; nobody knows who did not respond.",
    "received": "Rows of the export that are responses.",
    "excluded": "Responses left out for this reason; each for the first reason that applies.",
    "respondents": "Responses received less those left out.",
    "response_rate": "Respondents divided by those contacted.",
    "changed_cells": "Cells whose clean value is not their raw text read as the instrument says, by rule.",
    "asked": "Respondents who were asked the question, by its universe.",
    "answered": "Respondents asked who gave a valid answer: one that is not marked missing.",
    "nonresponse": "Those asked who gave no answer at all, divided by those asked.",
    "count": "Respondents with this answer among the base; never weighted.",
    "share": "Respondents with this answer divided by the base; with weights, the sums of their weights.",
    "share_asked": "Respondents with this answer divided by those asked; with weights, the sums of their weights.",
    "combination": "Respondents who ticked exactly these categories, divided by those who answered.",
    "net": "The share of the first less the share of the second: the mean of a score of 1, 0 and −1.",
    "mean": "Mean of the numbers or scores of those who answered.",
    "sd": "Standard deviation of the numbers or scores of those who answered.",
    "median": f"Median (Hyndman and Fan 1996, type {DEFINITION}).",
    "q1": f"First quartile (Hyndman and Fan 1996, type {DEFINITION}).",
    "q3": f"Third quartile (Hyndman and Fan 1996, type {DEFINITION}).",
    "minimum": "Smallest of the numbers or scores.",
    "maximum": "Largest of the numbers or scores.",
    "index_mean": "Mean of what respondents answered to the items of an index on average, reversed ones turned over.",
    "cronbach": "Cronbach's (1951) alpha of the items: k/(k−1) · (1 − sum of their variances / variance of their sum).",
    "cronbach_standardised": "The same of items that all have the variance 1.",
    "item_rest": "Correlation of an item with the sum of the others.",
    "kish_n": "How many respondents the weights are worth: (Σw)²/Σw² (Kish 1965); `before`: the weights before raking.",
    "margin_before": "Share of all respondents, with the weights before raking.",
    "margin_target": "Share in the population as config.yaml has it, which raking makes the weights fit.",
    "chosen_mean": "Mean number of categories chosen, or of codes given; one that excludes all others counts as none.",
    "mentions": "All categories ticked, or codes given; one that excludes all others is none.",
    "mention_share": "Mentions of this category or code divided by all mentions; with weights, sums of their weights.",
    "first": "First date among the respondents.",
    "last": "Last date among the respondents.",
    "percent": "Share of the answers coded by two or more people on which they agree.",
    "positive": "Agreement on giving the code: of the decisions for it, the share that the other coder shares.",
    "negative": "Agreement on not giving the code: of the decisions against it, the share that the other coder shares.",
    "kappa": "Agreement beyond chance: Cohen (1960) for two coders, Conger (1980) for more; of a question as a whole, "
    "pooled over its codes (De Vries and others 2008).",
    "pi": "Agreement beyond chance: Scott (1955), for several coders Fleiss (1971).",
    "s": "Agreement beyond chance, if all categories were as likely: Bennett and others (1954).",
    "ac1": "Agreement beyond chance: Gwet (2008).",
    "alpha": "Agreement beyond chance: Krippendorff's; for sets of codes with the MASI distance (Passonneau 2006).",
    "alpha_jaccard": "Agreement beyond chance on sets of codes: Krippendorff's alpha with the Jaccard distance.",
    "double_coded": "Answers coded by two or more people.",
    "adjudicated": "Answers whose codes an adjudicator decided.",
    "by_rule": "Answers whose codes the codebook's keywords decided, no person.",
    "returning": "Respondents whose id stands in both waves and who are in the question's base both times.",
    "gained": "Those of the returning respondents who chose this answer now and not in the earlier wave.",
    "lost": "Those of the returning respondents who chose this answer in the earlier wave and not now.",
    "change": "Those who came to the answer less those who left it, divided by the returning respondents.",
    "standardised_share": "The share, with weights that give the wave the composition of another (raking).",
    "standardised_mean": "The mean, with weights that give the wave the composition of another (raking).",
    "effective_n": "How many unweighted respondents the weighted ones are worth: (Σw)²/Σw² (Kish 1965).",
    "uncoded": "Answers that still need a person.",
    "difference": "The share in the first level less that in the second, of levels that were drawn together.",
    "independence": "Whether answers and levels of a group go together, a test: statistic, degrees of freedom, p.",
    "ranks": "Whether levels of a group differ in the rank of their answers, a test: statistic, degrees of freedom, p.",
}

# Name, formula and source of each method that estimates.csv names.
METHODS = {
    "wilson": (
        "Wilson score interval",
        "(p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n), with p the share and n the base",
        "Wilson 1927; Newcombe 1998, method 3",
    ),
    "wilson fpc": (
        "Wilson score interval with finite population correction",
        "as Wilson's, with n(N−1)/(N−n) in place of n, N the frame",
        "Wilson 1927; Cochran 1977, section 3.2",
    ),
    "wilson effective n": (
        "Wilson score interval on the effective sample size",
        "as Wilson's, with (Σw)²/Σw² of the base in place of n",
        "Wilson 1927; Kish 1965",
    ),
    "wilson design": (
        "Wilson score interval for a drawn sample",
        "as Wilson's, with t for z and p(1−p)/se² · (t(n−1)/t(df))² in place of n",
        "Wilson 1927; Dean and Pagano 2015",
    ),
    "logit design": (
        "Interval of the log odds",
        "logit⁻¹(logit p ± t(df) · se/(p(1−p)))",
        "Korn and Graubard 1999, section 3.2",
    ),
    "korn-graubard design": (
        "Exact interval on the effective sample size",
        "Clopper and Pearson's, with p(1−p)/se² · (t(n−1)/t(df))² in place of n",
        "Korn and Graubard 1998",
    ),
    "korn-graubard nchs design": (
        "Exact interval on the effective sample size, in the form of the NCHS",
        "as Korn and Graubard's, with an effective sample size of at most n",
        "Parker and others 2017",
    ),
    "likelihood design": (
        "Interval of the likelihood ratio",
        "all shares whose deviance over the design effect is at most t(df)²",
        "Rao and Scott 1984",
    ),
    "arcsine design": (
        "Interval of the arcsine",
        "sin²(arcsin √p ± t(df) · se/(2√(p(1−p))))",
        "Lumley 2010, section 2.3",
    ),
    "wald design": ("Wald interval", "p ± t(df) · se", "Student 1908"),
    "t": (
        "Student's t interval",
        "mean ± t(df) · standard error; df is n−1 where nothing else is said",
        "Student 1908",
    ),
    "newcombe paired": (
        "Newcombe interval of a change among the same respondents",
        "Wilson's intervals of both shares, squared and added, less 2 φ times their product",
        "Newcombe 1998c, method 10",
    ),
    "order statistics": (
        "Interval between order statistics",
        "x(r) to x(n+1−r), the narrowest pair that covers with at least the confidence asked for",
        "David and Nagaraja 2003, 7.1",
    ),
    "woodruff": (
        "Interval of a quantile",
        "the values at F ± t(df) · se(F), F being the share at or below the median",
        "Woodruff 1952",
    ),
    "census": (
        "No interval",
        "everyone was asked: nothing was left to the chance of sampling",
        "Cochran 1977, section 2.6",
    ),
    "pearson": (
        "Pearson's chi-squared test",
        "Σ (n − e)²/e over levels and answers, e being row total · column total / n; χ² of (rows−1)(columns−1)",
        "Pearson 1900",
    ),
    "fisher": (
        "Fisher's exact test",
        "the tables with these margins that are no likelier than this one, of all with these margins",
        "Fisher 1935",
    ),
    "rao scott first": (
        "Rao and Scott's test, first order",
        "Pearson's statistic of weighted shares, over the mean of the design effects; χ²",
        "Rao and Scott 1984",
    ),
    "rao scott second": (
        "Rao and Scott's test, second order",
        "Pearson's statistic of weighted shares, over the sum δ of the design effects; F(δ²/Σδᵢ², df · δ²/Σδᵢ²)",
        "Rao and Scott 1984; Thomas and Rao 1987",
    ),
    "wald": (
        "Wald's test of independence",
        "the differences from independence, through the inverse of their covariance; F",
        "Koch, Freeman and Freeman 1975",
    ),
    "wald adjusted": (
        "Wald's test of independence, adjusted for few clusters",
        "Wald's · (df − (rows−1)(columns−1) + 1)/df; F",
        "Fellegi 1980; Thomas and Rao 1987",
    ),
    "mann whitney": (
        "Mann and Whitney's test",
        "U = rank sum of the first level − n(n+1)/2; exact up to 50 respondents",
        "Mann and Whitney 1947",
    ),
    "kruskal wallis": (
        "Kruskal and Wallis's test",
        "12/(n(n+1)) Σ nᵢ (mean rank − (n+1)/2)², corrected for ties; χ² of levels−1",
        "Kruskal and Wallis 1952",
    ),
    "mann whitney design": (
        "Mann and Whitney's test for a drawn sample",
        "mean rank in the population, first level less second, over its standard error; t(df−1)",
        "Lumley and Scott 2013",
    ),
    "kruskal wallis design": (
        "Kruskal and Wallis's test for a drawn sample",
        "differences of mean ranks in the population through the inverse of their covariance; F(levels−1, df+1−levels)",
        "Lumley and Scott 2013",
    ),
    "bootstrap": (
        "Percentiles of a bootstrap",
        "answers drawn with replacement, as many as there are; the middle of the values that the draws give",
        "Efron and Tibshirani 1993, ch. 13",
    ),
}
