// From the raw cell to the clean value: what stood in the export, what cleaning made of it and why, what it counts as.
const changeText = (change) => [
  make("strong", {}, change.rule), ": ", said(change.reason),
];

const cellsOf = (wave, row, columns) => {
  const { raw, place, byRow } = responsesOf(wave);
  const at = place.get(row);
  return columns.filter((column) => raw[column]).map((column) => ({
    column,
    text: TEXTS[raw[column][at]],
    changes: (byRow.get(row) ?? []).filter((change) => change.column === column),
  }));
};

// Of a question that is spread over many columns, those that say something.
const told = (cells) => (cells.length > 3 ? cells.filter((cell) => cell.text !== "" || cell.changes.length) : cells);

const rawCell = (wave, row, columns) => {
  const cells = cellsOf(wave, row, columns);
  const shown = told(cells);
  if (!shown.length) return make("span", { class: "blank" }, "blank");
  return cells.length === 1 ? said(shown[0].text)
    : listed(shown.map((cell) => [make("span", { class: "quiet" }, cell.column, " "), said(cell.text)]), { class: "plain" });
};

const changeCell = (wave, row, columns) => {
  const changes = cellsOf(wave, row, columns).flatMap((cell) => cell.changes);
  return changes.length ? make("ul", { class: "plain changed" }, changes.map((change) => make("li", {}, changeText(change)))) : "";
};

const cleanCell = (wave, row, question) => {
  const { clean, place, responses } = responsesOf(wave);
  if (!clean[question]) return said(responses.at(place.get(row)).respondent);
  return cleanValue(question, TEXTS[clean[question][place.get(row)]]);
};
