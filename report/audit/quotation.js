// The card of an answer that the paper quotes: who cleared it, what was taken out, and the cell of the export.
const quotationCard = (quotation) => {
  const { wave, row, question } = quotation;
  const whose = DATA.study.with_rows ? respondentLink(wave, row, said(quotation.respondent)) : said(quotation.respondent);
  return {
    kicker: `Quotation ${quotation.id}, ${quotation.file}${quotation.line ? `:${quotation.line}` : ""}`,
    title: "An answer, quoted",
    about: [whose, `, ${waveTitle(wave)}`],
    tags: DATA.waves[wave].simulated ? make("p", { class: "tags" }, make("span", { class: "tag warn" }, "simulated")) : null,
    key: "",
    parts: [
      make("blockquote", { class: "sentence", lang: quotation.language, dir: "auto" }, said(quotation.text)),
      part("Why it may be quoted", () => cleared(quotation), { open: true }),
      DATA.study.with_rows && part("From the raw cell", () => [
        pairs(["Question", questionLink(question)], ["Cell", `row ${row}, column `, code(quotation.column)]),
        rawCell(wave, row, [quotation.column]), changeCell(wave, row, [quotation.column]),
      ], { open: true, note: quotation.redactions ? "before redaction" : "" }),
    ],
  };
};

const cleared = (quotation) => [
  pairs(["Cleared by", said(quotation.cleared_by)], ["Language", code(quotation.language)],
    ["Code", codeLink(quotation.question, quotation.code)],
    ["Taken out", quotation.redactions ? [several(quotation.redactions, "place", "places"), ", in ", code(`results/${quotation.wave}/redactions.csv`)] : "nothing"],
    ["SHA-256 of the answer", code(quotation.answer_sha256)]),
  make("p", { class: "quiet" }, "It was drawn by lot from the answers with this code that a person cleared, for the words that they have now."),
];
