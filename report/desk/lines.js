// A line is what a person said of an answer: its codes and a note; who adjudicates says why instead. It bears the hash
// of the answer as it was read: when the answer has another hash now, it is open again. It bears the codebook's version
// too, where the codebook has had others: when a code has changed its meaning since, the answer is open again.
const REMEMBERED = 600;
let lines = new Map();
// What the adjudicator's file held when the page was built.
const BUILT = new Map((DATA.adjudication ?? []).map(({ respondent, ...line }) => [respondent, line]));

const lineOf = (respondent) => lines.get(respondent) ?? BUILT.get(respondent) ?? null;
const codesOf = (respondent) => lineOf(respondent)?.codes ?? [];
const noteOf = (respondent) => lineOf(respondent)?.[ADJUDICATES ? "why" : "note"] ?? "";
const isStale = (answer) => codesOf(answer.respondent).length > 0 && lineOf(answer.respondent).sha256 !== answer.sha256;
const VERSION = Object.keys(DATA.reopened).length ? DATA.version : "";
const outdatedIn = (line) => (line?.codes ?? []).filter((code) => Object.hasOwn(DATA.reopened[line.version ?? ""] ?? {}, code));
const isOutdated = (answer) => !isStale(answer) && outdatedIn(lineOf(answer.respondent)).length > 0;
const isReopened = (answer) => isStale(answer) || isOutdated(answer);
const isCoded = (answer) => codesOf(answer.respondent).length > 0 && !isReopened(answer);
const unknownCodes = (answer) => codesOf(answer.respondent).filter((code) => !CODE.has(code));

const lineFor = (answer, changed) => {
  const before = lineOf(answer.respondent);
  const empty = ADJUDICATES ? { codes: [], by: "", why: "" } : { codes: [], note: "", suggested: {} };
  return { ...empty, sha256: answer.sha256, answer: answer.text.length <= REMEMBERED ? answer.text : "", ...before, ...changed };
};

// Codes given to the answer as it is now: those given to an older wording, or to an older meaning, do not count as given.
const withCodes = (answer, codes, suggested) => lineFor(answer, {
  codes: inOrder(codes),
  sha256: answer.sha256,
  version: VERSION,
  answer: answer.text.length <= REMEMBERED ? answer.text : "",
  ...(ADJUDICATES ? { by: person } : { suggested: Object.fromEntries(Object.entries(suggested).filter(([code]) => codes.includes(code))) }),
});

const given = (answer) => (isReopened(answer) ? [] : codesOf(answer.respondent));

const toggled = (answer, code) => {
  const now = given(answer);
  const line = lineOf(answer.respondent);
  const accepted = isReopened(answer) ? {} : { ...line?.suggested };
  if (now.includes(code)) return withCodes(answer, now.filter((each) => each !== code), accepted);
  const shown = suggestionsFor(answer).find((each) => each.code === code);
  if (shown) accepted[code] = shown.score;
  return withCodes(answer, code === NONE ? [NONE] : [...now.filter((each) => each !== NONE), code], accepted);
};

const same = (one, other) => JSON.stringify(essence(one)) === JSON.stringify(essence(other));
const essence = (line) => line && [line.sha256, inOrder(line.codes), line.codes.length ? line.version ?? "" : "", (line.note ?? "").trim(), line.why ?? "", line.by ?? "",
  Object.entries(line.suggested ?? {}).sort().map(([code, score]) => `${code}:${score}`)];
const isEmpty = (line) => !line || (line.codes.length === 0 && !line.note && !line.why);
