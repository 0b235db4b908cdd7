// Keys. Those of one letter can be switched off: some speak their commands, and a letter may be one.
let single = kept("recount-desk/keys") ?? true;
const help = document.getElementById("desk-help");
const singleField = document.getElementById("desk-single");
singleField.checked = single;
singleField.addEventListener("change", () => {
  single = singleField.checked;
  keep("recount-desk/keys", single);
});

const byKey = new Map(CODES.filter((code) => code.key).map((code) => [code.key, code.id]));
// On a keyboard of another script, a key is known by its place; where capitals are locked, by its small letter.
const codeOfKey = (event) => byKey.get(event.key) ?? byKey.get(event.key.toLowerCase())
  ?? (/^[\u0000-\u007f]$/.test(event.key) ? undefined : byKey.get(event.code.replace(/^Key/, "").toLowerCase()));

// Where digits need the shift key, as on French keyboards, the key alone does.
const digitOf = (event) => (/^[0-9]$/.test(event.key) ? event.key
  : event.shiftKey || byKey.has(event.key) || Object.hasOwn(SINGLE_KEYS, event.key) ? "" : event.code.match(/^Digit([0-9])$/)?.[1] ?? "");

const offered = (place) => {
  if (ADJUDICATES) take(current, place);
  else {
    const each = suggestionsFor(current)[place];
    if (each && !given(current).includes(each.code)) give(current, each.code);
  }
};
const ALWAYS_KEYS = {
  ArrowRight: () => goBy(1), ArrowLeft: () => goBy(-1), Enter: () => goToOpen(),
  Delete: () => clear(), Backspace: () => clear(),
};
const SINGLE_KEYS = {
  "/": () => { openRail(); wordsField.focus(); wordsField.select(); },
  ".": () => { noteField.focus(); },
  "=": () => keepCodes(current),
  "?": () => showHelp(),
};
const showHelp = () => {
  help.showModal();
  document.getElementById("desk-help-title").focus();
};
const clear = () => { if (given(current).length) replaceCodes(current, [], "All codes taken away"); };

const withControl = (event) => {
  const key = event.key.toLowerCase();
  if (key === "s") return save;
  if (event.target.closest("input, textarea")) return null;
  return key === "z" ? (event.shiftKey ? redo : undo) : key === "y" ? redo : null;
};

const actOf = (event) => {
  if (event.ctrlKey || event.metaKey) return event.altKey ? null : withControl(event);
  if (event.altKey) return null;
  if (event.target.closest("input, textarea, select")) return event.key === "Escape" ? focusAnswer : null;
  if (event.key === "Escape") return () => { closeRail(); focusAnswer(); };
  if (!current) return event.key === "?" ? SINGLE_KEYS["?"] : null;
  if (event.key === "Enter" && event.target.closest("button, a, summary")) return null;
  if (ALWAYS_KEYS[event.key]) return ALWAYS_KEYS[event.key];
  if (!single) return null;
  const digit = digitOf(event);
  if (digit > "0") return () => offered(Number(digit) - 1);
  const code = digit === "0" ? NONE : codeOfKey(event);
  return code ? () => give(current, code) : SINGLE_KEYS[event.key] ?? null;
};

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
  const act = actOf(event);
  if (!act) return;
  event.preventDefault();
  act();
});
for (const [id, act] of [["undo", undo], ["redo", redo], ["save", save], ["previous", () => goBy(-1)], ["next", () => goBy(1)], ["open", goToOpen], ["help-open", showHelp]])
  document.getElementById(`desk-${id}`).addEventListener("click", act);
for (const button of document.querySelectorAll("dialog [data-close]")) button.addEventListener("click", () => button.closest("dialog").close());
