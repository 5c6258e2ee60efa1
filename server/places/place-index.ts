import type { Prepared } from './gazetteer.ts';

const latin = /^[a-z]+$/;

/** Pieces of which every text that contains the term has all. Three letters or two characters; a start of letters is marked. */
const piecesOf = (text: string, size: number): string[] => {
  const pieces: string[] = [];
  for (let at = 0; at + size <= text.length; at += 1) pieces.push(text.slice(at, at + size));
  return pieces;
};
const start = (text: string) => `^${text.slice(0, 2)}`;

/**
 * Which names may match a term at all, so that a search ranks hundreds of them, not all. Null: the term is too short to tell,
 * or made of figures.
 */
export function createPlaceIndex(prepared: readonly Prepared[]): (term: string) => readonly Prepared[] | null {
  const posted = new Map<string, number[]>();
  prepared.forEach(({ entry, forms, chain }, index) => {
    const pieces = new Set<string>();
    for (const text of [...forms, chain]) for (const piece of piecesOf(text, 2)) pieces.add(piece);
    for (const text of [...entry.pinyin, ...entry.initials, ...forms]) {
      for (const piece of piecesOf(text, 3)) if (latin.test(piece)) pieces.add(piece);
      for (const length of [1, 2]) pieces.add(start(text.slice(0, length)));
    }
    for (const piece of pieces) {
      const list = posted.get(piece);
      if (list) list.push(index);
      else posted.set(piece, [index]);
    }
  });

  return (term) => {
    if (/^\d+$/.test(term)) return null;
    const pieces = latin.test(term) ? (term.length < 3 ? [start(term)] : piecesOf(term, 3)) : piecesOf(term, 2);
    if (pieces.length === 0) return null;
    let rarest: readonly number[] | null = null;
    for (const piece of pieces) {
      const list = posted.get(piece) ?? [];
      if (rarest === null || list.length < rarest.length) rarest = list;
    }
    return (rarest ?? []).map((index) => prepared[index]!);
  };
}
