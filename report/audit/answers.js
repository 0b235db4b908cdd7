// The answers to a question side by side: how many gave each, and of whom.
const answerRows = (given) => {
  const { question, wave } = given;
  const asked = QUESTION.get(question);
  const codes = DATA.codebook.questions[question]?.map((each) => each.id) ?? [];
  const offered = asked.waves[wave]?.offered ?? [];
  const ids = asked.coded ? [...codes, "none"] : offered;
  const own = (category, statistic) => beside(given, { statistic, category });
  const rows = [...ids, ...Object.keys(asked.nets), "no answer"].map((category) => {
    const found = own(category, "share") ?? own(category, "share_asked");
    return found && { category, found, net: Object.hasOwn(asked.nets, category), chosen: category === given.category };
  });
  return rows.filter(Boolean);
};

const answers = (given) => {
  const rows = answerRows(given);
  const found = MEASURES.map((statistic) => beside(given, { statistic, category: "" })).filter(Boolean);
  return [found.length && !isClosed(given.question) ? measures(given, found) : "", rows.length ? offered(given, rows) : "",
    found.length && isClosed(given.question) ? measures(given, found) : ""];
};

const isClosed = (question) => QUESTION.get(question).categories.length > 0 || QUESTION.get(question).coded;

const offered = (given, rows) => {
  const most = Math.max(...rows.map((row) => row.found.n ?? 0));
  return [
    tableOf({
      name: `Answers to “${QUESTION.get(given.question).label}”, ${waveTitle(given.wave)}`,
      heads: ["Answer", { text: "n", class: "right" }, { text: "of", class: "right" }, { text: "Share", class: "right" }, { text: "Interval", class: "right" }, ""]
        .map((head) => (head === "" ? { text: make("span", { class: "unheard" }, "Bar"), class: "bars" } : head)),
      rows,
      classes: "answers",
      first: 60,
      cells: ({ found, category, net }) => [
        [keyLink(found.key, categoryLabel(given.question, category)), net && make("span", { class: "quiet" }, " net"),
          found.statistic === "share_asked" && make("span", { class: "quiet" }, " of those asked")],
        count(found.n), count(found.base), found.display, found.interval, bar(found.n ?? 0, most),
      ],
    }),
    rows.some((row) => row.found.hidden) && make("p", { class: "quiet" }, "Hidden: ", rows.find((row) => row.found.hidden).found.hidden, "."),
  ];
};

// Of a question without categories: its mean, quartiles and so on.
const MEASURES = ["mean", "sd", "minimum", "q1", "median", "q3", "maximum", "first", "last", "chosen_mean"];
const measures = (given, found) => tableOf({
  name: `Measures of “${QUESTION.get(given.question)?.label ?? given.question}”, ${waveTitle(given.wave)}`,
  heads: ["Measure", { text: "Value", class: "right" }, { text: "Interval", class: "right" }, { text: "Base", class: "right" }],
  rows: found.map((each) => ({ each, chosen: each.key === given.key })),
  cells: ({ each }) => [keyLink(each.key, words(each.statistic)), each.display, each.interval, count(each.base)],
});
