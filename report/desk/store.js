// What a person does is kept by the browser at once, a line an answer, so that nothing is lost when the tab closes.
// Kept apart by study, wave, question and person; two tabs of one person follow each other.
const ROOM = ["recount-desk", DATA.study.title, DATA.wave, DATA.question.id, DATA.mode].map(encodeURIComponent).join("/");
const trial = `${ROOM}/trial`;
let person = "";
let refused = "";

const attempt = (act) => {
  try {
    return act();
  } catch (error) {
    refused = String(error.message ?? error);
    return null;
  }
};
attempt(() => {
  localStorage.setItem(trial, "1");
  localStorage.removeItem(trial);
});

const keyOf = (respondent) => `${ROOM}/${encodeURIComponent(person)}/line/${encodeURIComponent(respondent)}`;
const markOf = (name) => `${ROOM}/${encodeURIComponent(person)}/mark/${name}`;

const keep = (key, value) => attempt(() => (value === null ? localStorage.removeItem(key) : localStorage.setItem(key, JSON.stringify(value))));
const kept = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));

// The names of those who have worked here in this browser; first who worked last in this tab.
const peopleHere = () => attempt(() => {
  const parts = Object.keys(localStorage).filter((key) => key.startsWith(`${ROOM}/`)).map((key) => key.slice(ROOM.length + 1).split("/"));
  const names = [...new Set(parts.filter(([, kind]) => kind).map(([name]) => decodeURIComponent(name)))].sort();
  const last = sessionStorage.getItem(`${ROOM}/person`);
  return [...names.filter((name) => name === last), ...names.filter((name) => name !== last)];
}) ?? [];

const linesKept = (name = person) => {
  const start = `${ROOM}/${encodeURIComponent(name)}/line/`;
  const keys = attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(start))) ?? [];
  return new Map(keys.map((key) => [decodeURIComponent(key.slice(start.length)), kept(key)]).filter(([, line]) => line));
};
