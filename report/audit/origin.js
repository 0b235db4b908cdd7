// Where a number comes from: SQL to find it again, the code that computed it, the digests of what it rests on.
const copied = (text) => make("button", { type: "button", class: "small", onclick: async (event) => {
  try {
    await navigator.clipboard.writeText(text);
    event.target.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(event.target.nextElementSibling);
    event.target.textContent = "Selected: copy it";
  }
} }, "Copy");

const listing = (text, name) => [make("div", { class: "source" }, copied(text),
  make("pre", { tabindex: "0", role: "region", "aria-label": name }, code(text)))];

const sql = (given) => (given.sql.length
  ? [make("p", { class: "quiet" }, "For DuckDB, run in the study's folder. It shares no code with the stages."),
    ...listing(given.sql.map((place) => TEXTS[place]).join("").trimEnd(), "SQL")]
  : make("p", { class: "quiet" }, "The paper does not print this estimate; `recount trace` writes its SQL."));

const computed = (given) => {
  const traced = originOf(given);
  if (!traced) return make("p", { class: "quiet" }, "The paper does not print this estimate; the ledger does not trace it.");
  const rule = DATA.rules[traced.code.rule];
  return [pairs(
    ["Rule", code(traced.code.rule), rule ? ` (${rule.script}, ${several(rule.modules, "module", "modules")})` : ""],
    ["Settings", joined(traced.settings.map(code), "and")],
  ), ...[traced.code, traced.interval_code].filter(Boolean).flatMap((place) => functionText(place))];
};

const functionText = (place) => {
  const text = DATA.functions[`${place.file}:${place.line}`];
  return [make("p", {}, code(`${place.file}:${place.line}`), " ", make("strong", {}, place.function)),
    ...(text ? listing(text, place.function) : [])];
};

const hashes = (given) => {
  const sealed = DATA.waves[given.wave].sealed;
  const traced = originOf(given);
  const row = (name, file, digest, check) => ({ name, file, digest, check });
  const rows = [
    sealed && row("Export", sealed.export, sealed.sha256),
    sealed?.corrections && row("Corrections", sealed.corrections.file, sealed.corrections.sha256),
    traced?.coding && DATA.codebook.file && row(`Codebook, version ${DATA.codebook.version}`, DATA.codebook.file, DATA.codebook.sha256),
    given.numerator_sha256 && row("Rows of the numerator", several(given.n, "row", "rows"), given.numerator_sha256, given.in_numerator),
    given.base_sha256 && row("Rows of the base", given.base === null ? "rows" : several(given.base, "row", "rows"), given.base_sha256, given.in_base),
  ].filter(Boolean);
  return [tableOf({ name: "Digests (SHA-256)", heads: ["Of", "File or rows", "SHA-256"], rows, classes: "digests",
    cells: ({ name, file, digest: sum, check }) => [name, file.includes("/") ? code(file) : file, [code(sum), check && verified(given.wave, check, sum)]] }),
  make("p", { class: "quiet" }, "Of rows: their numbers in the export, ascending, a line feed after each.")];
};

// The browser takes the digest of the rows that this page shows, and says whether it is the ledger's.
const verified = (wave, flags, digest) => {
  const told = make("span", { class: "verdict" });
  const { responses } = responsesOf(wave);
  const text = places(flags, responses.length).map((place) => responses.values.row[place]).sort((a, b) => a - b).map((row) => `${row}\n`).join("");
  if (globalThis.crypto?.subtle) {
    crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)).then((sum) => {
      const found = Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, "0")).join("");
      told.textContent = found === digest ? " ✓ the rows shown here" : " ✗ not the rows shown here";
      told.classList.toggle("wrong", found !== digest);
    });
  }
  return told;
};
