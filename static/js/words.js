// The words of the page in its language. What is written in the code is Indonesian, so Indonesian needs no catalogue; for another
// language base.html loads one before any module runs, and what it lacks stays Indonesian.
const { texts = {}, plural = () => 0 } = globalThis.tilikWords ?? {};

export const language = document.documentElement.lang || "id";

const found = (key) => (Object.hasOwn(texts, key) ? texts[key] : undefined);

export function gettext(text) {
  const other = found(text);
  return (Array.isArray(other) ? other[0] : other) ?? text;
}

// The same word may need different words elsewhere: `context` says which is meant.
export const pgettext = (context, text) => {
  const key = `${context}\u0004${text}`;
  const other = gettext(key);
  return other === key ? text : other;
};

export function ngettext(one, many, count) {
  const other = found(one);
  if (Array.isArray(other)) return other[plural(count)] ?? other[0];
  return count === 1 ? one : many;
}

// Puts values in after translating: interpolate(gettext("%(n)s kamera"), { n: 3 }).
export const interpolate = (text, values) => text.replace(/%\((\w+)\)s/g, (all, name) => (name in values ? String(values[name]) : all));
