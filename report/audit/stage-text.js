// The whole condition stands in the claim's card.
const LONGEST_CONDITION = 80;
const beginning = (text) => (text.length > LONGEST_CONDITION ? `${text.slice(0, LONGEST_CONDITION)} …` : text);

const textStage = () => [
  lead("The paper itself: every number that it prints is traced, every phrase about numbers is guarded by a condition."),
  inOut(DATA.text, "estimates", "numbers printed"),
  checkList(DATA.text.checks),
  make("h2", {}, "Claims"),
  tableOf({
    name: "Claims",
    heads: ["Claim", "Status", { text: "Turns with", class: "right" }, "Condition"],
    rows: DATA.claims,
    first: 100,
    cells: (claim) => [link(`#${claim.id}`, `“${claim.phrase}”`), claim.holds ? claim.status : make("strong", { class: "wrong" }, "untrue"),
      Number.isInteger(claim.margin.respondents) ? several(claim.margin.respondents, "respondent", "respondents") : "", code(beginning(claim.condition))],
  }),
  make("h2", {}, "Numbers"),
  pairs(...Object.entries(DATA.text.parts).map(([name, n]) => [name, count(n)])),
  tableOf({
    name: "Numbers, in the order of the paper",
    heads: ["Number", "Printed", "What it is", "Where"],
    rows: NUMBERS,
    cells: (number) => [link(`#${number.id}`, number.id), number.display,
      ownEstimate(number) ? about(ownEstimate(number)) : code(number.formula), printedPlace(number)],
  }),
  make("h2", {}, "Digits that are none of the data's"),
  tableOf({
    name: "Digits that are none of the data's, each with its reason",
    heads: ["Text", "Why", "Where"],
    rows: new Table(DATA.allowed).all().filter((each) => each.kind !== "figure"),
    cells: (each) => [each.text, each.why, code(`${each.file}${each.line ? `:${each.line}` : ""}`)],
  }),
];
