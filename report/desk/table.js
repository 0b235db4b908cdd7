// Tables as the pipeline reads and writes them: CSV, in which no cell can run as a formula when a spreadsheet opens it.
// The rule is that of recount/ingest/guard.py: an apostrophe goes before such a cell, and is taken away again.
const BLANKS = " \\t\\r\\n\\v\\f\\u00a0\\u3000\\u200b\\ufeff";
const RUNS = new RegExp(`^(?:['${BLANKS}]*[=+\\-@＝＋－＠]|'*[\\t\\r\\n])`);
const guarded = (text) => (RUNS.test(text) ? `'${text}` : text);
const unguarded = (text) => (text.startsWith("'") && RUNS.test(text.slice(1)) ? text.slice(1) : text);

const written = (header, rows) =>
  `${[header, ...rows.map((row) => header.map((name) => row[name] ?? ""))].map((cells) => cells.map(cellOf).join(",")).join("\n")}\n`;
const cellOf = (text) => {
  const safe = guarded(text);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

// Commas, semicolons and tabs, a byte order mark and either line end are all understood, as recount/coding/sheets.py does.
const read = (text) => {
  const plain = text.replace(/^\ufeff/, "");
  const first = plain.split("\n", 1)[0];
  const separator = [",", ";", "\t"].reduce((best, each) => (first.split(each).length > first.split(best).length ? each : best));
  const [header, ...rows] = cut(plain, separator).filter((cells) => cells.some((cell) => cell.trim()));
  if (!header) throw new Error("The file is empty.");
  const wide = rows.findIndex((cells) => cells.length !== header.length);
  if (wide >= 0) throw new Error(`A row has ${rows[wide].length} cells, the header has ${header.length}: row ${wide + 2} of those with text.`);
  return { header, rows: rows.map((cells) => Object.fromEntries(header.map((name, place) => [name, unguarded(cells[place])]))) };
};

const cut = (text, separator) => {
  const rows = [[]];
  const ends = (sign) => sign === undefined || sign === separator || sign === "\r" || sign === "\n";
  let place = 0;
  while (place < text.length) {
    let cell = "";
    if (text[place] === '"') {
      [cell, place] = quoted(text, place + 1);
      if (!ends(text[place])) throw new Error("A quotation mark closes within a cell.");
    } else {
      const from = place;
      while (!ends(text[place])) place += 1;
      cell = text.slice(from, place);
    }
    rows.at(-1).push(cell);
    if (text[place] === separator) {
      place += 1;
      if (place === text.length) rows.at(-1).push("");
    } else {
      place += text.startsWith("\r\n", place) ? 2 : 1;
      if (place < text.length) rows.push([]);
    }
  }
  return rows;
};

// The content of a quoted cell, and the place behind its closing mark.
const quoted = (text, from) => {
  let [content, place] = ["", from];
  for (;;) {
    const end = text.indexOf('"', place);
    if (end < 0) throw new Error("A quotation mark is never closed.");
    content += text.slice(place, end);
    if (text[end + 1] !== '"') return [content, end + 1];
    content += '"';
    place = end + 2;
  }
};
