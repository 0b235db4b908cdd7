// Who codes. The name is part of the file's name.
const naming = document.getElementById("desk-naming");
const nameField = document.getElementById("desk-name");
const nameFault = document.getElementById("desk-name-fault");
const personButton = document.getElementById("desk-person");
const RESERVED = ["adjudication", "rule"];

const faultOf = (name) => {
  if (name === "") return "Give a name, or initials.";
  if (!ADJUDICATES && !/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u.test(name)) return "Letters, digits, - and _ alone: the name becomes part of a file's name.";
  if (RESERVED.includes(name.toLowerCase())) return `${name} is a name that the pipeline keeps for itself.`;
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
  if (person && person !== name) handle = null;
  person = name;
  attempt(() => sessionStorage.setItem(`${ROOM}/person`, name));
  lines = linesKept();
  sample = new Set(kept(markOf("sample")) ?? []);
  keep(markOf("here"), true);
  done.length = 0;
  undone.length = 0;
  unsaved = kept(markOf("unsaved")) ?? false;
  naming.close();
  personButton.textContent = name;
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
};

const askName = () => {
  const here = peopleHere();
  document.getElementById("desk-people").replaceChildren(...here.map((name) => make("button", { type: "button", class: "small", onclick: () => sit(name) }, `Go on as ${name}`)));
  nameField.value = person;
  nameFault.textContent = "";
  naming.showModal();
  (here.length && !person ? document.querySelector("#desk-people button") : nameField).focus();
};
naming.addEventListener("cancel", (event) => { if (!person) event.preventDefault(); });
naming.addEventListener("close", () => { if (!person) askName(); });
nameField.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  sit(nameField.value.normalize("NFC").trim());
});
document.getElementById("desk-begin").addEventListener("click", () => sit(nameField.value.normalize("NFC").trim()));
personButton.addEventListener("click", askName);

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
