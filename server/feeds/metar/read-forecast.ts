import type { QualityFlag } from '@/server/wire/record.ts';
import type { Taf } from './message.ts';
import { conditionsOf, emptyDraft, Tokens, takeCondition, takeForecast } from './read-conditions.ts';
import { readCelsius, readDayTime } from './read-groups.ts';
import type { Common, Head } from './read-head.ts';
import { beginsTrend, hourWithin, readSpan, readTrends, type Span } from './read-trends.ts';

const extreme = /^T([XN]?)(M?\d{2})\/(\d{2}|\d{4})Z?$/;

/** WMO FM 51: what is expected, and how it changes. */
export function readForecast(tokens: Tokens, head: Head, common: Common): Taf {
  const draft = emptyDraft();
  const flags = new Set<QualityFlag>();
  const unread: string[] = [];
  const temperatures: Extreme[] = [];
  const old = oldSpan(tokens.here ?? '');
  const bounds = readSpan(tokens.here ?? '') ?? old;
  if (bounds) tokens.at++;
  let { nil, cancelled } = head;

  // Highest and lowest temperatures stand anywhere, also behind the trends.
  const words = tokens.list.slice(tokens.at).filter((word) => {
    const parts = extreme.exec(word);
    const at = parts && extremeAt(parts[3]!, bounds);
    if (parts && at)
      temperatures.push({
        raw: word,
        kind: parts[1] === 'X' ? 'highest' : parts[1] === 'N' ? 'lowest' : null,
        celsius: readCelsius(parts[2]!) ?? 0,
        at,
      });
    return !(parts && at);
  });
  const rest = new Tokens(words);
  while (rest.here !== undefined && !beginsTrend(rest.here, true)) {
    const token = rest.here;
    const taken = takeCondition(rest, draft, { windDue: rest.at === 0, flags }) || takeForecast(token, draft);
    if (token === 'NIL') nil = true;
    else if (token === 'CNL') cancelled = true;
    else if (taken === 0) unread.push(token);
    rest.at += Math.max(1, taken);
  }
  const trends = readTrends(rest.list.slice(rest.at), { forecast: true, flags, old });
  return {
    ...common,
    type: 'TAF',
    station: head.station,
    issued: head.issued,
    correction: head.correction,
    nil,
    amended: head.amended,
    cancelled,
    from: bounds?.from ?? null,
    until: bounds?.until ?? null,
    conditions: conditionsOf(draft),
    temperatures: namedExtremes(temperatures),
    trends: trends.trends,
    unread: [...unread, ...trends.unread],
    flags: [...flags],
  };
}

type Extreme = Omit<Taf['temperatures'][number], 'kind'> & { readonly kind: 'highest' | 'lowest' | null };

/** `T30/1219Z T22/1309Z` without X and N: the higher of two is the highest; one alone says nothing. */
function namedExtremes(extremes: readonly Extreme[]): Taf['temperatures'] {
  const open = extremes.filter(({ kind }) => kind === null).map(({ celsius }) => celsius);
  const [low, high] = [Math.min(...open), Math.max(...open)];
  return extremes.flatMap((one) => {
    if (one.kind) return [{ ...one, kind: one.kind }];
    return low === high ? [] : [{ ...one, kind: one.celsius === high ? ('highest' as const) : ('lowest' as const) }];
  });
}

/** `07` of before 2008 names the hour alone: of the day within the validity. */
const extremeAt = (digits: string, bounds: Span | null) =>
  digits.length === 4 ? readDayTime(digits) : bounds && hourWithin(bounds, digits);

/** `301221` of before 2008: day, first and last hour. */
function oldSpan(token: string): Span | null {
  const parts = /^(\d{2})(\d{2})(\d{2})$/.exec(token);
  const from = parts && readDayTime(`${parts[1]}${parts[2]}`);
  const until = parts && readDayTime(`${parts[1]}${parts[3]}`);
  return from && until ? { from, until } : null;
}
