// One page a stage: rows in and out, rules that fired, samples, checks.
const STAGES = [["raw", "Raw data"], ["cleaning", "Cleaning"], ["coding", "Coding"], ["estimates", "Estimates"], ["figures", "Figures"], ["text", "Text"]];

const checkList = (checks) => make("ul", { class: "checks" }, checks.map((check) =>
  make("li", { class: check.holds ? "holds" : "fails" }, make("span", { class: "unheard" }, check.holds ? "Holds: " : "Fails: "),
    check.wave && check.stage ? [link(addressOf("stage", check.stage), check.wave), ": "] : "", check.says,
    make("span", { class: "found" }, said(check.found)))));

// Who agreed with a stage, and whether that still holds.
const signatureList = (page) => {
  const signatures = DATA.signatures[page];
  if (signatures.length === 0) return make("p", { class: "quiet" }, "Nobody has signed this stage.");
  return make("ul", { class: "checks" }, signatures.map((each) =>
    make("li", { class: each.state === "holds" ? "signed" : "lapsed" }, "Signed by ", said(each.by), each.date && [", ", said(each.date)],
      each.state !== "holds" && make("strong", {}, `; ${each.state}`),
      each.note && make("span", { class: "found" }, said(each.note)),
      each.withdrawn && make("span", { class: "found" }, said(each.withdrawn)),
      each.state === "lapsed" && each.why.slice(0, 5).map((why) => make("span", { class: "found" }, said(why))),
      each.state === "lapsed" && each.why.length > 5 && make("span", { class: "found" }, `and ${each.why.length - 5} more`))));
};

const inOut = (content, before, after) => make("p", { class: "in-out" },
  make("span", {}, make("strong", {}, count(content.in)), ` ${before}`), make("span", { class: "arrow", "aria-hidden": "true" }, "→"),
  make("span", {}, make("strong", {}, count(content.out)), ` ${after}`));

const ofWaves = (build) => WAVES.map((wave) => make("section", { class: "wave" },
  make("h2", {}, waveTitle(wave), DATA.waves[wave].simulated && make("span", { class: "tag warn" }, "simulated")), build(wave, DATA.waves[wave])));

const stagePage = (stage) => {
  const pages = { raw: rawStage, cleaning: cleaningStage, coding: codingStage, estimates: estimatesStage, figures: figuresStage, text: textStage };
  const name = STAGES.find(([each]) => each === stage)?.[1];
  return name ? [make("h1", { id: "audit-stage-title", tabindex: "-1" }, name), signatureList(stage), ...[pages[stage]()].flat().filter(Boolean)] : null;
};

const lead = (...text) => make("p", { class: "lead" }, text);
