// The parts of a card that are of one estimate: from the words of the question to the digests.
const inOtherWaves = (given) => {
  const same = WAVES.map((wave) => beside(given, { wave })).filter(Boolean)
    .map((each) => ({ each, chosen: each.key === given.key }));
  return tableOf({
    name: `In other waves: ${about(given)}`,
    heads: ["Wave", { text: "Value", class: "right" }, { text: "Interval", class: "right" }, { text: "n of base", class: "right" }, "Comparable"],
    rows: same,
    cells: ({ each }) => [keyLink(each.key, waveTitle(each.wave)), each.display, each.interval,
      each.n === null ? count(each.base) : `${count(each.n)} of ${count(each.base)}`, comparable(each)],
  });
};

const comparable = ({ question, wave }) => {
  const asked = QUESTION.get(question)?.waves[wave];
  if (!asked) return "";
  return asked.comparable ? "yes" : make("span", {}, make("strong", {}, "no"), asked.note && [": ", asked.note]);
};

const universe = (asked) => (asked.universe.length ? ["Asked of those who answered ", joined(asked.universe.map(([question, categories]) =>
  [...joined(categories.map((id) => `“${categoryLabel(question, id)}”`)), " to ", questionLink(question)]), "and"), "."] : "Asked of everyone.");

const wording = (given) => {
  const question = QUESTION.get(given.question);
  const asked = question.waves[given.wave];
  return [
    make("blockquote", { class: "wording" }, said(asked.text)),
    given.category && make("p", {}, Object.hasOwn(DATA.tests, given.category) ? "Test: " : "Answer: ", make("strong", {}, categoryLabel(given.question, given.category)), netOf(question, given.category)),
    given.group && make("p", {}, "Among those with ", questionLink(given.group), ": ", make("strong", {}, categoryLabel(given.group, given.level)), "."),
    make("p", { class: "quiet" }, universe(asked), " ", columnNames(answerColumns(given)), given.statistic && [" ", questionLink(given.question), " in all waves."]),
    !asked.comparable && make("p", { class: "warning" }, "Not comparable: ", asked.note),
  ];
};

const columnNames = (columns) => (columns.length === 0 ? ""
  : columns.length > 3 ? [`${columns.length} columns of the export, `, code(columns[0]), " to ", code(columns.at(-1)), "."]
    : [columns.length === 1 ? "Column of the export: " : "Columns of the export: ", joined(columns.map(code), "and"), "."]);

const netOf = (question, category) => (question.nets[category]
  ? [", a net of ", joined(question.nets[category].map((id) => `“${categoryLabel(question.id, id)}”`), "and")] : "");

const formula = (given, number) => {
  const weighted = given.weighted_n !== "" && (given.weighted_n !== String(given.n) || given.weighted_base !== String(given.base));
  const parts = given.n !== null && given.base !== null && ["share", "share_asked", "nonresponse", "combination", "response_rate"].includes(given.statistic)
    ? (weighted ? `${given.weighted_n} / ${given.weighted_base} = ${given.value}` : `${given.statistic === "response_rate" ? given.weighted_n || given.n : given.n} / ${given.statistic === "response_rate" ? contactedOf(given) : given.base} = ${given.value}`)
    : given.value;
  const [name, how, source] = DATA.methods[given.method] ?? [];
  return [
    make("p", {}, DATA.statistics[given.statistic] ?? ""),
    given.hidden ? make("p", { class: "warning" }, `Not shown: ${given.hidden}.`) : make("p", { class: "formula" }, code(parts)),
    pairs(
      ["Weighted", weighted ? `${given.weighted_n} of ${given.weighted_base}; unweighted ${count(given.n)} of ${count(given.base)}` : ""],
      ["Interval", given.interval && `${given.interval}, at a confidence of ${DATA.study.confidence}`],
      ["Exactly", given.low && code(`${given.low} to ${given.high}`)],
      ["Standard error", given.se && code(given.se)],
      ["Method", name && `${name} (${source})`],
      ["", how && code(how)],
      number && ["Printed as", `${number.display}`, number.settings.length ? [" by ", joined(number.settings.map(code), "and")] : ""],
      ["Row of estimates.csv", String(given.row)],
    ),
  ];
};

const contactedOf = (given) => estimate(keyOf({ wave: given.wave, statistic: "contacted" }))?.value ?? given.base;

const uses = (key) => {
  const numbers = BY_KEY.get(key) ?? [];
  const claims = CLAIMS_BY_KEY.get(key) ?? [];
  return [...usesOf(numbers), claims.length ? make("h4", {}, "Claims that rest on it") : "",
    claims.length ? listed(claims.map((claim) => [link(`#${claim.id}`, `“${claim.phrase}”`), ` ${claim.status}`]), { class: "uses" }) : ""];
};

const usesOf = (numbers) => (numbers.length
  ? [listed(numbers.slice(0, 60).map((number) => [numberLink(number), " ", make("span", { class: "quiet" }, `${number.id}, ${printedPlace(number)}`),
    sentenceOf(number, "q")]), { class: "uses" }),
  numbers.length > 60 && make("p", { class: "quiet" }, `and ${count(numbers.length - 60)} more`)]
  : [make("p", { class: "quiet" }, "The paper does not print it.")]);

const counted = (given) => (given.n !== null && given.base !== null ? `${count(given.n)} of ${count(given.base)}`
  : given.base !== null ? `base ${count(given.base)}` : "");

const estimateParts = (given, number) => [
  given.question !== "-" && part("Question", () => wording(given), { open: true }),
  part("From contacted to base", () => flow(given), { open: true }),
  given.question !== "-" && part("Answers", () => answers(given), { open: true }),
  part("Formula and interval", () => formula(given, number), { open: true }),
  part("Respondents", () => respondents(given), { note: counted(given) }),
  WAVES.length > 1 && part("In other waves", () => inOtherWaves(given), { open: true }),
  part("Where it is used", () => uses(given.key), { note: several((BY_KEY.get(given.key) ?? []).length, "time", "times") }),
  part("SQL", () => sql(given)),
  part("Code", () => computed(given)),
  part("Digests", () => hashes(given)),
];

const tags = (given) => make("p", { class: "tags" },
  make("span", { class: "tag" }, waveTitle(given.wave)),
  DATA.waves[given.wave].simulated && make("span", { class: "tag warn" }, "simulated"),
  given.hidden && make("span", { class: "tag warn" }, "hidden"),
  CLAIMS_BY_KEY.has(given.key) && make("span", { class: "tag" }, "bears a claim"));

const estimateCard = (key) => {
  const given = estimate(key);
  return { kicker: "Estimate", title: given.display, about: about(given), tags: tags(given), key: given.key, parts: estimateParts(given, null) };
};
