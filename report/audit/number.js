// The card of a number that the paper prints, and of an entry, under which it may print it several times.
// An estimate as it stands, or the one that a rank among others chose; null where arithmetic made the number.
const ownEstimate = (number) => estimate(number.formula);

const numberCard = (number) => {
  const own = ownEstimate(number);
  return {
    kicker: `${number.kind === "name" ? "Name" : "Number"} ${number.id}, ${printedPlace(number)}`,
    title: number.display,
    about: own ? about(own) : number.interval ? `calculated; interval ${number.interval}` : "calculated",
    tags: own ? tags(own) : null,
    key: own ? own.key : "",
    number,
    parts: [
      sentenceOf(number),
      own && number.calculation && part("Calculation", () => calculation(number)),
      ...(own ? estimateParts(own, number) : calculatedParts(number)),
    ],
  };
};

const entryCard = (entry) => numberCard(BY_ENTRY.get(entry)[0]);

const calculatedParts = (number) => {
  const several = number.keys.map(estimate).filter(Boolean);
  return [
    part("Calculation", () => calculation(number), { open: true }),
    several.length > 0 && part("Made of", () => madeOf(several), { open: true, note: String(several.length) }),
    part("Where it is used", () => usesOf(BY_ENTRY.get(number.entry))),
    ...(several.length === 1 ? estimateParts(several[0], null).filter((each) => each && each.querySelector("h3").textContent !== "Where it is used") : []),
  ];
};

const calculation = (number) => [
  number.calculation && make("ul", { class: "tree" }, node(number.calculation)),
  make("p", { class: "formula" }, code(number.formula)),
  pairs(["Exactly", code(number.exact)], ["Interval", number.interval], ["Printed as", number.display],
    ["Settings", number.settings.length ? joined(number.settings.map(code), "and") : ""]),
];

const node = (each) => make("li", {},
  make("strong", {}, each.display), " ",
  each.kind === "estimate" ? keyLink(each.key, estimate(each.key) ? about(estimate(each.key)) : each.key)
    : each.kind === "declared" ? make("span", {}, "declared: ", code(each.key), " of ", code(each.file))
    : each.kind === "constant" ? make("span", { class: "quiet" }, "in the template")
    : make("span", { class: "quiet" }, OPERATIONS[each.name] ?? each.name),
  each.of?.length ? make("ul", {}, each.of.map(node)) : "");

const OPERATIONS = { "+": "sum of", "-": "difference of", "*": "product of", "/": "quotient of" };

const madeOf = (estimates) => tableOf({
  name: "Estimates that it is made of",
  heads: ["Estimate", "Wave", { text: "Value", class: "right" }, { text: "n of base", class: "right" }],
  rows: estimates,
  cells: (each) => [keyLink(each.key, about(each)), waveTitle(each.wave), each.display, counted(each)],
});
