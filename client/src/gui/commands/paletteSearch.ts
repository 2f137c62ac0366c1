/** Which of many names a few typed letters mean, and in which order. */

/** How well a name fits; smaller is better, and null does not fit. */
type Rank = number | null;

const PREFIX = 0;
const WORD = 1;
const INSIDE = 2;
const ALSO = 2.5;
const LETTERS = 3;
const DESCRIPTION = 5;

/** A letter or digit, of any alphabet. By its code: there may be thousands of names. */
function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;
}

const isWordStart = (name: string, i: number): boolean =>
  i === 0 || !isLetter(name.charCodeAt(i - 1));

/**
 * The letters of a word in their order, the first of them and each after a gap at the start of a word: "fv" in
 * "fit view". Returns the share of the name that they span.
 */
function span(name: string, word: string): number | null {
  if (!hasInOrder(name, word)) return null;
  for (let start = 0; start < name.length; start++) {
    if (name[start] !== word[0] || !isWordStart(name, start)) continue;
    const end = lastLetter(name, word, start + 1);
    if (end !== null) return (end - start) / name.length;
  }
  return null;
}

/** Whether the letters are there at all, wherever: most of many names are left out by that, which takes no time. */
function hasInOrder(name: string, word: string): boolean {
  let at = -1;
  for (const letter of word) {
    at = name.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** Where the last letter is, if each after the first follows at once, or else at the start of a later word. */
function lastLetter(name: string, word: string, i: number): number | null {
  let next = i;
  for (let n = 1; n < word.length; n++) {
    let at = next;
    while (at < name.length && !(name[at] === word[n] && (at === next || isWordStart(name, at))))
      at++;
    if (at >= name.length) return null;
    next = at + 1;
  }
  return next - 1;
}

function rankOfWord(name: string, also: string, word: string): Rank {
  const at = name.indexOf(word);
  if (at === 0) return PREFIX;
  if (at > 0) {
    for (let i = at; i >= 0; i = name.indexOf(word, i + 1)) if (isWordStart(name, i)) return WORD;
    return INSIDE;
  }
  if (also !== "" && startsWord(also, word)) return ALSO;
  const spanned = span(name, word);
  return spanned === null ? null : LETTERS + spanned;
}

function startsWord(text: string, word: string): boolean {
  for (let i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + 1))
    if (isWordStart(text, i)) return true;
  return false;
}

/** The words of a query, in lower case. */
export function wordsOf(query: string): readonly string[] {
  const text = query.trim().toLowerCase();
  return text === "" ? [] : text.split(/\s+/);
}

/**
 * Name and description are in lower case. All words must be found; those that begin the name count most, then those
 * that begin a word of it, then those inside, then other names of it, then the first letters of words, then the description.
 */
export function rank(name: string, description: string, words: readonly string[], also = ""): Rank {
  let sum = 0;
  for (const word of words) {
    const own = rankOfWord(name, also, word) ?? (description.includes(word) ? DESCRIPTION : null);
    if (own === null) return null;
    sum += own;
  }
  return sum;
}

/** Of equal ones the shorter is closer to what was typed. */
export function shorterFirst(rank: Rank, name: string): Rank {
  return rank === null ? null : rank + Math.min(name.length, 99) / 1000;
}

interface Found<T> {
  readonly item: T;
  readonly rank: number;
}

/** The best `limit` items, best first; equal ones in their order. */
export function search<T>(
  items: readonly T[],
  rankOf: (item: T) => Rank,
  limit: number,
): readonly Found<T>[] {
  let found: Found<T>[] = [];
  let worst = Number.POSITIVE_INFINITY;
  const best = () => found.sort((a, b) => a.rank - b.rank).slice(0, limit);
  for (const item of items) {
    const rank = rankOf(item);
    if (rank === null || rank >= worst) continue;
    found.push({ item, rank });
    // Sorting all of thousands would take most of the time.
    if (found.length < 4 * limit) continue;
    found = best();
    worst = found.at(-1)!.rank;
  }
  return best();
}
