// The answer at hand: its text, its codes, a note.
const pane = document.getElementById("desk-answer");
const noteField = document.getElementById("desk-note");
const noteLabel = document.getElementById("desk-note-label");
const FOLDED = 1_500;
const HEARD = 500;
let current = ANSWERS[0] ?? null;

// The colour of a code: the codebook's, or one of its own by its place there.
const hued = (element, code) => {
  const hue = Math.round(((ORDER.get(code) ?? 0) * 137.508 + 210) % 360);
  element.style.setProperty("--code", CODE.get(code)?.color || `hsl(${hue} 55% 50%)`);
  if (code === NONE) element.classList.add("none");
  return element;
};

// Text from outside: as it is, in its own direction, folded where it is long.
const saidWhole = (text) => {
  const whole = make("div", { class: "text", dir: "auto", tabindex: "-1" });
  const unfold = () => {
    whole.replaceChildren(...letters(text));
    whole.focus({ preventScroll: true });
  };
  if (text.length <= FOLDED) whole.append(...letters(text));
  else whole.append(...letters(text.slice(0, FOLDED)), "… ", make("button", { type: "button", class: "link", onclick: unfold }, `Show all ${text.length.toLocaleString("en")} letters`));
  return whole;
};

const chip = (answer, code) => hued(make("li", { class: CODE.has(code) ? "chip" : "chip unknown" },
  make("span", {}, labelOf(code)), CODE.has(code) ? "" : make("span", { class: "note" }, " not in the codebook"),
  make("button", { type: "button", "aria-label": `Take ${labelOf(code)} away`, onclick: (event) => { give(answer, code); backFrom(event, true); } }, "×")), code);

const drawGiven = () => {
  if (!current) return;
  const now = given(current);
  const slot = (name) => pane.querySelector(`.${name}-slot`);
  const [state, name] = stateOf(current);
  slot("state").replaceChildren(make("span", { class: `state ${state}` }, name));
  slot("stale").replaceChildren(drawReopened(current));
  slot("coders").replaceChildren(ADJUDICATES ? drawCoders(current) : "");
  slot("suggestions").replaceChildren(drawSuggestions(current));
  slot("given").replaceChildren(now.length ? make("ul", { class: "chips", "aria-label": ADJUDICATES ? "Decided" : "Codes given" }, now.map((code) => chip(current, code)))
    : make("p", { class: "quiet" }, DATA.codes.length ? (ADJUDICATES ? "Nothing is decided yet: choose codes, or take those of a coder." : "No code yet: press the key of a code, or choose it in the codebook.")
      : "The codebook has no codes for this question yet."));
};

// Why an answer is open again, what it had, and what has changed since.
const drawReopened = (answer) => {
  if (!isReopened(answer)) return "";
  const line = lineOf(answer.respondent);
  const why = isStale(answer) ? "This answer was edited after it was coded, so it is open again."
    : "A code changed its meaning after it was given here, so this answer is open again.";
  return make("div", { class: "reopened" },
    make("p", {}, make("strong", {}, why), ` It had: ${named(line.codes)}.`),
    make("ul", {}, outdatedIn(line).flatMap((code) => changesOf(line, code).map((text) => make("li", {}, make("strong", {}, labelOf(code)), text)))),
    isStale(answer) && line.answer && make("details", {}, make("summary", {}, "The answer as it was"), saidWhole(line.answer)),
    staying(answer).length > 0 && make("button", { type: "button", class: "small", "aria-keyshortcuts": "=", onclick: (event) => { keepCodes(answer); backFrom(event); } }, make("kbd", { "aria-hidden": "true" }, "="), " Give the same codes again"));
};
const changesOf = (line, code) => DATA.reopened[line.version ?? ""][code].map(({ field, before, after }) =>
  (field ? `, ${field}: “${before || "nothing"}” became “${after || "nothing"}”` : " is no longer in the codebook"));
// Codes that are gone cannot be given again.
const staying = (answer) => codesOf(answer.respondent).filter((code) => CODE.has(code));
const keepCodes = (answer) => {
  if (isReopened(answer) && staying(answer).length) replaceCodes(answer, staying(answer), "Same codes given again");
};

const drawAnswer = () => {
  if (!current) {
    pane.replaceChildren(make("h2", { tabindex: "-1", class: "who" }, "No answers"), make("p", {}, "Nobody answered this question in this wave."));
    document.getElementById("desk-noting").hidden = true;
    return;
  }
  const slot = (name) => make("div", { class: `${name}-slot` });
  pane.replaceChildren(
    make("div", { class: "answer-head" }, make("h2", { tabindex: "-1", class: "who" }, letters(current.respondent)), slot("state"),
      current.language && make("span", { class: "quiet" }, current.language), make("span", { class: "quiet place" })),
    saidWhole(current.text), slot("stale"), slot("coders"), slot("given"), slot("suggestions"));
  drawGiven();
  fillNote();
};
const drawPlace = () => {
  const at = visible.indexOf(current);
  const place = pane.querySelector(".place");
  if (place) place.textContent = at < 0 ? "" : `${(at + 1).toLocaleString("en")} of ${visible.length.toLocaleString("en")}`;
};

const fillNote = () => {
  if (current) noteField.value = noteOf(current.respondent);
};
noteField.addEventListener("input", () => {
  const text = noteField.value;
  change(`note on ${current.respondent}`, [[current.respondent, lineFor(current, ADJUDICATES ? { why: text, by: person } : { note: text })]], { typing: `note ${current.respondent}` });
});
noteField.addEventListener("blur", () => { if (done.length) done.at(-1).typing = ""; });

// From answer to answer. Focus stays with what the coder uses, unless that is no longer there.
const goTo = (answer, { focus = true, quietly = false } = {}) => {
  if (!answer) return;
  current = answer;
  sift();
  drawAnswer();
  redraw();
  showInList();
  drawList();
  pane.scrollTop = 0;
  document.getElementById("main").scrollTop = 0;
  if (focus && document.activeElement !== list) focusAnswer();
  if (!quietly) tell(`${answer.respondent}, ${visible.indexOf(answer) + 1} of ${visible.length}, ${stateOf(answer)[1]}`, answer.text.slice(0, HEARD));
};
const focusAnswer = () => pane.querySelector("h2").focus({ preventScroll: true });

const goBy = (by) => {
  const next = visible[visible.indexOf(current) + by];
  if (next) goTo(next);
  else tell(by > 0 ? "This is the last answer of the list." : "This is the first answer of the list.");
};
const isOpen = (answer) => (ADJUDICATES ? differs(answer) && !isCoded(answer) : !isCoded(answer) && isDue(answer));
const goToOpen = () => {
  const at = visible.indexOf(current);
  const next = [...visible.slice(at + 1), ...visible.slice(0, Math.max(at, 0))].find(isOpen);
  if (next) goTo(next);
  else tell(ADJUDICATES ? "Nothing is left to decide in this list." : "Every answer in this list has a code.");
};

// A click leaves the focus where keys work on the answer; the keyboard stays where it is, unless the button went away.
const backFrom = (event, gone = false) => {
  if (event.detail > 0 || gone || !event.currentTarget?.isConnected) focusAnswer();
};
