// The list of answers. Only what can be seen of it is built, so that thousands of answers stay fluid.
const list = document.getElementById("desk-list");
const listHolder = make("div", { role: "presentation", class: "holder" });
list.append(listHolder);
const nothing = document.getElementById("desk-nothing");
const MARGIN = 6;
const PREVIEW = 160;
const rowHeight = () => 4.75 * parseFloat(getComputedStyle(document.documentElement).fontSize);

const stateOf = (answer) => (isStale(answer) ? ["stale", "edited since"] : isOutdated(answer) ? ["stale", "code changed"] : isCoded(answer) ? ["coded", ADJUDICATES ? "decided" : "coded"]
  : ADJUDICATES ? (differs(answer) ? ["differs", "to decide"] : freshOf(answer).length > 1 ? ["agreed", "coders agree"] : freshOf(answer).length ? ["agreed", "one coder"] : ["open", "not coded"])
    : ["open", "not coded"]);

const optionOf = (answer, place) => {
  const [state, name] = stateOf(answer);
  const option = make("div", { role: "option", id: `answer-${answer.place}`, class: `option ${state}`, "aria-selected": String(answer === current), "aria-setsize": visible.length, "aria-posinset": place + 1,
    onclick: () => { goTo(answer); closeRail(); } },
  make("span", { class: "who" }, letters(answer.respondent), make("span", { class: "state" }, name)),
  make("bdi", { class: "preview" }, letters(answer.text.slice(0, PREVIEW))),
  make("span", { class: "dots", "aria-hidden": "true" }, given(answer).slice(0, 12).map((code) => hued(make("span", { class: "dot" }), code))),
  make("span", { class: "unheard" }, given(answer).length ? `, ${named(given(answer))}` : ""),
  noteOf(answer.respondent) && make("span", { class: "noted", title: "has a note" }, "✎"));
  option.style.top = `${place * rowHeight()}px`;
  return option;
};

const drawList = () => {
  const height = rowHeight();
  listHolder.style.height = `${visible.length * height}px`;
  const first = Math.max(0, Math.floor(list.scrollTop / height) - MARGIN);
  const last = Math.min(visible.length, Math.ceil((list.scrollTop + list.clientHeight) / height) + MARGIN);
  const at = visible.indexOf(current);
  const shown = visible.slice(first, last).map((answer, place) => optionOf(answer, first + place));
  // A reader of the screen follows the answer at hand, so it is there also when it is scrolled out of sight.
  if (at >= 0 && (at < first || at >= last)) shown.push(optionOf(current, at));
  listHolder.replaceChildren(...shown);
  list.hidden = visible.length === 0;
  nothing.hidden = visible.length > 0;
  if (at >= 0) list.setAttribute("aria-activedescendant", `answer-${current.place}`);
  else list.removeAttribute("aria-activedescendant");
};

const showInList = () => {
  const height = rowHeight();
  const top = visible.indexOf(current) * height;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (top + height > list.scrollTop + list.clientHeight) list.scrollTop = top + height - list.clientHeight;
};

let waiting = false;
list.addEventListener("scroll", () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; drawList(); });
});
new ResizeObserver(drawList).observe(list);
list.addEventListener("keydown", (event) => {
  const page = Math.max(1, Math.floor(list.clientHeight / rowHeight()) - 1);
  const at = visible.indexOf(current);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: visible.length - 1 }[event.key];
  if (to === undefined || visible.length === 0) return;
  event.preventDefault();
  goTo(visible[Math.max(0, Math.min(visible.length - 1, to))], { focus: false });
});
