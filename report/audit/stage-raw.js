const rawStage = () => [
  lead("Each export as it was admitted: byte for byte, under its seal. Nothing is parsed and nothing is lost."),
  ...ofWaves((wave, { raw, design }) => [
    inOut(raw, raw.in === 1 ? "header row" : "header rows", "responses"),
    pairs(["Export", code(raw.file)], ["SHA-256", raw.sha256 && code(raw.sha256)], ["Format", `${raw.format}, ${raw.encoding}`], ["Design", design]),
    checkList(raw.checks),
    part(`Columns that the study reads, ${waveTitle(wave)}`, () => tableOf({ name: `Columns of ${waveTitle(wave)} that the study reads`, heads: ["Column", "Words of the export"],
      rows: raw.columns.read, cells: (column) => [code(column.name), said(column.text)] }), { note: count(raw.columns.read.length) }),
    raw.columns.left.length > 0 && part(`Columns that stay in the export, ${waveTitle(wave)}`, () => tableOf({ name: `Columns of ${waveTitle(wave)} that stay in the export`, heads: ["Column", "Why"],
      rows: raw.columns.left, cells: (column) => [code(column.name), said(column.why)] }), { note: count(raw.columns.left.length) }),
    DATA.study.with_rows && part(`Responses of ${waveTitle(wave)}`, () => responseList(wave), { note: count(raw.out) }),
  ]),
];

const responseList = (wave) => {
  const { responses, byRow } = responsesOf(wave);
  return tableOf({
    name: `Responses of ${waveTitle(wave)}`,
    heads: ["Row", "Respondent", "Kept or left out", { text: "Changes", class: "right" }],
    rows: responses.all(),
    cells: (each) => [respondentLink(wave, each.row, String(each.row)), said(each.respondent), each.reason ? categoryLabel("-", each.reason) : "kept",
      count((byRow.get(each.row) ?? []).length)],
  });
};
