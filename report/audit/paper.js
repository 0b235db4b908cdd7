// The paper with its numbers live: a number leads to its card, a claim to its condition, a quotation to its answer, a line of the appendix to its entry.
const paper = document.getElementById("audit-paper");

for (const number of paper.querySelectorAll(".number")) {
  const to = number.querySelector("a");
  if (to && NUMBER.has(number.id)) to.setAttribute("href", `#${number.id}`);
}
for (const claim of paper.querySelectorAll(".claim")) {
  if (!CLAIM.has(claim.id)) continue;
  // A phrase that holds numbers of its own is not made into a link: they are the links.
  if (claim.querySelector("a")) claim.append(make("a", { href: `#${claim.id}`, class: "claim-link", "aria-label": "The claim" }, "†"));
  else claim.replaceChildren(make("a", { href: `#${claim.id}`, class: "claim-link" }, ...claim.childNodes));
}
for (const quotation of paper.querySelectorAll(".quotation")) {
  if (QUOTATION.has(quotation.id)) quotation.replaceChildren(make("a", { href: `#${quotation.id}`, class: "claim-link" }, ...quotation.childNodes));
}
for (const entry of BY_ENTRY.keys()) {
  const there = document.getElementById(entry);
  if (there && paper.contains(there) && !there.querySelector("a")) there.replaceChildren(make("a", { href: `#${entry}` }, ...there.childNodes));
}

// Where a number stands in the paper; one of a figure stands in its picture.
const placeInPaper = (number) => document.getElementById(number.id) ?? (number.figure ? document.getElementById(`fig-${number.figure}`) : null);

// The sentence around a number or a claim, in the language in which the paper has it: fonts and voices go by that.
const sentenceOf = (given, name = "blockquote") => given.sentence
  && make(name, { class: "sentence", lang: document.getElementById(given.id)?.closest("[lang]")?.lang }, given.sentence);

let marked = null;
const markInPaper = (element) => {
  marked?.classList.remove("chosen");
  marked = element;
  if (!element) return;
  element.classList.add("chosen");
  const box = element.getBoundingClientRect();
  if (box.top < 90 || box.bottom > innerHeight - 30) element.scrollIntoView({ block: "center" });
};
