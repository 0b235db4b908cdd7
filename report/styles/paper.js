"use strict";
// The contents are open where there is room for them; the card of a number shows what its trace says in short.
(() => {
  const contents = document.querySelector(".contents details");
  const wide = matchMedia("(min-width: 64rem)");
  const arrange = () => { if (contents) contents.open = wide.matches; };
  arrange();
  wide.addEventListener("change", arrange);

  const LABELS = { question: "Question", base: "Base", interval: "Interval", key: "Key" };
  const card = document.createElement("div");
  card.className = "card";
  card.id = "number-card";
  card.setAttribute("role", "note");
  card.hidden = true;
  document.body.append(card);
  let shown = null, leaving = 0;

  const hide = () => {
    card.hidden = true;
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
  };
  const fill = ({ id, dataset: data }) => {
    const list = document.createElement("dl");
    for (const [key, label] of Object.entries(LABELS)) {
      if (!data[key]) continue;
      const term = document.createElement("dt"), text = document.createElement("dd");
      term.textContent = label;
      text.textContent = data[key];
      list.append(term, text);
    }
    const audit = document.createElement("a");
    audit.href = `../audit/index.html#${id}`;
    audit.textContent = "Audit this number";
    card.replaceChildren(list, audit);
    return list.childElementCount > 0;
  };
  const place = (link) => {
    const box = link.getBoundingClientRect();
    const left = Math.min(Math.max(box.left, 12), document.documentElement.clientWidth - card.offsetWidth - 12);
    const below = box.bottom + card.offsetHeight + 12 < innerHeight;
    card.style.left = `${Math.max(left, 12) + scrollX}px`;
    card.style.top = `${(below ? box.bottom + 6 : box.top - card.offsetHeight - 6) + scrollY}px`;
  };
  const show = (number) => {
    clearTimeout(leaving);
    const link = number.querySelector("a");
    if (!link || link === shown) return;
    hide();
    if (!fill(number)) return;
    card.hidden = false;
    shown = link;
    link.setAttribute("aria-describedby", card.id);
    place(link);
  };
  const leave = () => { clearTimeout(leaving); leaving = setTimeout(hide, 200); };

  for (const number of document.querySelectorAll(".number[data-key]")) {
    number.addEventListener("mouseenter", () => show(number));
    number.addEventListener("focusin", () => show(number));
    number.addEventListener("mouseleave", leave);
    number.addEventListener("focusout", leave);
  }
  card.addEventListener("mouseenter", () => clearTimeout(leaving));
  card.addEventListener("mouseleave", leave);
  card.addEventListener("focusin", () => clearTimeout(leaving));
  card.addEventListener("focusout", leave);
  // The card stands at the end of the page: Tab leads from its number into it, and from there to what follows the number.
  const tab = (event) => {
    const audit = card.querySelector("a");
    if (event.target === shown && !event.shiftKey) audit.focus();
    else if (event.target === audit) shown.focus();
    if ((event.target === shown) !== event.shiftKey) event.preventDefault();
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (card.contains(event.target)) shown.focus();
      hide();
    }
    if (event.key === "Tab" && !card.hidden && (event.target === shown || card.contains(event.target))) tab(event);
  });
})();
