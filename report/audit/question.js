// The card of a question: its words, categories and answers in every wave.
const questionCard = (question) => ({
  kicker: `Question “${question.id}”, ${question.type}`,
  title: question.label,
  about: `asked in ${joined(wavesOf(question).map(waveTitle), "and").join("")}`,
  tags: null,
  key: "",
  parts: [
    ...wavesOf(question).map((wave) => part(`Wording in ${waveTitle(wave)}`, () => wording({ question: question.id, wave, category: "", group: "" }), { open: true })),
    question.categories.length > 0 && part("Categories", () => categories(question), { note: String(question.categories.length) }),
    ...wavesOf(question).map((wave) => overall(question, wave)).filter(Boolean)
      .map((given) => part(`Answers in ${waveTitle(given.wave)}`, () => answers(given), { open: true })),
    DATA.codebook.questions[question.id] && part("Codes", () => codes(question.id)),
    part("Numbers of the paper", () => usesOf(NUMBERS.filter((number) => number.keys.some((key) => estimate(key)?.question === question.id)))),
  ],
});

const wavesOf = (question) => WAVES.filter((wave) => question.waves[wave]);

const overall = (question, wave) => {
  const given = { wave, question: question.id, statistic: "answered", category: "", group: "", level: "" };
  return beside(given, {}) ?? null;
};

const categories = (question) => tableOf({
  name: `Categories of “${question.label}”`,
  heads: ["Id", "Label", { text: "Score", class: "right" }, "Counts"],
  rows: question.categories,
  first: 60,
  cells: (each) => [code(each.id), each.label, each.score === undefined ? "" : String(each.score), each.missing ? "no: marked missing" : each.alone ? "yes, excludes all others" : "yes"],
});

const codes = (question) => tableOf({
  name: "Codes",
  heads: ["Code", "Definition"],
  rows: DATA.codebook.questions[question],
  first: 60,
  cells: (each) => [codeLink(question, each.id), each.definition],
});
