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

/** `part`: of the day or of the night, beside the value of the whole. */
export type MeasureKind = 'value' | 'part' | 'sum' | 'state' | 'hours' | 'other';

type Known = { readonly statistic: ReadingRecord['statistic']; readonly kind: MeasureKind };

const statistics: Readonly<Record<string, Known>> = {
  rtd: { statistic: 'instant', kind: 'value' },
  avg: { statistic: 'mean', kind: 'value' },
  min: { statistic: 'min', kind: 'value' },
  max: { statistic: 'max', kind: 'value' },
  cou: { statistic: 'sum', kind: 'sum' },
  ala: { statistic: 'instant', kind: 'value' },
  data: { statistic: 'mean', kind: 'value' },
  daydata: { statistic: 'mean', kind: 'part' },
  nightdata: { statistic: 'mean', kind: 'part' },
  rs: { statistic: 'instant', kind: 'state' },
  rt: { statistic: 'sum', kind: 'hours' },
};
const notMeasures = new Set(['flag', 'zsflag', 'eflag', 'sampletime', 'info', 'sn']);

const readSuffixes = new Map<string, (Known & { readonly converted: boolean }) | null>();
const mostSuffixes = 512;

/** A suffix nobody knows (electricity meters send dozens) is a value of its own property. */
export function readSuffix(suffix: string): (Known & { readonly converted: boolean }) | null {
  const before = readSuffixes.get(suffix);
  if (before !== undefined) return before;
  const read = judgeSuffix(suffix.toLowerCase());
  if (readSuffixes.size < mostSuffixes) readSuffixes.set(suffix, read);
  return read;
}

function judgeSuffix(lower: string): (Known & { readonly converted: boolean }) | null {
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

type Coded = { readonly code: string; readonly suffix: string; readonly text: string };

function codedOf(group: Group): Coded[] {
  const coded: Coded[] = [];
  for (const [key, text] of group) {
    const dash = key.indexOf('-');
    if (dash > 0 && dash < key.length - 1) coded.push({ code: key.slice(0, dash), suffix: key.slice(dash + 1), text });
  }
  return coded;
}

/** What is said of the values of a code, apart from them. */
type Marks = { mark: string | null; sampleTime: string | null };

function collectMarks(coded: readonly Coded[], into: Map<string, Marks>): Map<string, Marks> {
  for (const { code, suffix, text } of coded) {
    const lower = suffix.toLowerCase();
    if (lower !== 'flag' && lower !== 'sampletime') continue;
    const marks = into.get(code) ?? { mark: null, sampleTime: null };
    if (lower === 'flag') marks.mark ??= text;
    else marks.sampleTime ??= text;
    into.set(code, marks);
  }
  return into;
}

/** Older senders put every field into a group of its own, so that a code's mark is looked for in the whole scope where its group has none. */
export function measuresOf({ cp }: Pick<Hj212Message, 'cp'>): Measure[] {
  const measures: Measure[] = [];
  for (const { dataTime, groups } of scopesOf(cp)) {
    const coded = groups.map(codedOf);
    const all = new Map<string, Marks>();
    for (const fields of coded) collectMarks(fields, all);
    for (const fields of coded) {
      const own = collectMarks(fields, new Map());
      for (const { code, suffix, text } of fields) {
        const read = readSuffix(suffix);
        if (!read) continue;
        const { kind, converted } = read;
        const mark = own.get(code)?.mark ?? all.get(code)?.mark ?? null;
        const sampleTime = own.get(code)?.sampleTime ?? all.get(code)?.sampleTime ?? null;
        measures.push({ code, converted, kind, suffix, text, mark, dataTime, sampleTime });
      }
    }
  }
  return measures;
}
