// Texts of respondents as they are, with what no eye would see made visible.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\u{e0000}-\u{e007f}]/gu;

const letters = (text) => {
  const found = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > from) found.push(text.slice(from, match.index));
    const point = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    found.push(make("span", { class: "unseen", title: "a sign that cannot be seen" }, `U+${point}`));
    from = match.index + match[0].length;
  }
  found.push(text.slice(from));
  return found;
};
