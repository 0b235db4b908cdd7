const estimatesStage = () => [
  lead("Every statistic of every question, overall and by group, in one table. What stands on too small a base is hidden there."),
  ...ofWaves((wave, { estimating }) => [
    inOut(estimating, "respondents", "estimates"),
    checkList(estimating.checks),
    part(`Statistics, ${waveTitle(wave)}`, () => tableOf({
      name: `Statistics of ${waveTitle(wave)}`,
      heads: ["Statistic", { text: "Estimates", class: "right" }, { text: "Of groups", class: "right" }, { text: "Hidden", class: "right" }, "What it is"],
      rows: estimating.statistics,
      first: 60,
      cells: (each) => [words(each.statistic), count(each.n), count(each.groups), count(each.hidden), DATA.statistics[each.statistic] ?? ""],
    }), { open: true }),
  ]),
  make("h2", {}, "Questions"),
  tableOf({
    name: "Questions",
    heads: ["Question", "Type", "Waves", { text: "Numbers of the paper", class: "right" }],
    rows: DATA.questions,
    first: 200,
    cells: (question) => [questionLink(question.id), question.type, wavesOf(question).map(waveTitle).join(", "),
      count(NUMBERS.filter((number) => number.keys.some((key) => key.split("/")[1] === question.id)).length)],
  }),
];
