const cleaningStage = () => [
  lead("Which responses count, and which cells were read otherwise than they stand. Every changed cell is in the log, with rule and reason."),
  ...ofWaves((wave, { cleaning }) => [
    inOut(cleaning, "responses", "respondents"),
    checkList(cleaning.checks),
    make("h3", {}, "Left out"),
    tableOf({ name: `Left out in ${waveTitle(wave)}`, heads: ["Reason", { text: "Responses", class: "right" }], rows: cleaning.excluded,
      cells: (each) => [keyLink(keyOf({ wave, statistic: "excluded", category: each.reason }), each.label), count(each.n)] }),
    DATA.study.with_rows && cleaning.excluded.length > 0 && part(`Responses left out of ${waveTitle(wave)}`, () => leftOut(wave)),
    make("h3", {}, "Rules that fired"),
    tableOf({ name: `Rules that fired in ${waveTitle(wave)}`, heads: ["Rule", { text: "Cells", class: "right" }], rows: cleaning.changed,
      cells: (each) => [keyLink(keyOf({ wave, statistic: "changed_cells", category: each.rule }), each.rule), count(each.n)] }),
    cleaning.corrections && make("p", { class: "quiet" }, "People's corrections: ", code(cleaning.corrections.file), ", SHA-256 ", code(cleaning.corrections.sha256)),
    DATA.study.with_rows && cleaning.changed.length > 0 && part(`Changes by rule, ${waveTitle(wave)}`, () => cleaning.changed.map((rule) => [make("h4", {}, rule.rule), changeList(wave, rule.rule)]).flat()),
  ]),
];

const leftOut = (wave) => tableOf({
  name: `Responses left out of ${waveTitle(wave)}`,
  heads: ["Row", "Respondent", "Reason", "Detail"],
  rows: responsesOf(wave).responses.all().filter((each) => each.reason),
  cells: (each) => [respondentLink(wave, each.row, String(each.row)), said(each.respondent), categoryLabel("-", each.reason), said(each.detail)],
});

const changeList = (wave, rule) => tableOf({
  name: `Cells changed by “${rule}” in ${waveTitle(wave)}`,
  heads: ["Row", "Column", "Before", "After", "Reason"],
  rows: responsesOf(wave).changes.filter((change) => change.rule === rule),
  classes: "rows",
  first: 8,
  cells: (change) => [respondentLink(wave, change.row, String(change.row)), code(change.column), said(change.before), said(change.after), said(change.reason)],
});
