// Who codes. The name is part of the file's name, and each works on lines of their own. Nobody goes on as another unawares:
// the desk asks when it is opened, and again when nobody has touched it for a while.
const naming = document.getElementById("desk-naming");
const nameField = document.getElementById("desk-name");
const nameFault = document.getElementById("desk-name-fault");
const personButton = document.getElementById("desk-person");
const RESERVED = ["adjudication", "rule"];
const SITTING = 30 * 60_000;
// The work of those who sat here before, where the browser keeps none.
const benches = new Map();
let touched = Date.now();
let away = false;

const faultOf = (name) => {
  if (name === "") return "Give a name, or initials.";
  if (!ADJUDICATES && !/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u.test(name)) return "Letters, digits, - and _ alone: the name becomes part of a file's name.";
  if (RESERVED.includes(name.toLowerCase())) return `${name} is a name that the pipeline keeps for itself.`;
  const here = peopleHere();
  const alike = here.find((other) => other.toLowerCase() === name.toLowerCase());
  if (alike && !here.includes(name)) return `${alike} has worked here: go on as ${alike}, or take a name that differs in more than capitals.`;
  return "";
};

const sit = (name) => {
  const fault = faultOf(name);
  nameFault.textContent = fault;
  nameField.setAttribute("aria-invalid", String(fault !== ""));
  if (fault) {
    nameField.focus();
    return;
  }
  away = false;
  touched = Date.now();
  if (name === person) {
    naming.close();
    focusAnswer();
    return;
  }
  handle = null;
  if (person) benches.set(person, lines);
  person = name;
  attempt(() => sessionStorage.setItem(`${ROOM}/person`, name));
  lines = (refused && benches.get(name)) || linesKept();
  sample = new Set(kept(markOf("sample")) ?? []);
  keep(markOf("here"), true);
  done.length = 0;
  undone.length = 0;
  unsaved = kept(markOf("unsaved")) ?? (refused !== "" && lines.size > 0);
  naming.close();
  personButton.replaceChildren(make("span", { class: "of-person" }, name), " ", make("span", { class: "note" }, "change"));
  document.body.classList.remove("nobody");
  if (ADJUDICATES && !ANSWERS.some(isOpen)) filter.state = ANSWERS.some(differs) ? "differ" : "all";
  if (!ADJUDICATES) filter.state = sample.size ? "sample" : filter.state === "sample" ? "all" : filter.state;
  current = ANSWERS.find(isOpen) ?? ANSWERS.find(fits) ?? ANSWERS[0] ?? null;
  markUnsaved(unsaved);
  sift();
  drawAnswer();
  redraw();
  showInList();
  focusAnswer();
  tell(greeting());
};

// Adjudicators share one file: who decided here before is in it only once it was loaded.
const greeting = () => {
  const others = peopleHere().filter((name) => name !== person && workOf(name) > 0);
  const shared = ADJUDICATES && others.length ? ` ${others.join(" and ")} decided here too: load that file, or yours will not have these decisions.` : "";
  return `${person} ${ADJUDICATES ? "adjudicates" : "codes"}: ${several(workOf(person), "answer", "answers")} on this desk.${shared}`;
};
const workOf = (name) => [...linesKept(name).values()].filter((line) => line.codes.length > 0).length;

const askName = () => {
  const here = peopleHere();
  document.getElementById("desk-people").replaceChildren(...here.map((name) => make("button", { type: "button", class: "small", onclick: () => sit(name) },
    `Go on as ${name} `, make("span", { class: "note" }, `(${several(workOf(name), "answer", "answers")})`))));
  nameField.value = "";
  nameFault.textContent = "";
  naming.showModal();
  (here.length && (!person || away) ? document.querySelector("#desk-people button") : nameField).focus();
};
const mustSay = () => !person || away;
naming.addEventListener("cancel", (event) => { if (mustSay()) event.preventDefault(); });
naming.addEventListener("close", () => { if (mustSay()) askName(); });
nameField.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  sit(nameField.value.normalize("NFC").trim());
});
document.getElementById("desk-begin").addEventListener("click", () => sit(nameField.value.normalize("NFC").trim()));
personButton.addEventListener("click", askName);

const whileAway = (event) => {
  if (document.querySelector("dialog[open]")) return;
  const long = Date.now() - touched > SITTING;
  touched = Date.now();
  if (!long) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  away = true;
  askName();
};
for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, whileAway, { capture: true });

// Another tab of the same person: what is done there is seen here.
addEventListener("storage", (event) => {
  const start = `${ROOM}/${encodeURIComponent(person)}/line/`;
  if (!person || !event.key?.startsWith(start)) return;
  const respondent = decodeURIComponent(event.key.slice(start.length));
  if (event.newValue === null) lines.delete(respondent);
  else lines.set(respondent, JSON.parse(event.newValue));
  redraw();
  if (respondent === current?.respondent && document.activeElement !== noteField) fillNote();
});
