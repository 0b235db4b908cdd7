const figuresStage = () => (DATA.figures.length === 0 ? [lead("The paper has no figures.")] : [
  lead("What each figure draws. A figure computes nothing: it draws rows of the estimates, and prints them as the text does."),
  ...DATA.figures.map((figure) => make("section", { class: "wave" },
    make("h2", {}, link(`#fig-${figure.name}`, figureName(figure.name))),
    picture(figure),
    checkList(figure.checks),
    part(`What ${figureName(figure.name)} draws`, () => drawn(figure), { note: several(figure.rows.key.length, "row", "rows") }),
    part(`Alternative text of ${figureName(figure.name)}`, () => make("p", {}, figure.alternative)))),
]);

const figureName = (name) => {
  const place = (DATA.study.floats.figure ?? []).indexOf(name);
  return place === -1 ? name : `Figure ${place + 1}`;
};

// The picture stands in the paper already.
const picture = (figure) => {
  const there = document.getElementById(`fig-${figure.name}`)?.querySelector("img");
  return there ? make("figure", {}, make("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": `Figure ${figure.name}` }, there.cloneNode())) : "";
};

const drawn = (figure) => tableOf({
  name: `What figure ${figure.name} draws`,
  heads: ["Label", "Series", "Panel", { text: "Printed", class: "right" }, "Estimate"],
  rows: figure.rows.key.map((_, place) => Object.fromEntries(Object.entries(figure.rows).map(([name, column]) => [name, TEXTS[column[place]]]))),
  first: 60,
  cells: (row) => [row.label, row.series, row.panel, row.display, keyLink(row.key, code(row.key))],
});
