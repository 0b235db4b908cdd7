// The codebook beside the answer. A code is a button that is pressed or not.
const book = document.getElementById("desk-codes");
let wordy = kept("recount-desk/wordy") ?? false;

const bookRow = (code) => {
  const about = [["Give it when", code.use_when], ["Not when", code.not_when], ["Example", code.example], ["Part of", code.parent && labelOf(code.parent)]].filter(([, text]) => text);
  return hued(make("li", { class: code.parent ? "code child" : "code", id: `code-${code.id}` },
    make("button", { type: "button", class: "give", "aria-pressed": "false", "aria-keyshortcuts": code.key || null, "aria-describedby": code.definition ? `definition-${code.id}` : null,
      onclick: (event) => { if (current) give(current, code.id); backFrom(event); } },
    code.key ? make("kbd", { "aria-hidden": "true" }, code.key) : make("span", { class: "keyless" }), make("span", { class: "label" }, code.label), make("span", { class: "n", "aria-hidden": "true" })),
    code.definition && make("details", { open: wordy }, make("summary", { id: `definition-${code.id}`, dir: "auto" }, letters(code.definition)),
      make("dl", {}, about.map(([term, text]) => make("div", {}, make("dt", {}, term), make("dd", { dir: "auto" }, letters(text))))))), code.id);
};

const buildBook = () => {
  document.getElementById("desk-version").textContent = DATA.version ? `version ${DATA.version}` : "";
  book.replaceChildren(...CODES.map(bookRow));
  const field = document.getElementById("desk-wordy");
  field.checked = wordy;
  field.addEventListener("change", () => {
    wordy = field.checked;
    keep("recount-desk/wordy", wordy);
    for (const each of book.querySelectorAll("details")) each.open = wordy;
  });
};

const drawBook = () => {
  const n = countedCodes();
  const now = current ? given(current) : [];
  const shown = current ? suggestionsFor(current).map((each) => each.code) : [];
  for (const code of CODES) {
    const row = document.getElementById(`code-${code.id}`);
    const button = row.querySelector("button");
    button.setAttribute("aria-pressed", String(now.includes(code.id)));
    row.classList.toggle("suggested", shown.includes(code.id) && !now.includes(code.id));
    button.querySelector(".n").textContent = n.get(code.id) ?? "";
  }
};
