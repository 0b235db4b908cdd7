// Tables that show their first rows, and more when asked: nothing is built before somebody looks.
const FIRST = 30;

const scrolling = (table, name) => make("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": name }, table);

const tableOf = ({ name, heads, rows, cells, classes = "", first = FIRST }) => {
  const body = make("tbody");
  const table = make("table", { class: classes },
    make("caption", { class: "unheard" }, name),
    make("thead", {}, make("tr", {}, heads.map((head) => make("th", { scope: "col", class: head.class }, head.text ?? head)))),
    body);
  const more = make("button", { type: "button", class: "more" });
  let shown = 0;
  const extend = (by) => {
    const next = rows.slice(shown, shown + by);
    body.append(...next.map((row, place) => {
      const made = make("tr", {}, cells(row, shown + place).map((cell, column) =>
        (cell instanceof HTMLTableCellElement ? cell : make("td", { class: heads[column].class }, cell))));
      if (row.chosen) made.setAttribute("aria-current", "true");
      return made;
    }));
    const start = shown;
    shown += next.length;
    more.hidden = shown >= rows.length;
    more.textContent = `Show ${count(Math.min(100, rows.length - shown))} more of ${count(rows.length)}`;
    return body.rows[start];
  };
  more.addEventListener("click", () => {
    const row = extend(100);
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
  });
  extend(first);
  return make("div", { class: "listing" }, rows.length ? scrolling(table, name) : make("p", { class: "quiet" }, "None."), more);
};

// A part of a card. Which parts stand open is remembered while the reader goes from number to number.
const opened = new Map();
const part = (title, build, { open = false, note = "" } = {}) => {
  const content = make("div", { class: "content" });
  const details = make("details", { class: "part" },
    make("summary", {}, make("h3", {}, title), note && make("span", { class: "note" }, note)), content);
  const fill = () => {
    if (details.open && !content.hasChildNodes()) content.append(...[build()].flat(Infinity).filter(Boolean));
  };
  details.open = opened.get(title) ?? open;
  fill();
  details.addEventListener("toggle", () => {
    fill();
    opened.set(title, details.open);
  });
  return details;
};
