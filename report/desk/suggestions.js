// Suggestions are set apart from codes, and can be hidden: who codes without them is not led by them.
let suggesting = kept(`${ROOM}/suggesting`) ?? true;
const suggestionsFor = (answer) => (suggesting ? SUGGESTED.get(answer.respondent) ?? [] : []);
const openSuggestions = (answer) => suggestionsFor(answer).filter((each) => !given(answer).includes(each.code));

const drawSuggestions = (answer) => {
  const all = suggestionsFor(answer);
  return all.length === 0 ? "" : make("section", { class: "suggestions", "aria-labelledby": "suggestions-title" },
    make("h3", { id: "suggestions-title" }, "Suggested by a program ", make("span", { class: "note" }, "and counted only where you accept it")),
    make("ol", {}, all.map((each, place) => make("li", {},
      given(answer).includes(each.code)
        ? make("span", { class: "accepted" }, "✓ accepted")
        : make("button", { type: "button", class: "small", "aria-keyshortcuts": place < 9 ? String(place + 1) : null, onclick: (event) => { give(answer, each.code); backFrom(event); } },
          place < 9 && make("kbd", { "aria-hidden": "true" }, String(place + 1)), ` Accept`, make("span", { class: "unheard" }, ` ${labelOf(each.code)}`)),
      make("div", {}, make("strong", {}, labelOf(each.code)), each.reasons.map((reason) =>
        make("p", { class: "because" }, [reason.score, reason.by].filter(Boolean).join(", "), ": ", make("bdi", {}, letters(reason.because)))))))));
};
