// The card of a claim: what it says, the condition that guards it, and how far it is from being untrue.
const claimCard = (claim) => ({
  kicker: `Claim ${claim.id}, ${claim.part}`,
  title: `“${claim.phrase}”`,
  about: claim.holds ? `holds on the data${claim.status === "holds" ? "" : `: ${claim.status}`}` : "does not hold on the data",
  tags: claim.holds ? null : make("p", { class: "tags" }, make("span", { class: "tag wrong" }, "untrue")),
  key: "",
  parts: [
    sentenceOf(claim),
    part("Condition", () => [make("p", { class: "formula" }, code(claim.condition)), comparisons(claim)], { open: true }),
    part("Estimates that it rests on", () => madeOf(claim.keys.map(estimate).filter(Boolean)), { open: true }),
    make("p", { class: "quiet" }, "Written in ", code(`${claim.file}${claim.line ? `:${claim.line}` : ""}`), claim.declared_at && ` (${claim.declared_at})`, "."),
  ],
});

const comparisons = (claim) => [
  claim.margin.respondents !== null && claim.margin.respondents !== undefined
    && make("p", {}, `It would turn if ${several(claim.margin.respondents, "respondent", "respondents")} had answered otherwise.`),
  tableOf({
    name: "How far it is from turning",
    heads: [{ text: "Left", class: "keep" }, "Is", "Right", { text: "Difference", class: "right" }, "Interval"],
    rows: claim.margin.comparisons,
    cells: (each) => [each.left_display, each.comparison, each.right_display, each.difference_display ?? "", each.interval_reach_display ?? (each.interval_reaches_over ? "reaches over" : "")],
  }),
];
