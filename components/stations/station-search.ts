import type { Station } from '@/server/domain/station.ts';

/** Full pinyin and initials of a name, lower case, without spaces; several words, since some letters have several readings. */
export type Speller = (name: string) => readonly string[];

export type Searched = { readonly id: string; readonly name: string; readonly entry: Pick<Station, 'address'> | null };

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

/** Each word of the text has to be found: in the name, the number, the address, or in how the name is spelt. */
export function searchStations(
  lines: readonly Searched[],
  text: string,
  spell: Speller | null,
): ReadonlySet<string> | null {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  const found = new Set<string>();
  for (const line of lines) {
    const plain = fold(`${line.name} ${line.id} ${line.entry?.address ?? ''}`);
    let spelt: readonly string[] | null = null;
    const matches = (word: string): boolean => {
      if (plain.includes(word)) return true;
      if (!spell || !/^[a-z]+$/.test(word)) return false;
      spelt ??= spell(line.name);
      return spelt.some((spelling) => (word.length > 1 ? spelling.includes(word) : spelling.startsWith(word)));
    };
    if (words.every(matches)) found.add(line.id);
  }
  return found;
}
