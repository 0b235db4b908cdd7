// Which answers are in the list. The answer at hand stays in it until the coder goes on, whatever it has become.
const COMMON = [
  ["all", "All answers", () => true],
];
const STATES = ADJUDICATES ? [
  ["todecide", "To decide", (answer) => differs(answer) && !isCoded(answer)],
  ["differ", "Coders differ", (answer) => differs(answer)],
  ["decided", "Decided", (answer) => isCoded(answer)],
  ["agree", "Coders agree", (answer) => freshOf(answer).length > 1 && !differs(answer)],
  ["one", "One coder", (answer) => freshOf(answer).length === 1],
  ["nobody", "Nobody coded", (answer) => freshOf(answer).length === 0],
  ["stale", "Edited since decided", (answer) => isStale(answer)],
  ["outdated", "Code changed its meaning", (answer) => isOutdated(answer)],
  ...COMMON,
] : [
  ...COMMON,
  ["open", "Not coded", (answer) => !isCoded(answer)],
  ["coded", "Coded", (answer) => isCoded(answer)],
  ["stale", "Edited since coded", (answer) => isStale(answer)],
  ["outdated", "Code changed its meaning", (answer) => isOutdated(answer)],
  ["noted", "With a note", (answer) => noteOf(answer.respondent) !== ""],
  ["suggested", "Suggestions not accepted", (answer) => openSuggestions(answer).length > 0],
  ["sample", "In the sample", (answer) => sample.has(answer.respondent)],
  ["unknown", "Codes not in the codebook", (answer) => unknownCodes(answer).length > 0],
];
// What a coder is to code: all answers, or those of a sample.
const isDue = (answer) => sample.size === 0 || sample.has(answer.respondent);
const ALWAYS = new Set(["all", "open", "coded", "todecide", "differ", "decided", "agree"]);

let filter = { state: STATES[0][0], code: "", language: "", words: "" };
let visible = [];
let sample = new Set();

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const searched = (answer) => (answer.folded ??= folded(`${answer.respondent}\n${answer.text}`));
const hasCode = (answer, code) => given(answer).includes(code) || (ADJUDICATES && freshOf(answer).some(([, codes]) => codes.includes(code)));

const countedCodes = () => {
  const n = new Map();
  for (const answer of ANSWERS) for (const code of given(answer)) n.set(code, (n.get(code) ?? 0) + 1);
  return n;
};

const fits = (answer) => {
  const [, , state] = STATES.find(([id]) => id === filter.state);
  return state(answer) && (!filter.code || hasCode(answer, filter.code)) && (!filter.language || answer.language === filter.language)
    && filter.words.split(/\s+/).every((word) => !word || searched(answer).includes(word) || folded(noteOf(answer.respondent)).includes(word));
};

const sift = () => {
  visible = ANSWERS.filter((answer) => answer === current || fits(answer));
};

const stateField = document.getElementById("desk-state");
const codeField = document.getElementById("desk-code");
const languageField = document.getElementById("desk-language");
const wordsField = document.getElementById("desk-words");

const drawFilters = () => {
  const option = (value, text, chosen) => make("option", { value, selected: value === chosen }, text);
  const counted = STATES.map(([id, name, test]) => [id, name, ANSWERS.filter(test).length]);
  stateField.replaceChildren(...counted.filter(([id, , n]) => n > 0 || ALWAYS.has(id) || id === filter.state)
    .map(([id, name, n]) => option(id, `${name} (${n})`, filter.state)));
  const n = countedCodes();
  codeField.replaceChildren(option("", "Any code", filter.code), ...CODES.map((code) => option(code.id, `${code.label} (${n.get(code.id) ?? 0})`, filter.code)));
};
const drawLanguages = () => {
  const known = [...new Set(ANSWERS.map((answer) => answer.language))].sort();
  languageField.replaceChildren(make("option", { value: "" }, "Any language"), ...known.map((name) => make("option", { value: name },
    `${name || "Not known"} (${ANSWERS.filter((answer) => answer.language === name).length})`)));
  languageField.closest("label").hidden = known.length < 2;
};

const setFilter = (changed) => {
  filter = { ...filter, ...changed };
  const fitting = ANSWERS.filter(fits);
  if (fitting.length && !fitting.includes(current)) current = fitting[0];
  visible = fitting;
  drawAnswer();
  redraw();
  list.scrollTop = 0;
  tell(fitting.length ? `${several(fitting.length, "answer", "answers")} in the list.` : "No answer fits.");
};
stateField.addEventListener("change", () => setFilter({ state: stateField.value }));
codeField.addEventListener("change", () => setFilter({ code: codeField.value }));
languageField.addEventListener("change", () => setFilter({ language: languageField.value }));
wordsField.addEventListener("input", () => setFilter({ words: folded(wordsField.value.trim()) }));
