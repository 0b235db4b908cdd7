// Search over numbers, questions, codes, respondents, their answers, claims and stages; built at the first letter typed.
const MOST_FOUND = 8;
let catalogue = null;

const plain = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const entryOf = (kind, address, title, note, more = "") => ({ kind, address, title, note, text: plain(`${title} ${note} ${more}`), head: plain(title) });

const buildCatalogue = () => [
  ...STAGES.map(([stage, name]) => entryOf("Stages", addressOf("stage", stage), name, passage(stage))),
  ...DATA.questions.map((question) => entryOf("Questions", addressOf("question", question.id), question.label, question.text,
    [question.id, ...Object.values(question.waves).flatMap((wave) => [wave.text, ...wave.columns]), ...question.categories.map((each) => each.label)].join(" "))),
  ...Object.entries(DATA.codebook.questions).flatMap(([question, declared]) => declared.map((each) =>
    entryOf("Codes", addressOf("code", question, each.id), each.label, `${QUESTION.get(question).label}: ${each.definition}`, each.id))),
  ...NUMBERS.map((number) => {
    const own = ownEstimate(number);
    return entryOf("Numbers", `#${number.id}`, number.display, `${number.id}, ${own ? about(own) : number.formula}`, `${number.keys.join(" ")} ${number.entry} ${number.sentence}`);
  }),
  ...DATA.claims.map((claim) => entryOf("Claims", `#${claim.id}`, `“${claim.phrase}”`, claim.sentence, claim.id)),
  ...QUOTATIONS.map((quotation) => entryOf("Quotations", `#${quotation.id}`, quotation.id, typeof quotation.text === "string" ? quotation.text : quotation.text.text)),
  ...ESTIMATES.all().filter((each) => !BY_KEY.has(each.key) && !each.group).map((each) => entryOf("Other estimates", addressOf("key", each.key), each.display, `${about(each)}, ${waveTitle(each.wave)}`, each.key)),
  ...(DATA.study.with_rows ? WAVES.flatMap(catalogueOfResponses) : []),
];

const catalogueOfResponses = (wave) => {
  const { responses, clean } = responsesOf(wave);
  const open = DATA.questions.filter((question) => question.type === "text" && clean[question.id]);
  return responses.all().flatMap((each) => [
    entryOf("Respondents", addressOf("respondent", wave, each.row), typeof each.respondent === "string" ? each.respondent : each.respondent.text,
      `row ${each.row} of ${waveTitle(wave)}${each.reason ? `, ${categoryLabel("-", each.reason)}` : ""}`),
    ...open.map((question) => [question, TEXTS[clean[question.id][each.place]]]).filter(([, text]) => text !== "").map(([question, text]) => {
      const answer = typeof text === "string" ? text : text.text;
      return { ...entryOf("Answers", addressOf("respondent", wave, each.row), `${question.label}, row ${each.row} of ${waveTitle(wave)}`, answer.slice(0, 160)), text: plain(answer) };
    }),
  ]);
};

const search = (query) => {
  const wanted = plain(query).split(/\s+/).filter(Boolean);
  if (!wanted.length) return [];
  catalogue ??= buildCatalogue();
  const found = catalogue.filter((entry) => wanted.every((word) => entry.text.includes(word)));
  const rank = (entry) => (entry.head === wanted.join(" ") ? 0 : entry.head.startsWith(wanted[0]) ? 1 : entry.head.includes(wanted[0]) ? 2 : 3);
  return found.map((entry, place) => [rank(entry), place, entry]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , entry]) => entry);
};

const field = document.getElementById("audit-search");
const results = document.getElementById("audit-results");
const status = document.getElementById("audit-told");

const showResults = () => {
  const found = search(field.value);
  const kinds = [...grouped(found, (entry) => entry.kind)];
  results.hidden = field.value.trim() === "";
  status.textContent = results.hidden ? "" : found.length ? several(found.length, "result", "results") : "Nothing found.";
  results.replaceChildren(...kinds.map(([kind, entries]) => make("section", {},
    make("h2", {}, kind, make("span", { class: "note" }, count(entries.length))),
    listed(entries.slice(0, MOST_FOUND).map((entry) => link(entry.address, make("strong", {}, letters(entry.title)), " ", make("span", { class: "quiet" }, letters(entry.note)))))),
  ), ...(found.length || results.hidden ? [] : [make("p", { class: "quiet" }, "Nothing found. Numbers are found by what they print, questions by their words, respondents by name or row.")]));
};
const closeResults = () => {
  results.hidden = true;
  status.textContent = "";
};

field.addEventListener("input", showResults);
field.addEventListener("focus", () => { if (field.value.trim()) showResults(); });
const moveAmongResults = (event) => {
  const links = [...results.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (next === undefined || !links.length || results.hidden) return;
  event.preventDefault();
  (links[next] ?? field).focus();
};
document.getElementById("audit-find").addEventListener("keydown", (event) => {
  moveAmongResults(event);
  if (event.key === "Enter" && event.target === field) results.querySelector("a")?.click();
  if (event.key === "Escape") {
    event.stopPropagation();
    closeResults();
    field.value = "";
    field.focus();
  }
});
document.addEventListener("pointerdown", (event) => { if (!event.target.closest("#audit-find")) closeResults(); });
