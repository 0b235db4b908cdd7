// What the page carries: one question of one wave, its answers and codes; who coded them only where somebody adjudicates.
const DATA = JSON.parse(document.getElementById("desk-data").textContent);
const ADJUDICATES = DATA.mode === "adjudicate";
const NONE = DATA.none.id;
const ANSWERS = DATA.answers.map((answer, place) => ({ ...answer, place }));
const ANSWER = new Map(ANSWERS.map((answer) => [answer.respondent, answer]));
const CODES = [...DATA.codes, DATA.none];
const CODE = new Map(CODES.map((code) => [code.id, code]));
const ORDER = new Map(CODES.map((code, place) => [code.id, place]));

const labelOf = (id) => CODE.get(id)?.label ?? id;
const inOrder = (codes) => [...new Set(codes)].sort((a, b) => (ORDER.get(a) ?? CODES.length) - (ORDER.get(b) ?? CODES.length));
const several = (n, one, many) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const named = (codes) => (codes.length ? codes.map(labelOf).join("; ") : "no codes");

// Codes that a program suggests for an answer, best first. They are shown, and count only when a person gives them.
const SUGGESTED = new Map();
for (const each of DATA.suggestions) {
  if (!SUGGESTED.has(each.respondent)) SUGGESTED.set(each.respondent, []);
  SUGGESTED.get(each.respondent).push(each);
}
