// Loading a file. What the desk does not have is taken; where both have something else, a person decides.
const COLUMNS = { respondent: "", answer_sha256: "", codes: "" };
const picker = document.getElementById("desk-file");
const clash = document.getElementById("desk-clash");
const whose = document.getElementById("desk-whose");
let clashes = [];

const codesIn = (row) => inOrder(row.codes.split(";").map((code) => code.trim()).filter(Boolean));
const versionIn = (row) => (codesIn(row).length ? (row.codebook_version ?? "").trim() : "");
const lineOfRow = (row) => {
  const codes = codesIn(row);
  const sha256 = row.answer_sha256.trim().toLowerCase();
  const stale = ANSWER.get(row.respondent.trim())?.sha256 !== sha256;
  const about = { sha256, codes, version: versionIn(row), answer: stale || row.answer.length <= REMEMBERED ? row.answer : "" };
  if (ADJUDICATES) return { ...about, by: row.by.trim(), why: row.why.trim() };
  const accepted = [...(row.suggested ?? "").matchAll(/([^:;\s]+):([0-9.]*)/g)].map(([, code, score]) => [code, score]);
  return { ...about, note: row.note.trim(), suggested: Object.fromEntries(accepted.filter(([code]) => codes.includes(code))) };
};
const incomingOf = (rows) => rows.map((row) => ({ respondent: row.respondent.trim(), line: lineOfRow(row) })).filter(({ line }) => !isEmpty(line));

const takeIn = (rows, name, what = "") => {
  const incoming = incomingOf(rows);
  const taken = incoming.filter(({ respondent, line }) => !lines.has(respondent) && !same(BUILT.get(respondent), line));
  const alike = incoming.filter(({ respondent, line }) => same(lineOf(respondent), line));
  clashes = incoming.filter(({ respondent, line }) => lines.has(respondent) && !same(lines.get(respondent), line));
  if (taken.length) change(`loading ${name}`, taken.map(({ respondent, line }) => [respondent, line]));
  fillNote();
  const here = incoming.map(({ respondent }) => ANSWER.get(respondent)).filter(Boolean);
  const facts = [
    what,
    several(taken.length, "line taken", "lines taken"),
    alike.length && `${alike.length} the same as here`,
    clashes.length && `${clashes.length} that differ from the desk`,
    here.filter(isStale).length && `${here.filter(isStale).length} of answers that were edited since: they are open again`,
    here.filter(isOutdated).length && `${here.filter(isOutdated).length} with codes that changed their meaning since: they are open again`,
    here.length < incoming.length && `${incoming.length - here.length} of respondents who have no answer here now: they stay in the file`,
    here.some((answer) => unknownCodes(answer).length) && `${here.filter((answer) => unknownCodes(answer).length).length} with codes that the codebook does not have: see the filter`,
  ].filter(Boolean);
  report(`${name}: ${facts.join("; ")}.`);
  if (clashes.length) showClashes(name);
};

const showClashes = (name) => {
  const choice = ({ respondent }, place, side, title, line) => make("label", { class: "side" },
    make("input", { type: "radio", name: `clash-${place}`, value: side, checked: side === "desk", "aria-label": `${respondent}: ${title}` }),
    make("span", {}, make("strong", {}, title), ` ${named(line.codes)}`, line.version && make("span", { class: "note" }, ` codebook ${line.version}`), (line.note || line.why) && make("q", { dir: "auto" }, letters(line.note || line.why))));
  document.getElementById("desk-clash-title").textContent = `${name}: ${several(clashes.length, "answer differs", "answers differ")} from the desk`;
  document.getElementById("desk-clashes").replaceChildren(...clashes.map((each, place) => make("li", {},
    make("p", {}, make("strong", {}, letters(each.respondent)), " ", make("bdi", {}, letters((ANSWER.get(each.respondent)?.text ?? "").slice(0, PREVIEW)))),
    choice(each, place, "desk", "On the desk:", lines.get(each.respondent)), choice(each, place, "file", "In the file:", each.line))));
  if (!clash.open) clash.showModal();
};
const chooseAll = (side) => {
  for (const field of clash.querySelectorAll(`input[value=${side}]`)) field.checked = true;
};
const settle = () => {
  const chosen = clashes.filter((_, place) => clash.querySelector(`input[name=clash-${place}][value=file]`).checked);
  clash.close();
  if (chosen.length) change(`${several(chosen.length, "line", "lines")} from the file`, chosen.map(({ respondent, line }) => [respondent, line]));
  fillNote();
  report(`${several(chosen.length, "line is", "lines are")} now as in the file, ${clashes.length - chosen.length} as on the desk.`);
};
document.getElementById("desk-all-desk").addEventListener("click", () => chooseAll("desk"));
document.getElementById("desk-all-file").addEventListener("click", () => chooseAll("file"));
document.getElementById("desk-settle").addEventListener("click", settle);

const decoded = async (file) => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error("The file is not UTF-8: save it again as CSV UTF-8.");
  }
};

const load = async (file) => {
  try {
    const text = await decoded(file);
    const { header, rows } = read(text);
    const [question, name] = partsOf(file.name);
    if (!header.includes("respondent")) throw new Error(`It has no column respondent; a coder's file has ${HEADER.join(", ")}.`);
    if (!header.includes("codes")) return loadSample(header, rows);
    const what = header.includes("by") ? "adjudication" : "coder";
    const lacking = Object.keys(COLUMNS).concat("answer", what === "coder" ? ["note"] : ["by", "why"]).filter((column) => !header.includes(column));
    if (lacking.length) throw new Error(`It lacks the column ${lacking.join(", ")}.`);
    if (question !== DATA.question.id) throw new Error(`This desk is for ${DATA.question.id}: its files are named ${DATA.question.id}.${ADJUDICATES ? "CODER" : person}.csv.`);
    const twice = rows.map((row) => row.respondent.trim()).filter((respondent, place, all) => all.indexOf(respondent) !== place);
    if (twice.length) throw new Error(`${twice[0]} has two lines: keep the one that holds the decision.`);
    if (ADJUDICATES && what === "coder") return loadCoder(name, rows);
    if (!ADJUDICATES && what === "adjudication") throw new Error("It is the adjudicator's, and shows what others decided.");
    if (!ADJUDICATES && name !== person && !(await becomes(name, file.name))) return report(`${file.name} was not loaded: it is ${name}'s, and ${person} codes.`);
    await markSeen(text);
    const sheet = !ADJUDICATES && isSheet(rows);
    if (sheet) loadSample(header, rows);
    return takeIn(rows, file.name, sheet && `a sheet of ${several(sample.size, "answer", "answers")}, which alone are listed`);
  } catch (error) {
    return warn(`${file.name} was not loaded. ${error.message}`);
  }
};

// A file of another name is another coder's, whose codes are not to be seen; or it is of who has sat down without saying so.
const becomes = (name, file) => {
  const fault = faultOf(name);
  if (fault) throw new Error(fault);
  document.getElementById("desk-whose-title").textContent = `${file} is ${name}'s`;
  document.getElementById("desk-whose-text").textContent = `${person} codes now, and coders do not see each other's codes. Are you ${name}? Then the file is loaded into ${name}'s work; ${person}'s stays as it is.`;
  document.getElementById("desk-whose-go").textContent = `I am ${name}: load it`;
  document.getElementById("desk-whose-stay").textContent = `Go on as ${person}`;
  whose.returnValue = "";
  whose.showModal();
  document.getElementById("desk-whose-stay").focus();
  return new Promise((done) => {
    whose.addEventListener("close", () => {
      if (whose.returnValue === "load") sit(name);
      done(whose.returnValue === "load");
    }, { once: true });
  });
};
document.getElementById("desk-whose-go").addEventListener("click", () => whose.close("load"));

const loadCoder = (name, rows) => {
  coders.set(name, new Map(rows.map((row) => [row.respondent.trim(), { sha256: row.answer_sha256.trim().toLowerCase(), codes: codesIn(row), version: versionIn(row), note: row.note }])));
  redraw();
  report(`${name}'s codes are shown beside the others, as long as this page is open.`);
};

// A sheet to be filled in, as for double coding: it lacks answers that are here, and not all of its rows are coded.
const isSheet = (rows) => {
  const there = new Set(rows.map((row) => row.respondent.trim()));
  return ANSWERS.some((answer) => !there.has(answer.respondent)) && rows.some((row) => codesIn(row).length === 0);
};

// Respondents, by a sheet or a bare list of them: the answers that are to be coded twice.
const loadSample = (header, rows) => {
  const mine = header.includes("question") ? rows.filter((row) => row.question === DATA.question.id) : rows;
  sample = new Set(mine.map((row) => row.respondent.trim()).filter((respondent) => ANSWER.has(respondent)));
  keep(markOf("sample"), [...sample]);
  if (sample.size && !ADJUDICATES) setFilter({ state: "sample" });
  report(`${several(sample.size, "answer", "answers")} of the sample are here.`);
};

document.getElementById("desk-load").addEventListener("click", () => picker.click());
picker.addEventListener("change", async () => {
  for (const file of picker.files) await load(file);
  picker.value = "";
});
