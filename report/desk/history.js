// Every change can be undone and redone, whatever filter is set by then: the desk goes to the answer that it is about.
const done = [];
const undone = [];
const HISTORY = 2_000;

const put = (respondent, line) => {
  if (line === null) lines.delete(respondent);
  else lines.set(respondent, line);
  keep(keyOf(respondent), line);
  if (refused) showTrouble();
};

// Typing in a note is one change, as long as it goes on.
const change = (label, changes, { typing = "" } = {}) => {
  const last = done.at(-1);
  const entry = { label, typing, changes: changes.map(([respondent, after]) => ({ respondent, before: lines.get(respondent) ?? null, after })) };
  for (const each of entry.changes) put(each.respondent, each.after);
  if (typing && last?.typing === typing) last.changes[0].after = entry.changes[0].after;
  else done.push(entry);
  if (done.length > HISTORY) done.shift();
  undone.length = 0;
  markUnsaved(true);
  redraw();
};

const step = (from, to, word, side) => {
  const entry = from.pop();
  if (!entry) {
    tell(`Nothing to ${word}.`);
    return;
  }
  for (const each of entry.changes) put(each.respondent, each[side]);
  to.push({ ...entry, typing: "" });
  markUnsaved(true);
  const about = ANSWER.get(entry.changes[0]?.respondent);
  if (about) goTo(about, { quietly: true });
  redraw();
  fillNote();
  tell(`${word === "undo" ? "Undone" : "Done again"}: ${entry.label}.`);
};
const undo = () => step(done, undone, "undo", "before");
const redo = () => step(undone, done, "redo", "after");

const give = (answer, code) => {
  const had = given(answer).includes(code);
  change(`${labelOf(code)} ${had ? "taken from" : "given to"} ${answer.respondent}`, [[answer.respondent, toggled(answer, code)]]);
  tell(`${labelOf(code)} ${had ? "taken away" : "given"}. Now: ${named(given(answer))}.`);
};
const replaceCodes = (answer, codes, how) => {
  change(`${how} for ${answer.respondent}`, [[answer.respondent, withCodes(answer, codes, lineOf(answer.respondent)?.suggested ?? {})]]);
  tell(`${how}. Now: ${named(codes)}.`);
};
