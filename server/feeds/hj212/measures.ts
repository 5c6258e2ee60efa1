import type { ReadingRecord } from '@/server/wire/record.ts';
import type { Group, Hj212Message } from './message.ts';

/** One value of one code, with the marks that go with it. */
export type Measure = {
  readonly code: string;
  /** `Zs` where the value is converted to reference oxygen. */
  readonly converted: boolean;
  readonly kind: MeasureKind;
  /** As it was sent, e.g. `Rtd`. */
  readonly suffix: string;
  readonly text: string;
  readonly mark: string | null;
  /** 14 or 17 digits as sent; null where the message has none. */
  readonly dataTime: string | null;
  readonly sampleTime: string | null;
};

export type MeasureKind = 'value' | 'sum' | 'state' | 'hours' | 'other';

type Known = { readonly statistic: ReadingRecord['statistic']; readonly kind: MeasureKind };

const statistics: Readonly<Record<string, Known>> = {
  rtd: { statistic: 'instant', kind: 'value' },
  avg: { statistic: 'mean', kind: 'value' },
  min: { statistic: 'min', kind: 'value' },
  max: { statistic: 'max', kind: 'value' },
  cou: { statistic: 'sum', kind: 'sum' },
  ala: { statistic: 'instant', kind: 'value' },
  rs: { statistic: 'instant', kind: 'state' },
  rt: { statistic: 'sum', kind: 'hours' },
};
const notMeasures = new Set(['flag', 'eflag', 'sampletime', 'info', 'data', 'sn']);

/** A suffix nobody knows (electricity meters send dozens) is a value of its own property. */
export function readSuffix(suffix: string): (Known & { readonly converted: boolean }) | null {
  const lower = suffix.toLowerCase();
  if (notMeasures.has(lower)) return null;
  const converted = lower.startsWith('zs') && statistics[lower.slice(2)] !== undefined;
  const known = statistics[converted ? lower.slice(2) : lower];
  return known ? { ...known, converted } : { statistic: 'instant', kind: 'other', converted: false };
}

type Scope = { dataTime: string | null; readonly groups: Group[] };

/** A message may carry several times one after the other: what follows a DataTime belongs to it. */
function scopesOf(cp: readonly Group[]): Scope[] {
  const scopes: Scope[] = [{ dataTime: null, groups: [] }];
  for (const group of cp) {
    const time = group.find(([key]) => /^(data|alarm)time$/i.test(key))?.[1];
    const scope = scopes.at(-1)!;
    if (time === undefined) scope.groups.push(group);
    else if (scope.dataTime === null) {
      scope.dataTime = time;
      scope.groups.push(group);
    } else scopes.push({ dataTime: time, groups: [group] });
  }
  return scopes;
}

const split = (key: string): readonly [string, string] | null => {
  const dash = key.indexOf('-');
  return dash > 0 && dash < key.length - 1 ? [key.slice(0, dash), key.slice(dash + 1)] : null;
};

/** Older senders put every field into a group of its own, so that a code's mark is looked for in the whole scope where its group has none. */
export function measuresOf({ cp }: Pick<Hj212Message, 'cp'>): Measure[] {
  return scopesOf(cp).flatMap(({ dataTime, groups }) => {
    const marks = new Map<string, string>();
    const marksOf = (group: Group, into: Map<string, string>): Map<string, string> => {
      for (const [key, value] of group) {
        const parts = split(key);
        if (parts && /^(flag|sampletime)$/i.test(parts[1])) {
          const name = `${parts[0]}-${parts[1].toLowerCase()}`;
          if (!into.has(name)) into.set(name, value);
        }
      }
      return into;
    };
    for (const group of groups) marksOf(group, marks);
    return groups.flatMap((group) => {
      const own = marksOf(group, new Map());
      const markOf = (code: string, name: string) => own.get(`${code}-${name}`) ?? marks.get(`${code}-${name}`) ?? null;
      return group.flatMap(([key, text]): Measure[] => {
        const parts = split(key);
        const read = parts && readSuffix(parts[1]);
        if (!parts || !read) return [];
        const [code, suffix] = parts;
        const { kind, converted } = read;
        const [mark, sampleTime] = [markOf(code, 'flag'), markOf(code, 'sampletime')];
        return [{ code, converted, kind, suffix, text, mark, dataTime, sampleTime }];
      });
    });
  });
}
