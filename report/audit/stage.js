// One page a stage: rows in and out, rules that fired, samples, checks.
const STAGES = [["raw", "Raw data"], ["cleaning", "Cleaning"], ["coding", "Coding"], ["estimates", "Estimates"], ["figures", "Figures"], ["text", "Text"]];

const checkList = (checks) => make("ul", { class: "checks" }, checks.map((check) =>
  make("li", { class: check.holds ? "holds" : "fails" }, make("span", { class: "unheard" }, check.holds ? "Holds: " : "Fails: "),
    check.wave && check.stage ? [link(addressOf("stage", check.stage), check.wave), ": "] : "", check.says,
    make("span", { class: "found" }, said(check.found)))));

const inOut = (content, before, after) => make("p", { class: "in-out" },
  make("span", {}, make("strong", {}, count(content.in)), ` ${before}`), make("span", { class: "arrow", "aria-hidden": "true" }, "→"),
  make("span", {}, make("strong", {}, count(content.out)), ` ${after}`));

const ofWaves = (build) => WAVES.map((wave) => make("section", { class: "wave" },
  make("h2", {}, waveTitle(wave), DATA.waves[wave].simulated && make("span", { class: "tag warn" }, "simulated")), build(wave, DATA.waves[wave])));

const stagePage = (stage) => {
  const pages = { raw: rawStage, cleaning: cleaningStage, coding: codingStage, estimates: estimatesStage, figures: figuresStage, text: textStage };
  const name = STAGES.find(([each]) => each === stage)?.[1];
  return name ? [make("h1", { id: "audit-stage-title", tabindex: "-1" }, name), ...[pages[stage]()].flat().filter(Boolean)] : null;
};

const lead = (...text) => make("p", { class: "lead" }, text);
