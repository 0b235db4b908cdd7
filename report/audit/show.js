// What is shown is told by the address, so that every card can be linked to; the way back is the browser's.
const side = document.getElementById("audit-card");
const stage = document.getElementById("audit-stage");
const behind = [document.getElementById("audit-rail"), document.getElementById("main")];
const narrow = matchMedia("(max-width: 62rem)");
let from = null;

const contentOf = (place) => {
  if (place.kind === "number") return numberCard(NUMBER.get(place.id));
  if (place.kind === "entry") return entryCard(place.id);
  if (place.kind === "claim") return claimCard(CLAIM.get(place.id));
  if (place.kind === "quotation") return quotationCard(QUOTATION.get(place.id));
  if (place.kind === "key" && estimate(place.key)) return estimateCard(place.key);
  if (place.kind === "question" && QUESTION.has(place.question)) return questionCard(QUESTION.get(place.question));
  if (place.kind === "code" && DATA.codebook.questions[place.question]?.some((each) => each.id === place.code)) return codeCard(place.question, place.code);
  if (place.kind === "respondent" && responsesOf(place.wave)?.place.has(place.row)) return respondentCard(place.wave, place.row);
  return ["number", "entry", "claim", "key", "question", "code", "respondent"].includes(place.kind) ? missingCard() : overviewCard();
};

const missingCard = () => ({
  kicker: "Not here", title: "There is no such card", about: DATA.study.with_rows ? "The paper may have been built again since this address was written." : "This page carries digests of respondents, not their answers.",
  tags: null, key: "", parts: [],
});

const drawCard = (content, closable) => {
  const step = (by, name) => {
    const next = content.number && NUMBERS[NUMBERS.indexOf(content.number) + by];
    return content.number ? make("a", { href: next ? `#${next.id}` : null, class: "button", "aria-label": `${name} number`, "aria-disabled": next ? null : "true", role: next ? null : "link" }, by < 0 ? "‹" : "›") : "";
  };
  side.replaceChildren(...[
    make("div", { class: "card-head" },
      make("p", { class: "kicker" }, content.kicker),
      closable && make("div", { class: "steps" }, step(-1, "Previous"), step(1, "Next"),
        make("button", { type: "button", class: "button", "aria-label": "Close the card", onclick: closeCard }, "✕"))),
    make("h2", { id: "audit-card-title", tabindex: "-1" }, content.title),
    make("p", { class: "about" }, content.about),
    content.tags, content.key && make("p", { class: "key" }, code(content.key)),
    ...content.parts.flat(Infinity),
  ].filter(Boolean));
  side.scrollTop = 0;
};

const drawMain = (place) => {
  if (place.kind === "stage" || ["number", "entry", "claim", "quotation", "paper", ""].includes(place.kind)) {
    const page = place.kind === "stage" ? stagePage(place.stage) : null;
    stage.hidden = !page;
    paper.hidden = Boolean(page);
    stage.replaceChildren(...(page ?? []));
    for (const to of document.querySelectorAll("#audit-stages a")) {
      const current = to.getAttribute("href") === (page ? addressOf("stage", place.stage) : "#paper");
      if (current) to.setAttribute("aria-current", "page");
      else to.removeAttribute("aria-current");
    }
  }
};

const show = ({ focus }) => {
  const place = parsed(location.hash);
  const card = !["stage", "paper", "overview", ""].includes(place.kind);
  const content = contentOf(place);
  drawMain(place);
  drawCard(content, card || (narrow.matches && place.kind === "overview"));
  open(card || place.kind === "overview");
  const there = place.kind === "number" ? placeInPaper(NUMBER.get(place.id))
    : place.kind === "entry" ? placeInPaper(BY_ENTRY.get(place.id)[0]) : ["claim", "quotation"].includes(place.kind) ? document.getElementById(place.id) : null;
  markInPaper(there);
  document.title = `${card || place.kind === "stage" ? `${(card ? side : stage).querySelector("h2, h1").textContent} – ` : ""}Audit: ${DATA.study.title}`;
  if (focus && (card || place.kind === "overview")) document.getElementById("audit-card-title").focus({ preventScroll: true });
  else if (focus && place.kind === "stage") document.getElementById("audit-stage-title")?.focus({ preventScroll: true });
  if (place.kind === "stage" || place.kind === "paper") scrollTo(0, 0);
  if (place.kind === "" && place.id) document.getElementById(place.id)?.scrollIntoView();
};

// On a narrow page the card lies over the paper, which then cannot be reached.
const open = (value) => {
  document.body.classList.toggle("with-card", value);
  for (const element of behind) element.inert = value && narrow.matches;
};

const go = (hash) => {
  if (!document.body.classList.contains("with-card")) from = document.activeElement;
  closeResults();
  if (location.hash !== hash) history.pushState(null, "", hash);
  show({ focus: true });
};

// Closing leads back to where the card was opened, on the same page of the paper.
const closeCard = () => {
  if (!document.body.classList.contains("with-card")) return;
  const back = marked?.querySelector("a") ?? from;
  const top = scrollY;
  const onStage = !stage.hidden;
  history.pushState(null, "", onStage ? document.querySelector("#audit-stages [aria-current]")?.getAttribute("href") ?? "#paper" : "#paper");
  if (onStage) {
    drawCard(overviewCard(), false);
    open(false);
  } else {
    show({ focus: false });
    scrollTo(0, top);
  }
  (back?.isConnected ? back : document.getElementById("main")).focus({ preventScroll: true });
};

document.addEventListener("click", (event) => {
  const to = event.target.closest("a[href^='#']");
  if (!to || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const place = parsed(to.getAttribute("href"));
  if (place.kind === "") {
    if (paper.hidden && document.getElementById(place.id)?.closest("#audit-paper")) drawMain({ kind: "paper" });
    return;
  }
  event.preventDefault();
  go(to.getAttribute("href"));
});
addEventListener("popstate", () => show({ focus: true }));
narrow.addEventListener("change", () => open(document.body.classList.contains("with-card")));

for (const [name] of STAGES) {
  const to = document.querySelector(`#audit-stages a[href="#stage/${name}"] .passage`);
  if (to) to.textContent = passage(name);
}
drawMain({ kind: "paper" });
show({ focus: location.hash !== "" });
// Once all is loaded the browser goes to the number of that name in the paper, and the focus is lost: it is the card's.
addEventListener("load", () => setTimeout(() => {
  if (document.activeElement === document.body) show({ focus: location.hash !== "" });
}));
