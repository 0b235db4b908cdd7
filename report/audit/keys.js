// Keys of one letter, which a reader can switch off: some speak their commands, and a letter may be one.
let on = true;
const keysOn = () => on;
const switchKeys = (value) => { on = value; };

const step = (by) => {
  const now = parsed(location.hash);
  const at = now.kind === "number" ? NUMBERS.findIndex((number) => number.id === now.id) : now.kind === "entry" ? NUMBERS.findIndex((number) => number.entry === now.id) : -1;
  const next = NUMBERS[at === -1 ? (by > 0 ? 0 : NUMBERS.length - 1) : at + by];
  if (next) go(`#${next.id}`);
};

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    closeCard();
    return;
  }
  if (!on || event.target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  const act = { "/": () => { field.focus(); field.select(); }, j: () => step(1), k: () => step(-1), "?": () => go("#overview") }[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
