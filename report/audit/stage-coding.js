const codingStage = () => (WAVES.every((wave) => DATA.waves[wave].coding.questions.length === 0) ? [lead("The study codes no open-ended answers.")] : [
  lead("Open-ended answers and the codes that people gave them. Where coders did not agree, an adjudicator decided, and said why."),
  ...ofWaves((wave, { coding }) => [
    inOut(coding, "answers", "coded"),
    checkList(coding.checks),
    ...coding.questions.flatMap((each) => codedQuestion(wave, each)),
  ]),
]);

const codedQuestion = (wave, each) => [
  make("h3", {}, questionLink(each.question)),
  pairs(["Answers", count(each.answers)], ["Waiting for a person", each.uncoded ? count(each.uncoded) : ""],
    ["Decided by", Object.entries(each.decided_by).map(([by, n]) => `${by} ${count(n)}`).join(", ")]),
  tableOf({
    name: `Codes of “${QUESTION.get(each.question).label}”, ${waveTitle(wave)}`,
    heads: ["Code", { text: "Answers", class: "right" }, { text: "Kappa", class: "right" }, { text: "AC1", class: "right" }, { text: "Alpha", class: "right" }, { text: "Agree", class: "right" },
      { text: "On giving it", class: "right" }],
    rows: codeRows(each),
    first: 60,
    cells: ({ id, agreement }) => [id === "" ? make("strong", {}, "The question as a whole") : codeLink(each.question, id), id === "" ? count(each.coded) : count(each.codes[id] ?? 0),
      agreement?.kappa || "–", agreement?.ac1 || "–", agreement?.alpha || "–", agreement?.percent || "–", agreement?.positive || "–"],
  }),
  each.suggestions.length > 0 && part(`Suggestions for ${QUESTION.get(each.question).label}, ${waveTitle(wave)}`, () => suggestionList(wave, each), { note: "not counted" }),
  DATA.study.with_rows && part(`Answers to ${QUESTION.get(each.question).label}, ${waveTitle(wave)}`, () => codedList(wave, each.question), { note: count(each.answers) }),
];

const codeRows = (each) => {
  const ids = [...(DATA.codebook.questions[each.question] ?? []).map((code) => code.id), "none", ""];
  return ids.map((id) => ({ id, agreement: each.agreement.find((row) => row.code === id) }))
    .filter(({ id, agreement }) => agreement || each.codes[id] || id === "");
};

// What a program would have suggested in this wave, held against what people coded, beside how far people agree.
const suggestionList = (wave, each) => {
  const ways = ["earlier waves", "keywords"].filter((by) => each.suggestions.some((row) => row[by]));
  return tableOf({
    name: `Suggestions for “${QUESTION.get(each.question).label}”, ${waveTitle(wave)}: by what the other waves teach, and by the codebook's keywords; of those made, how many people bear out (right), and of the codes that people gave, how many were suggested (found)`,
    heads: ["Code", { text: "Kappa of people", class: "right" }, ...ways.flatMap((by) => [`${by}: made`, "right", "found"].map((text) => ({ text, class: "right" })))],
    rows: each.suggestions,
    first: 60,
    cells: (row) => [row.code === "" ? make("strong", {}, "All codes together") : codeLink(each.question, row.code),
      each.agreement.find((other) => other.code === row.code)?.kappa || "–",
      ...ways.flatMap((by) => [count(row[by]?.suggested ?? 0), row[by]?.precision || "–", row[by]?.recall || "–"])],
  });
};

const codedList = (wave, question) => tableOf({
  name: `Answers to “${QUESTION.get(question).label}”, ${waveTitle(wave)}`,
  heads: ["Row", "Answer", "Codes, and who decided"],
  rows: new Table(responsesOf(wave).coded[question]).all(),
  classes: "rows",
  first: 10,
  cells: (line) => [respondentLink(wave, line.row, String(line.row)), cleanCell(wave, line.row, question), codedCell(question, line, responsesOf(wave).coded[question].coders)],
});
