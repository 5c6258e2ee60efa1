import type { Measure, Threshold } from '@/server/domain/station.ts';
import { levelNamed } from './words.ts';

/** Entries of one cell stand between semicolons; one that belongs to an entry is escaped. */
export function entriesOf(cell: string): string[] {
  const entries: string[] = [];
  let entry = '';
  for (let at = 0; at < cell.length; at++) {
    const letter = cell[at]!;
    if (letter === '\\' && /[\\;；]/.test(cell[at + 1] ?? '')) entry += cell[++at];
    else if (letter === ';' || letter === '；' || letter === '\n') {
      entries.push(entry);
      entry = '';
    } else entry += letter;
  }
  entries.push(entry);
  return entries.map((one) => one.trim()).filter((one) => one !== '');
}
export const joined = (entries: readonly string[]): string =>
  entries.map((entry) => entry.replace(/[\\;；]/g, '\\$&').replaceAll('\n', ' ')).join(';');

const number = /^[+-]?(?:\d{1,15}(?:\.\d{0,12})?|\.\d{1,12})(?:[eE][+-]?\d{1,2})?$/;
export const readNumber = (text: string): number | null => {
  const plain = text.normalize('NFKC').trim();
  return number.test(plain) ? Number(plain) : null;
};

/** `property:unit:max`, the last two optional. */
export function readMeasure(entry: string): Measure | null {
  const [, property = '', unit = '', most = ''] = /^(.+?)(?::([^:]*))?(?::([^:]*))?$/.exec(entry) ?? [];
  const maximum = most.trim() === '' ? null : readNumber(most);
  if (property.trim() === '' || (most.trim() !== '' && maximum === null)) return null;
  return { property: property.trim(), unit: unit.trim() || null, thresholds: [], maximum };
}

export function writeMeasure({ property, unit, maximum }: Measure): string {
  if (maximum !== null) return `${property}:${unit ?? ''}:${maximum}`;
  if (property.includes(':')) return `${property}:${unit ?? ''}:`;
  return unit === null ? property : `${property}:${unit}`;
}

export type ReadThreshold = { readonly property: string; readonly threshold: Threshold };

/** `property:level:>value:source`; `<` for stocks that run out; the source is optional. */
export function readThreshold(entry: string): ReadThreshold | null {
  const parts = entry.split(':');
  const at = parts.findIndex((part, index) => index > 0 && levelNamed(part) !== null);
  const level = at < 1 ? null : levelNamed(parts[at]!);
  const limit = parts[at + 1] === undefined ? null : readLimit(parts[at + 1]!);
  if (!level || !limit) return null;
  const source = parts
    .slice(at + 2)
    .join(':')
    .trim();
  return {
    property: parts.slice(0, at).join(':').trim(),
    threshold: { level, ...limit, source: source === '' ? null : source.slice(0, 200) },
  };
}

/** `>8.7`, `<3`, `8.7`: above unless it says below. */
export function readLimit(text: string): Pick<Threshold, 'when' | 'value'> | null {
  const [, sign = '', rest = ''] = /^\s*([<>＜＞≤≥]?)\s*(.*)$/.exec(text) ?? [];
  const value = readNumber(rest);
  return value === null ? null : { when: '<＜≤'.includes(sign) && sign !== '' ? 'below' : 'above', value };
}

export const writeThreshold = (property: string, { level, when, value, source }: Threshold): string =>
  [property, level, `${when === 'above' ? '>' : '<'}${value}`, ...(source === null ? [] : [source])].join(':');
