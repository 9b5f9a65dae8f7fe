// What the page says in the reader's language; the sentences come from geoapp/portrayal/ui_texts.py.
export const texts = JSON.parse(document.getElementById("texts").textContent);

const chinese = document.documentElement.lang !== "en";

/** A text with an addition in brackets, in the width of the page's language. */
export function bracketed(text, addition) {
  if (!addition) return text;
  return chinese ? `${text}（${addition}）` : `${text} (${addition})`;
}

/** A name and what is said of it. */
export function labelled(name, text) {
  return chinese ? `${name}：${text}` : `${name}: ${text}`;
}
