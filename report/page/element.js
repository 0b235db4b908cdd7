// Elements are made here and nowhere else. Whatever comes from data becomes text, never markup.
const make = (name, given = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") element.className = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child || child === 0));
  return element;
};

// A bar is as long as its share of a whole.
const bar = (part, whole, more = "") => {
  const element = make("span", { class: `bar ${more}`, "aria-hidden": "true" });
  element.style.setProperty("--part", whole > 0 ? String(Math.min(part / whole, 1)) : "0");
  return element;
};

const pairs = (...entries) =>
  make("dl", { class: "pairs" }, entries.filter((entry) => entry && entry[1])
    .map(([term, ...said]) => make("div", {}, make("dt", {}, term), make("dd", {}, said))));

const code = (text) => make("code", {}, text);

const listed = (items, given = {}) => make("ul", given, items.map((item) => make("li", {}, item)));

// Words between which "a", "a and b", "a, b and c" stand.
const joined = (items, last = "or") =>
  items.flatMap((item, place) => (place === 0 ? [item] : [place === items.length - 1 ? ` ${last} ` : ", ", item]));
