// The data that the page carries. A text is stored once; tables hold its place.
const DATA = JSON.parse(document.getElementById("audit-data").textContent);
const TEXTS = DATA.texts;
// In the order of time.
const WAVES = DATA.study.waves;
const REASONS = new Map(DATA.reasons);

class Table {
  constructor({ texts, values }) {
    this.texts = texts;
    this.values = values;
    this.length = (Object.values(texts)[0] ?? Object.values(values)[0] ?? []).length;
  }

  at(place) {
    const row = { place };
    for (const [name, column] of Object.entries(this.texts)) row[name] = TEXTS[column[place]];
    for (const [name, column] of Object.entries(this.values)) row[name] = column[place];
    return row;
  }

  all() {
    return Array.from({ length: this.length }, (_, place) => this.at(place));
  }
}

const grouped = (items, by) => {
  const found = new Map();
  for (const item of items) {
    for (const name of [by(item)].flat()) {
      if (!found.has(name)) found.set(name, []);
      found.get(name).push(item);
    }
  }
  return found;
};

const NUMBERS = new Table(DATA.numbers).all().map((number) => ({
  ...number, keys: number.keys.map((place) => TEXTS[place]), settings: number.settings.map((place) => TEXTS[place]),
}));
const NUMBER = new Map(NUMBERS.map((number) => [number.id, number]));
const BY_ENTRY = grouped(NUMBERS, (number) => number.entry);
const BY_KEY = grouped(NUMBERS, (number) => number.keys);
const CLAIM = new Map(DATA.claims.map((claim) => [claim.id, claim]));
const CLAIMS_BY_KEY = grouped(DATA.claims, (claim) => claim.keys);
const QUOTATIONS = new Table(DATA.quotations).all();
const QUOTATION = new Map(QUOTATIONS.map((quotation) => [quotation.id, quotation]));
const QUESTION = new Map(DATA.questions.map((question) => [question.id, question]));
const ESTIMATES = new Table(DATA.estimates);
const PLACE_OF_KEY = new Map(ESTIMATES.texts.key.map((text, place) => [TEXTS[text], place]));
const estimate = (key) => (PLACE_OF_KEY.has(key) ? ESTIMATES.at(PLACE_OF_KEY.get(key)) : null);

// The key of an estimate, as docs/tables.md has it.
const keyOf = ({ wave, question = "", statistic, category = "", group = "", level = "" }) =>
  [wave, question || "-", statistic, ...(category ? [category] : []), ...(group ? [`${group}=${level}`] : [])].join("/");
const beside = (given, changed) => estimate(keyOf({ ...given, ...changed }));

// The responses of a wave; null where the page shows digests only.
const known = new Map();
const responsesOf = (wave) => {
  const rows = DATA.waves[wave]?.rows;
  if (!rows) return null;
  if (!known.has(wave)) {
    const responses = new Table(rows.responses);
    const changes = new Table(rows.changes).all();
    known.set(wave, {
      responses,
      raw: rows.raw.texts,
      clean: rows.clean.texts,
      changes,
      byRow: grouped(changes, (change) => change.row),
      place: new Map(rows.responses.values.row.map((row, place) => [row, place])),
      coded: rows.coded,
    });
  }
  return known.get(wave);
};

const originOf = (given) => (given.origin === null ? null : DATA.origins[given.origin]);

// Who is counted: bits in the order of the export, the first response lowest.
const places = (flags, count) => {
  const bytes = atob(flags);
  const found = [];
  for (let place = 0; place < count; place += 1) {
    if (bytes.charCodeAt(place >> 3) & (1 << (place & 7))) found.push(place);
  }
  return found;
};
