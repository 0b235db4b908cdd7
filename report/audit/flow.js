// From those contacted to those counted, step by step, with what was left out at each.
const flowSteps = (given) => {
  const { wave, question, group } = given;
  const of = (statistic, category = "") => estimate(keyOf({ wave, statistic, category }));
  const steps = [];
  const contacted = of("contacted");
  if (contacted) steps.push({ label: "Contacted", n: Number(contacted.value), key: contacted.key });
  const received = of("received");
  const out = [...REASONS.keys()].concat(DATA.waves[wave].cleaning.excluded.map((each) => each.reason));
  steps.push({ label: "Responses received", n: Number(received.value), key: received.key,
    out: [...new Set(out)].map((reason) => of("excluded", reason)).filter((each) => each && Number(each.value) > 0)
      .map((each) => ({ label: categoryLabel("-", each.category), n: Number(each.value), key: each.key })) });
  const kept = of("respondents");
  steps.push({ label: "Respondents", n: Number(kept.value), key: kept.key });
  if (question === "-") return steps;
  const asked = beside(given, { statistic: "asked", category: "" });
  if (group && asked) steps.push({ label: `${QUESTION.get(group).label}: ${categoryLabel(group, given.level)}`, n: asked.base });
  const before = steps.at(-1);
  if (given.asked === null) return steps;
  if (before.n > given.asked) before.out = [...(before.out ?? []), { label: "not asked this question", n: before.n - given.asked }];
  steps.push({ label: "Asked this question", n: given.asked, key: asked?.key });
  if (given.base === null || given.statistic === "asked") return steps;
  const ofAsked = ["share_asked", "nonresponse"].includes(given.statistic);
  if (!ofAsked && given.answered !== null) {
    steps.at(-1).out = silent(given);
    steps.push({ label: "Gave a valid answer", n: given.answered });
    if (given.base < given.answered) steps.at(-1).out = [{ label: "not coded", n: given.answered - given.base }];
  }
  if (given.base !== steps.at(-1).n) steps.push({ label: "Base", n: given.base });
  else steps.at(-1).label += ": the base";
  if (given.n !== null && given.in_numerator !== "" && given.statistic !== "answered") {
    steps.push({ label: given.category ? `“${categoryLabel(question, given.category)}”` : words(given.statistic), n: given.n, chosen: true });
  }
  return steps;
};

// Those who were asked and gave no valid answer: silent, or with an answer that does not count.
const silent = (given) => {
  const missing = QUESTION.get(given.question).categories.filter((category) => category.missing);
  const none = beside(given, { statistic: "nonresponse", category: "" }) ?? beside(given, { statistic: "share_asked", category: "no answer" });
  const found = [none && { label: "no answer", n: none.n, key: none.key },
    ...missing.map((category) => {
      const each = beside(given, { statistic: "share_asked", category: category.id });
      return each && { label: `“${category.label}”`, n: each.n, key: each.key };
    })].filter((each) => each && each.n > 0);
  const rest = given.asked - given.answered - found.reduce((sum, each) => sum + each.n, 0);
  return rest > 0 ? [...found, { label: "no valid answer", n: rest }] : found;
};

const flow = (given) => {
  const steps = flowSteps(given);
  const most = Math.max(...steps.map((step) => step.n));
  return make("ol", { class: "flow" }, steps.map((step) => make("li", { "aria-current": step.chosen || step.key === given.key ? "true" : null },
    make("span", { class: "step" }, step.key ? keyLink(step.key, step.label) : step.label),
    make("span", { class: "n" }, count(step.n)), bar(step.n, most),
    step.out?.length ? make("ul", { class: "out", "aria-label": "Left out here" }, step.out.map((each) =>
      make("li", {}, make("span", { class: "n" }, `− ${count(each.n)}`), " ", each.key ? keyLink(each.key, each.label) : each.label))) : "")));
};
