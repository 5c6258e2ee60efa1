import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinyin } from 'pinyin-pro';

export type JurisdictionLevel = 'district' | 'street' | 'community';
/** One line of jurisdictions.json; `choice` is false for what is no place to send anybody to (farms, parks, prisons). */
export type Jurisdiction = {
  code: string;
  level: JurisdictionLevel;
  name: string;
  bare: string;
  pinyin: string[];
  initials: string[];
  choice: boolean;
};

type Row = { code: string; name: string; cityCode: string };

const suffixes: Record<JurisdictionLevel, RegExp> = {
  district: /(新区|区|县|市)$/,
  street: /(街道办事处|街道|镇|乡)$/,
  community: /(社区居民委员会|社区居委会|社区居委|居民委员会|村民委员会|居委会|村委会|社区|村)$/,
};

/** From 400 on the last three digits of a street code are functional zones, farms and prisons (national code table). */
const functionalZone = (code: string) => Number(code.slice(6, 9)) >= 400;

/** Every way the letters of a name are read; local readings that a dictionary does not know come from the city. */
export function readings(
  text: string,
  local: Readonly<Record<string, string>>,
): { pinyin: string[]; initials: string[] } {
  const dictionary = syllables(text);
  const found = [dictionary];
  for (const [word, said] of Object.entries(local)) {
    const at = text.indexOf(word);
    if (at < 0) continue;
    const spoken = said.split(' ');
    found.push(dictionary.map((syllable, i) => (i >= at && i < at + word.length ? spoken[i - at]! : syllable)));
  }
  const unique = (values: string[]) => [...new Set(values)];
  return {
    pinyin: unique(found.map((list) => list.join(''))),
    initials: unique(found.map((list) => list.map((syllable) => syllable[0] ?? '').join(''))),
  };
}

/** One syllable for each character, so that positions in the text and in the reading agree. */
const syllables = (text: string): string[] =>
  pinyin(text, { toneType: 'none', type: 'array', v: true }).map((syllable) => syllable.toLowerCase());

export function buildJurisdictions(
  folder: string,
  options: { cityCode: string; local: Readonly<Record<string, string>> },
): Jurisdiction[] {
  const rows = (file: string): Row[] =>
    (JSON.parse(readFileSync(join(folder, 'dist', file), 'utf8')) as Row[]).filter(
      (row) => row.cityCode === options.cityCode,
    );
  const make =
    (level: JurisdictionLevel) =>
    (row: Row): Jurisdiction => {
      const stripped = row.name.replace(suffixes[level], '');
      const bare = stripped.length >= 2 ? stripped : row.name;
      const short = readings(bare, options.local);
      const full = level === 'community' ? { pinyin: [], initials: [] } : readings(row.name, options.local);
      return {
        code: row.code,
        level,
        name: row.name,
        bare,
        pinyin: [...new Set([...short.pinyin, ...full.pinyin])],
        initials: [...new Set([...short.initials, ...full.initials])],
        choice: level === 'district' || (level === 'street' ? !functionalZone(row.code) : !/虚拟/.test(row.name)),
      };
    };
  return [
    ...rows('areas.json').map(make('district')),
    ...rows('streets.json').map(make('street')),
    ...rows('villages.json').map(make('community')),
  ];
}
