// Who adjudicates sees what each coder gave, side by side. A coder's page carries nothing of this.
const RULE = "rule";
const coders = new Map(Object.entries(DATA.coders ?? {}).map(([name, rows]) => [name, new Map(rows.map((row) => [row.respondent, row]))]));

// What people gave to the answer as it is now, to codes as they are now; a program is no coder.
const counts = (row, answer) => row.codes.length > 0 && row.sha256 === answer.sha256 && outdatedIn(row).length === 0;
const whyNot = (row, answer) => (row.sha256 === answer.sha256 ? "coded when a code meant something else" : "coded another wording");
const freshOf = (answer) => [...coders].filter(([name]) => name !== RULE).map(([name, rows]) => [name, rows.get(answer.respondent)])
  .filter(([, row]) => row && counts(row, answer)).map(([name, row]) => [name, row.codes]);
const differs = (answer) => new Set(freshOf(answer).map(([, codes]) => inOrder(codes).join(";"))).size > 1;

const drawCoders = (answer) => {
  const fresh = new Map(freshOf(answer));
  const everywhere = [...fresh.values()].reduce((all, codes) => all.filter((code) => codes.includes(code)), [...(fresh.values().next().value ?? [])]);
  if (coders.size === 0) return make("p", { class: "quiet" }, `No coder's file was there when this page was built. Load them here, or save them in ${DATA.folder} and run snakemake again.`);
  return make("section", { class: "coders", "aria-label": "What the coders gave" }, [...coders].map(([name, rows], place) => {
    const row = rows.get(answer.respondent);
    const codes = fresh.get(name) ?? (name === RULE ? row?.codes : undefined);
    return make("div", { class: "coder" },
      make("h3", {}, name === RULE ? "rule (a program)" : name),
      codes ? make("ul", { class: "chips" }, inOrder(codes).map((code) => hued(make("li", { class: everywhere.includes(code) ? "chip" : "chip differing" }, labelOf(code)), code)))
        : make("p", { class: "quiet" }, row?.codes.length ? `${whyNot(row, answer)}: ${named(row.codes)}` : "not coded"),
      row?.note && make("p", { class: "because", dir: "auto" }, letters(row.note)),
      codes && make("button", { type: "button", class: "small", "aria-keyshortcuts": place < 9 ? String(place + 1) : null, onclick: (event) => { take(answer, place); backFrom(event); } },
        place < 9 && make("kbd", { "aria-hidden": "true" }, String(place + 1)), ` Decide as ${name}`));
  }), drawBuilt(answer));
};

const take = (answer, place) => {
  const [name, rows] = [...coders][place] ?? [];
  const row = rows?.get(answer.respondent);
  if (row && counts(row, answer)) replaceCodes(answer, row.codes, `Decided as ${name}`);
};

// What the file said when the page was built, where the desk says otherwise now.
const drawBuilt = (answer) => {
  const built = BUILT.get(answer.respondent);
  const mine = lines.get(answer.respondent);
  return built && mine && !same(built, mine)
    ? make("p", { class: "quiet" }, `In the file when this page was built: ${named(built.codes)}, by ${built.by}${built.why ? `: ${built.why}` : ""}.`) : "";
};
