// How things are written: texts of respondents, folded where they are long; names; counts.
const FOLDED = 600;

// Text from outside: isolated, so that its direction turns nothing around it; folded where it is long.
const said = (text) => {
  const whole = typeof text === "string" ? { text, length: text.length } : text;
  if (whole.text === "") return make("span", { class: "blank" }, "blank");
  const isolated = make("bdi", { class: "said" });
  const rest = whole.length > whole.text.length
    ? make("span", { class: "quiet" }, ` … cut here: ${whole.length} letters in all, SHA-256 `, code(whole.sha256)) : "";
  if (whole.text.length <= FOLDED) {
    isolated.append(...letters(whole.text), rest);
    return isolated;
  }
  const more = make("button", { type: "button", class: "link", onclick: () => {
    isolated.replaceChildren(...letters(whole.text), rest);
    isolated.tabIndex = -1;
    isolated.focus({ preventScroll: true });
  } }, `Show all ${whole.length} letters`);
  isolated.append(...letters(whole.text.slice(0, FOLDED)), "… ", more);
  return isolated;
};

const count = (n) => (n === null || n === undefined ? "–" : DATA.counts[n] ?? String(n));
const several = (n, one, many) => `${count(n)} ${n === 1 ? one : many}`;
const waveTitle = (wave) => DATA.waves[wave]?.title ?? wave;
const words = (name) => ({ share_asked: "share of those asked", chosen_mean: "mean number chosen", nonresponse: "no answer at all",
  response_rate: "response rate", changed_cells: "changed cells", double_coded: "coded by two or more", sd: "standard deviation",
  q1: "first quartile", q3: "third quartile", percent: "percent agreement", kappa: "kappa", ac1: "AC1", alpha: "alpha",
  positive: "positive agreement", negative: "negative agreement", s: "S", alpha_jaccard: "alpha with Jaccard's distance",
  combination: "exactly these" })[name] ?? name.replaceAll("_", " ");

const categoryLabel = (question, category) => {
  if (question === "-") return REASONS.get(category) ?? category;
  const labels = QUESTION.get(question)?.labels ?? {};
  if (Object.hasOwn(labels, category)) return labels[category];
  if (Object.hasOwn(DATA.tests, category)) return DATA.tests[category];
  if (category === "*") return "all levels";
  if (category.includes(":")) return category.split(":").map((part) => labels[part] ?? part).join(" less ");
  return category.split("+").map((part) => labels[part] ?? part).join(" + ");
};

// What a clean value is called: categories by their labels, several of them one below the other.
const cleanValue = (question, value) => {
  if (value === "") return make("span", { class: "blank" }, "no value");
  const asked = QUESTION.get(question);
  if (!asked?.categories.length || typeof value !== "string") return said(value);
  if (value === "none ticked") return make("span", { class: "quiet" }, value);
  const chosen = value.split(";");
  return chosen.length === 1 ? said(categoryLabel(question, value))
    : listed(chosen.map((each) => said(categoryLabel(question, each))), { class: "plain" });
};

// What an estimate is about, in a line: "Yes · Office" or "Excluded: speeder".
const about = (given) => {
  const parts = [];
  if (given.category) parts.push(categoryLabel(given.question, given.category));
  parts.push(given.question === "-" ? words(given.statistic) : QUESTION.get(given.question)?.label ?? given.question);
  if (given.question !== "-" && !["share", "count"].includes(given.statistic)) parts.push(words(given.statistic));
  if (given.group) parts.push(`${QUESTION.get(given.group)?.label ?? given.group}: ${categoryLabel(given.group, given.level)}`);
  return parts.join(" · ");
};
const printedPlace = (number) => {
  if (number.figure) return `${figureName(number.figure)}${number.part === "alt text" ? ", alternative text" : ""}`;
  return number.part + (number.declared_at ? ` (${number.declared_at})` : "");
};
