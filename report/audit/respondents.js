// Who is counted: each respondent with the raw value, what cleaning changed, and the clean value.
const WHO = {
  numerator: "In the numerator",
  rest: "In the base only",
  base: "All of the base",
};

const countedRows = (given) => {
  const { responses } = responsesOf(given.wave);
  const numerator = given.in_numerator ? places(given.in_numerator, responses.length) : null;
  const base = given.in_base ? places(given.in_base, responses.length) : null;
  const all = base ?? numerator ?? [];
  const inside = new Set(numerator ?? []);
  const ordered = [...all].sort((a, b) => inside.has(b) - inside.has(a) || a - b);
  return { rows: ordered.map((place) => ({ row: responses.values.row[place], place, counted: inside.has(place) })), parted: numerator && base };
};

const answerColumns = (given) => (given.origin === undefined ? null : originOf(given)?.columns.answer)
  ?? QUESTION.get(given.question)?.waves[given.wave]?.columns ?? [];

const respondents = (given) => {
  if (!DATA.study.with_rows) return digest(given);
  if (!given.in_base && !given.in_numerator) return make("p", { class: "quiet" }, nobody(given));
  const { rows, parted } = countedRows(given);
  const table = (which) => respondentTable(given, rows.filter((row) =>
    (!parted || which === "base" ? true : which === "numerator" ? row.counted : !row.counted)), which);
  if (!parted || given.in_numerator === given.in_base) return table("base");
  const shown = make("div", {}, table("base"));
  const name = `who-${given.place}`;
  return [make("fieldset", { class: "choice" }, make("legend", { class: "unheard" }, "Who is shown"),
    ["base", "numerator", "rest"].map((which) => {
      const n = rows.filter((row) => which === "base" || row.counted === (which === "numerator")).length;
      return make("label", {}, make("input", { type: "radio", name, value: which, checked: which === "base",
        onchange: () => shown.replaceChildren(table(which)) }), ` ${WHO[which]} (${count(n)})`);
    })), shown];
};

const nobody = (given) => (["contacted"].includes(given.statistic) ? "A number of config.yaml: the export knows only who responded."
  : "The paper does not print this estimate of a group; its rows are not carried here. `recount trace` lists them.");

const digest = (given) => [
  make("p", {}, "The study has more respondents than this page carries. Its SQL below counts them; `recount trace` lists them."),
  pairs(["Numerator", given.numerator_sha256 && [several(given.n, "row", "rows"), ", SHA-256 ", code(given.numerator_sha256)]],
    ["Base", given.base_sha256 && [several(given.base, "row", "rows"), ", SHA-256 ", code(given.base_sha256)]]),
];

const respondentTable = (given, rows, which) => {
  if (given.question === "-") return flowTable(given, rows);
  const { responses, coded } = responsesOf(given.wave);
  const columns = answerColumns(given);
  const lines = coded[given.question] ? new Map(new Table(coded[given.question]).all().map((line) => [line.row, line])) : null;
  return tableOf({
    name: `${WHO[which]}: ${about(given)}`,
    heads: ["Response", "Raw value, change and reason", lines ? "Codes, and who decided" : "Clean value"],
    rows,
    classes: "rows",
    cells: ({ row, place, counted }) => [
      [respondentLink(given.wave, row, `row ${row}`), " ", said(responses.at(place).respondent),
        counted && make("span", { class: "tag in" }, "numerator")],
      [rawCell(given.wave, row, columns), changeCell(given.wave, row, columns)],
      lines ? codedCell(given.question, lines.get(row), coded[given.question].coders) : cleanCell(given.wave, row, given.question),
    ],
  });
};

const codedCell = (question, line, coders) => (line
  ? [codeLinks(question, line.codes), make("div", { class: "decided" }, decision(question, line, coders)),
    line.accepted && make("div", { class: "decided" }, "suggested and accepted: ", said(line.accepted))] : "");

// Who decided: what each coder said, where they did not say the same.
const decision = (question, line, coders) => {
  const votes = Object.entries(coders).map(([coder, codes]) => [coder, TEXTS[codes[line.place]]]).filter(([, codes]) => codes !== "");
  const labels = (codes) => codes.split(";").map((id) => categoryLabel(question, id)).join(", ");
  if (line.decided_by === "agreement") return `agreement of ${votes.map(([coder]) => coder).join(" and ")}`;
  return [line.decided_by === "adjudication" && line.by ? `adjudication by ${line.by}` : line.decided_by || line.problem,
    line.why && [": ", said(line.why)],
    listed(votes.map(([coder, codes]) => [make("span", { class: "quiet" }, coder, ": "), labels(codes)]), { class: "plain" })];
};

const flowTable = (given, rows) => {
  const { responses, byRow } = responsesOf(given.wave);
  const changed = given.statistic === "changed_cells";
  return tableOf({
    name: `Responses: ${about(given)}`,
    heads: changed ? ["Row", "Respondent", "Cells changed by this rule"] : ["Row", "Respondent", "Kept or left out", "Why"],
    rows,
    cells: ({ row, place }) => {
      const response = responses.at(place);
      const first = [respondentLink(given.wave, row, String(row)), said(response.respondent)];
      if (!changed) return [...first, response.reason ? categoryLabel("-", response.reason) : "kept", response.detail && said(response.detail)];
      return [...first, listed((byRow.get(row) ?? []).filter((change) => change.rule === given.category)
        .map((change) => [code(change.column), " ", said(change.before), " → ", said(change.after)]), { class: "plain" })];
    },
  });
};
