// Where things stand: #n-12, #e-3, #c-2, #q-1, #key/2020/office/share/yes, #question/office, #code/obstacles/funding,
// #respondent/2020/17, #stage/cleaning, #overview. What is none of these is a place in the paper.
const addressOf = (kind, ...parts) =>
  `#${[kind, ...parts].join("/").split("/").map((part) => encodeURIComponent(part).replaceAll("%3D", "=").replaceAll("%2B", "+")).join("/")}`;

const parsed = (hash) => {
  let parts;
  try {
    parts = hash.replace(/^#/, "").split("/").map(decodeURIComponent);
  } catch {
    return { kind: "" };
  }
  const [first, ...rest] = parts;
  if (rest.length === 0) {
    if (NUMBER.has(first)) return { kind: "number", id: first };
    if (BY_ENTRY.has(first)) return { kind: "entry", id: first };
    if (CLAIM.has(first)) return { kind: "claim", id: first };
    if (QUOTATION.has(first)) return { kind: "quotation", id: first };
    if (first === "overview" || first === "paper") return { kind: first };
    return { kind: "", id: first };
  }
  const [one, two] = rest;
  return { key: { kind: "key", key: rest.join("/") }, stage: { kind: "stage", stage: one },
    question: { kind: "question", question: one }, code: { kind: "code", question: one, code: two },
    respondent: { kind: "respondent", wave: one, row: Number(two) } }[first] ?? { kind: "" };
};

const link = (address, ...children) => make("a", { href: address }, children);
const keyLink = (key, ...children) => (PLACE_OF_KEY.has(key) ? link(addressOf("key", key), children) : make("span", {}, children));
const respondentLink = (wave, row, ...children) => link(addressOf("respondent", wave, row), children);
const questionLink = (question) => link(addressOf("question", question), QUESTION.get(question)?.label ?? question);
const codeLink = (question, id) => (id === "none" || id === "" ? make("span", { class: "quiet" }, categoryLabel(question, id || "none"))
  : link(addressOf("code", question, id), categoryLabel(question, id)));
const codeLinks = (question, codes) => (codes === "" ? make("span", { class: "blank" }, "not coded")
  : listed(codes.split(";").map((id) => codeLink(question, id)), { class: "plain" }));
const numberLink = (number) => link(`#${number.id}`, number.display);
