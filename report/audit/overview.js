// What stands beside the paper before a number is chosen: whether all checks hold, and how to read these pages.
const allChecks = () => [
  ...WAVES.map((wave) => [wave, DATA.waves[wave]]).flatMap(([wave, each]) => [["raw", each.raw], ["cleaning", each.cleaning], ["coding", each.coding], ["estimates", each.estimating]]
    .flatMap(([stage, content]) => content.checks.map((check) => ({ ...check, stage, wave })))),
  ...DATA.figures.flatMap((figure) => figure.checks.map((check) => ({ ...check, stage: "figures", wave: figure.name }))),
  ...DATA.text.checks.map((check) => ({ ...check, stage: "text", wave: "" })),
];

const overviewCard = () => {
  const checks = allChecks();
  const failed = checks.filter((check) => !check.holds);
  return {
    kicker: "Audit",
    title: failed.length ? `${count(failed.length)} of ${count(checks.length)} checks fail` : `All ${count(checks.length)} checks hold`,
    about: "Choose a number in the paper: here stands where it comes from, down to the cells of the raw file.",
    tags: null,
    key: "",
    parts: [
      failed.length ? checkList(failed) : "",
      make("ol", { class: "path" }, STAGES.map(([stage, name]) => make("li", {}, link(addressOf("stage", stage), name), make("span", { class: "quiet" }, passage(stage))))),
      pairs(
        ["Numbers", count(DATA.totals.numbers)],
        ["Estimates behind them", count(DATA.totals.printed)],
        ["Claims", Object.entries(DATA.text.claims).map(([status, n]) => `${count(n)} ${status === "holds" && n !== 1 ? "hold" : status}`).join(", ")],
      ),
      signedStages(),
      part("Keys", () => [
        pairs(["/", "search"], ["j, k", "next, previous number of the paper"], ["Esc", "close a card"], ["?", "this card"]),
        make("label", {}, make("input", { type: "checkbox", checked: keysOn(), onchange: (event) => switchKeys(event.target.checked) }), " Keys of one letter work"),
      ]),
      make("p", { class: "quiet" }, DATA.study.with_rows ? "This file holds what single respondents answered. It is for the authors and reviewers of the paper: do not publish it."
        : "This file holds digests of respondents, not their answers."),
    ],
  };
};

const signedStages = () => {
  const pages = [...STAGES, ["audit", "Audit"]].filter(([page]) => DATA.signatures[page].length);
  return pages.length ? part("Sign-off", () => pages.map(([page, name]) => [make("h4", {}, name), signatureList(page)]).flat(), { open: true }) : "";
};

const passage = (stage) => {
  const { responses, respondents, coded, estimates, numbers } = DATA.totals;
  return {
    raw: several(responses, "response", "responses"),
    cleaning: `${count(responses)} → ${count(respondents)}`,
    coding: several(coded, "answer", "answers"),
    estimates: count(estimates),
    figures: count(DATA.figures.length),
    text: several(numbers, "number", "numbers"),
  }[stage];
};
