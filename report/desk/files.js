// The file that the pipeline reads: QUESTION.CODER.csv, or QUESTION.adjudication.csv.
const HEADER = ADJUDICATES ? ["respondent", "answer_sha256", "answer", "codes", "by", "why"] : ["respondent", "answer_sha256", "answer", "codes", "note"];
const OPTIONAL = ["suggested", "codebook_version"];
const saveButton = document.getElementById("desk-save");
const fileName = (name = person) => `${DATA.question.id}.${ADJUDICATES ? "adjudication" : name}.csv`;
// Question and coder, by the name of a file; browsers number what they download twice.
const partsOf = (name) => name.normalize("NFC").match(/^(.+)\.([^.]+?)(?: ?\(\d+\))?\.csv$/i)?.slice(1) ?? [];
let handle = null;
let unsaved = false;

const rowOf = (respondent, line, answer) => ({
  respondent,
  // Codes given to an older wording stay tied to it: the pipeline then tells that the answer is open again.
  answer_sha256: line && line.codes.length ? line.sha256 : answer?.sha256 ?? line.sha256,
  answer: answer && (!line?.codes.length || line.sha256 === answer.sha256) ? answer.text : line?.answer ?? "",
  codes: line?.codes.join(";") ?? "",
  note: line?.note ?? "",
  by: line?.codes.length ? line.by || person : "",
  why: line?.why ?? "",
  // A row that nobody coded yet is coded under the version in force, at the desk or in a spreadsheet.
  codebook_version: line?.codes.length ? line.version ?? "" : VERSION,
  suggested: Object.entries(line?.suggested ?? {}).filter(([code]) => line.codes.includes(code)).map(([code, score]) => `${code}:${score}`).join(";"),
});

// Every answer has its row, coded or not, in the order of the desk; of a sample, those that are in it, or coded; an
// adjudicator's file has what is decided. Then come lines that were loaded for respondents who are not here now: they
// count again when these come back.
const isInFile = (answer) => !isEmpty(lineOf(answer.respondent)) || (!ADJUDICATES && isDue(answer));
const fileText = () => {
  const here = ANSWERS.filter(isInFile).map((answer) => rowOf(answer.respondent, lineOf(answer.respondent), answer));
  const gone = [...new Map([...BUILT, ...lines])].filter(([respondent, line]) => !ANSWER.has(respondent) && !isEmpty(line)).map(([respondent, line]) => rowOf(respondent, line, null));
  const rows = [...here, ...gone];
  return written([...HEADER, ...OPTIONAL.filter((name) => rows.some((row) => row[name]))], rows);
};

const markUnsaved = (value) => {
  unsaved = value;
  keep(markOf("unsaved"), value || null);
  saveButton.classList.toggle("due", value);
  saveButton.setAttribute("aria-label", value ? "Save the file: there are changes that it does not have" : "Save the file");
};

const save = async () => {
  const text = fileText();
  try {
    if (globalThis.showSaveFilePicker) {
      handle ??= await showSaveFilePicker({ suggestedName: fileName(), types: [{ description: "CSV", accept: { "text/csv": [".csv"] } }] });
      refuseOther(handle.name);
      if (await holdsMore(handle)) return;
      const stream = await handle.createWritable();
      await stream.write(text);
      await stream.close();
      await markSeen(text);
    } else download(fileName(), text);
  } catch (error) {
    handle = null;
    if (error.name !== "AbortError") warn(`The file was not saved: ${error.message}`);
    return;
  }
  markUnsaved(false);
  const elsewhere = handle && handle.name !== fileName() ? ` The pipeline reads it only under the name ${fileName()}.` : "";
  tell(`Saved as ${handle?.name ?? fileName()}; it belongs into ${DATA.folder}.${elsewhere}`);
};

// Another coder's file, or another question's, is never written over.
const refuseOther = (name) => {
  const [question, whose] = partsOf(name);
  if (question && (question !== DATA.question.id || whose !== partsOf(fileName())[1])) throw new Error(`${name} is the name of another's file; yours is ${fileName()}.`);
};

const download = (name, text) => {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};

// A file that is about to be written over may hold work that this desk has never seen: then it is loaded first.
const holdsMore = async (file) => {
  const there = await (await file.getFile()).text();
  if (there === "" || await fingerprint(there) === kept(markOf("seen"))) return false;
  const more = incomingOf(read(there).rows).some(({ respondent, line }) => !same(lineOf(respondent), line));
  await markSeen(there);
  if (!more) return false;
  takeIn(read(there).rows, file.name);
  warn("The file held work that was not on this desk. It has been loaded, and nothing was written over: look, then save again.");
  return true;
};

// What of the file this desk has seen: it may write over that, and over nothing else.
const fingerprint = async (text) => {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
};
const markSeen = async (text) => keep(markOf("seen"), await fingerprint(text));
