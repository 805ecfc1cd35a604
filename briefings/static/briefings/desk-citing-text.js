// Where in a text a citation stands, and what a text becomes with one more. Positions are UTF-16 code units.

const KEY = /@([A-Za-z0-9_][\w-]*)/g;

/** The citation around `at`, {start, end, keys}, or null: between its brackets, not behind them. */
export function citationAt(text, at) {
  const start = text.lastIndexOf("[", at - 1);
  const end = text.indexOf("]", at);
  if (start < 0 || end < 0) return null;
  const inside = text.slice(start + 1, end);
  if (/[[\]]|\n\s*\n/.test(inside) || !/(^|[\s;])@[A-Za-z0-9]/.test(inside)) return null;
  return { start, end: end + 1, keys: [...inside.matchAll(KEY)].map((found) => found[1]) };
}

/** The key that is being typed before `at`, {start, typed}, or null: inside `[@…`, not behind a bracket that closed it. */
export function typedKey(text, at) {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  const found = /\[(?:[^[\]]*[\s;])?@([A-Za-z0-9_-]*)$/.exec(line);
  return found && { start: at - found[1].length, typed: found[1] };
}

/** The key of the citation that stands nearest before `at`, else the first behind it, else "". */
export function nearestKey(text, at) {
  const cited = /\[[^[\]]*?@([A-Za-z0-9_][\w-]*)[^[\]]*\]/g;
  let nearest = "";
  for (const found of text.matchAll(cited)) {
    if (found.index > at && nearest) break;
    const keys = [...found[0].matchAll(KEY)];
    nearest = keys.at(-1)[1];
  }
  return nearest;
}

/** What to write for a citation of `key` over [from, to), close to the word before it: {start, end, insert}; null where it is cited. */
export function citing(text, from, to, key) {
  const around = citationAt(text, from);
  if (!around) return { start: from === to && /\S $/.test(text.slice(0, from)) ? from - 1 : from, end: to, insert: `[@${key}]` };
  if (around.keys.includes(key)) return null;
  return { start: around.end - 1, end: around.end - 1, insert: `; @${key}` };
}

/** What to write for words that bring their citation: never inside another citation, and apart from the word before. */
export function quoting(text, from, to, words) {
  const around = citationAt(text, from);
  const [start, end] = around ? [around.end, around.end] : [from, to];
  const before = text.slice(0, start);
  return { start, end, insert: `${/[^\s([“‘"'—]$/.test(before) ? " " : ""}${words}` };
}

/** What to write for a key that was being typed: the rest of it, and the bracket where it is not closed. */
export function completing(text, at, key) {
  const typed = typedKey(text, at);
  if (!typed) return null;
  const rest = /^[A-Za-z0-9_-]*/.exec(text.slice(at))[0].length;
  const behind = text.slice(at + rest);
  const isClosed = /^[^[\]\n]*\]/.test(behind);
  return { start: typed.start, end: at + rest, insert: isClosed ? key : `${key}]` };
}

/** Where words stand that were put in near `at`: the place closest to it, or -1. */
export function placeOf(text, words, at) {
  let best = -1;
  for (let place = text.indexOf(words); place >= 0; place = text.indexOf(words, place + 1)) {
    if (best < 0 || Math.abs(place - at) < Math.abs(best - at)) best = place;
  }
  return best;
}
