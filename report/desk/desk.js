// What all parts share: what is told, what is drawn again after each change; and the start.
const told = document.getElementById("desk-told");
const troubles = document.getElementById("desk-troubles");

// What is told to all, and what more to those who hear the page. The same words twice in a row are told twice.
const tell = (text, more = "") => {
  const again = told.firstChild?.textContent === text ? "\u00a0" : "";
  told.replaceChildren(text + again, more && make("span", { class: "unheard" }, `. ${more}`));
};
const close = (box) => make("button", { type: "button", class: "small", onclick: () => { box.remove(); focusAnswer(); } }, "Close");
const warn = (text) => {
  const box = make("div", { class: "trouble" }, make("p", {}, letters(text)));
  box.append(close(box));
  troubles.append(box);
};
const report = (text) => tell(text);

const showTrouble = () => {
  if (document.getElementById("desk-refused")) return;
  troubles.append(make("div", { class: "trouble", id: "desk-refused" }, make("p", {},
    make("strong", {}, "This browser does not keep your work: "), `what you do is lost when the tab closes, unless you save the file. (${refused})`)));
};
addEventListener("beforeunload", (event) => { if (refused && (unsaved || benches.size)) event.preventDefault(); });

const progress = document.getElementById("desk-progress");
const drawProgress = () => {
  const due = ANSWERS.filter(ADJUDICATES ? differs : isDue);
  const ready = due.filter(isCoded).length;
  progress.max = Math.max(due.length, 1);
  progress.value = ready;
  document.getElementById("desk-done").textContent = `${ready.toLocaleString("en")} of ${due.length.toLocaleString("en")} ${ADJUDICATES ? "decided" : "coded"}`;
};

const redraw = () => {
  drawGiven();
  drawBook();
  drawList();
  drawFilters();
  drawProgress();
  drawPlace();
  document.getElementById("desk-undo").disabled = done.length === 0;
  document.getElementById("desk-redo").disabled = undone.length === 0;
};

// On a narrow page the list lies over the answer.
const railButton = document.getElementById("desk-rail-open");
const openRail = () => { document.body.classList.add("with-rail"); railButton.setAttribute("aria-expanded", "true"); drawList(); };
const closeRail = () => { document.body.classList.remove("with-rail"); railButton.setAttribute("aria-expanded", "false"); };
railButton.addEventListener("click", () => (document.body.classList.contains("with-rail") ? closeRail() : openRail()));
document.getElementById("desk-rail-close").addEventListener("click", () => { closeRail(); focusAnswer(); });

// What is printed: the answers of the list, with their codes and notes.
addEventListener("beforeprint", () => {
  document.getElementById("desk-printed").replaceChildren(make("table", {},
    make("caption", {}, `${DATA.question.label}, ${DATA.wave_title}: ${several(visible.length, "answer", "answers")}, ${ADJUDICATES ? "adjudicated" : "coded"} by ${person}`),
    make("thead", {}, make("tr", {}, ["Respondent", "Answer", "Codes", ADJUDICATES ? "Why" : "Note"].map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, visible.map((answer) => make("tr", {}, [letters(answer.respondent), make("bdi", {}, letters(answer.text)), named(given(answer)), letters(noteOf(answer.respondent))]
      .map((cell) => make("td", {}, cell)))))));
});
addEventListener("afterprint", () => document.getElementById("desk-printed").replaceChildren());

const suggestField = document.getElementById("desk-suggesting");
suggestField.checked = suggesting;
suggestField.closest("label").hidden = DATA.suggestions.length === 0;
suggestField.addEventListener("change", () => {
  suggesting = suggestField.checked;
  keep(`${ROOM}/suggesting`, suggesting);
  redraw();
});

noteLabel.textContent = ADJUDICATES ? "Why" : "Note";
noteField.placeholder = ADJUDICATES ? "Why so? The audit pages print it." : "";
document.getElementById("desk-naming-title").textContent = ADJUDICATES ? "Who adjudicates?" : "Who codes?";
for (const each of document.querySelectorAll(ADJUDICATES ? ".for-coders" : ".for-adjudicators")) each.remove();
document.body.classList.toggle("adjudicates", ADJUDICATES);
buildBook();
drawLanguages();
drawFilters();
if (refused) showTrouble();
askName();
