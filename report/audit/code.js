// The card of a code: when it is given, how far coders agree on it, and the answers that have it.
const codeCard = (question, id) => {
  const declared = DATA.codebook.questions[question].find((each) => each.id === id);
  return {
    kicker: `Code “${id}” of ${QUESTION.get(question).label}`,
    title: declared.label,
    about: declared.definition,
    tags: null,
    key: "",
    parts: [
      pairs(["Give it when", declared.use_when ?? ""], ["Not when", declared.not_when ?? ""], ["Example", declared.example ? said(declared.example) : ""], ["Part of", declared.parent ? codeLink(question, declared.parent) : ""]),
      ...wavesOf(QUESTION.get(question)).map((wave) => [wave, estimate(keyOf({ wave, question, statistic: "share", category: id }))])
        .filter(([, found]) => found).map(([wave, found]) => part(`Answers with this code in ${waveTitle(wave)}`, () => [
          pairs(["Share", keyLink(found.key, found.display), ` (${counted(found)})`], ["Agreement", agreementText(wave, question, id)]),
          answersWith(wave, question, id)], { open: wave === DATA.study.wave, note: counted(found) })),
    ],
  };
};

const agreementText = (wave, question, id) => {
  const row = DATA.waves[wave].coding.questions.find((each) => each.question === question)?.agreement.find((each) => each.code === id);
  return row ? `kappa ${row.kappa || "–"}, AC1 ${row.ac1 || "–"}, alpha ${row.alpha || "–"}; ${row.percent || "–"} of ${count(row.n)} answers` : "";
};

const answersWith = (wave, question, id) => {
  const rows = responsesOf(wave);
  if (!rows) return "";
  const lines = new Table(rows.coded[question]).all().filter((line) => line.codes.split(";").includes(id));
  return tableOf({
    name: `Answers coded “${id}” in ${waveTitle(wave)}`,
    heads: ["Row", "Answer", "Codes, and who decided"],
    rows: lines,
    classes: "rows",
    cells: (line) => [respondentLink(wave, line.row, String(line.row)), cleanCell(wave, line.row, question), codedCell(question, line, rows.coded[question].coders)],
  });
};
