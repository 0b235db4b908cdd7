// The card of a response: every answer from the raw cell to the clean value, and the numbers in which it counts.
const respondentCard = (wave, row) => {
  const rows = responsesOf(wave);
  const response = rows.responses.at(rows.place.get(row));
  return {
    kicker: `Response in row ${row} of ${waveTitle(wave)}`,
    title: said(response.respondent),
    about: response.reason ? ["left out: ", categoryLabel("-", response.reason), response.detail && [" (", said(response.detail), ")"]] : "kept",
    tags: DATA.waves[wave].simulated ? make("p", { class: "tags" }, make("span", { class: "tag warn" }, "simulated")) : null,
    key: "",
    parts: [
      make("p", { class: "tools" }, neighbour(wave, row, -1, "Previous response"), neighbour(wave, row, 1, "Next response")),
      part("Answers", () => ownAnswers(wave, row, response), { open: true, note: several((rows.byRow.get(row) ?? []).length, "change", "changes") }),
      part("What the platform recorded", () => recorded(wave, row)),
      !response.reason && part("Numbers in which it counts", () => countsIn(wave, row)),
    ],
  };
};

const neighbour = (wave, row, step, name) => {
  const { responses, place } = responsesOf(wave);
  const next = responses.values.row[place.get(row) + step];
  return next === undefined ? "" : respondentLink(wave, next, name);
};

const ownAnswers = (wave, row, response) => {
  const { coded } = responsesOf(wave);
  const asked = DATA.questions.filter((question) => question.waves[wave]);
  const codesOf = (question) => (coded[question] ? new Table(coded[question]).all().find((line) => line.row === row)?.codes : undefined);
  return tableOf({
    name: `All answers of the response in row ${row}`,
    heads: ["Question", "Raw value, change and reason", response.reason ? "" : "Clean value"].filter(Boolean),
    rows: asked,
    classes: "rows",
    first: 200,
    cells: (question) => [questionLink(question.id), [rawCell(wave, row, question.waves[wave].columns), changeCell(wave, row, question.waves[wave].columns)],
      ...(response.reason ? [] : [[cleanCell(wave, row, question.id), codesOf(question.id) !== undefined && codeLinks(question.id, codesOf(question.id))]])],
  });
};

const recorded = (wave, row) => {
  const { raw } = responsesOf(wave);
  const read = new Set(DATA.questions.flatMap((question) => question.waves[wave]?.columns ?? []));
  const cells = cellsOf(wave, row, Object.keys(raw).filter((column) => !read.has(column)));
  return tableOf({ name: "What the platform recorded", heads: ["Column", "Raw value"], rows: cells, first: 60, cells: (cell) => [code(cell.column), said(cell.text)] });
};

const countsIn = (wave, row) => {
  const { responses, place } = responsesOf(wave);
  const at = place.get(row);
  const has = (flags) => flags !== "" && Boolean(atob(flags).charCodeAt(at >> 3) & (1 << (at & 7)));
  const found = [...BY_KEY.keys()].map(estimate).filter((each) => each && each.wave === wave && (has(each.in_numerator) || has(each.in_base)))
    .map((each) => ({ each, inside: has(each.in_numerator) }));
  return tableOf({
    name: `Estimates of the paper in which row ${row} counts`,
    heads: ["Estimate", { text: "Value", class: "right" }, "Counted in"],
    rows: found,
    cells: ({ each, inside }) => [keyLink(each.key, about(each)), each.display, inside ? make("strong", {}, "numerator and base") : "base"],
  });
};
