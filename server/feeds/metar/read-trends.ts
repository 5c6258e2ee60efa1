import type { QualityFlag } from '@/server/wire/record.ts';
import type { DayTime, Trend } from './message.ts';
import { conditionsOf, emptyDraft, Tokens, takeCondition } from './read-conditions.ts';
import { readDayTime } from './read-groups.ts';

/** Where what holds now ends and what is expected begins. `FM` with a time is one only in a forecast. */
export const beginsTrend = (token: string, forecast: boolean): boolean =>
  /^(?:NOSIG|BECMG|TEMPO|INTER|PROB\d{2})$/.test(token) || (forecast && /^FM\d{4}(?:\d{2})?$/.test(token));

/** Military colours of visibility and cloud. */
export const colours = /^(?:BLACK)?(?:BLU\+?|WHT|GRN|YLO[12]?|AMB|RED)$|^BLACK$/;

const span = /^(\d{4})\/(\d{4})$/;

/** `3012/3118`. */
export function readSpan(token: string): { from: DayTime; until: DayTime } | null {
  const parts = span.exec(token);
  const from = parts && readDayTime(parts[1]!);
  const until = parts && readDayTime(parts[2]!);
  return from && until ? { from, until } : null;
}

type Read = {
  readonly trends: readonly Trend[];
  readonly unread: readonly string[];
  /** Behind NOSIG: of what is, not of what is expected. */
  readonly colours: readonly string[];
};

/** All trends of a report, each with the conditions it names. */
export function readTrends(words: readonly string[], forecast: boolean, flags: Set<QualityFlag>): Read {
  const trends: Trend[] = [];
  const unread: string[] = [];
  const stated: string[] = [];
  const tokens = new Tokens(words);
  while (tokens.here !== undefined) trends.push(readTrend(tokens, { forecast, flags, unread, stated }));
  return { trends, unread, colours: stated };
}

type Context = {
  readonly forecast: boolean;
  readonly flags: Set<QualityFlag>;
  readonly unread: string[];
  readonly stated: string[];
};

function readTrend(tokens: Tokens, { forecast, flags, unread, stated }: Context): Trend {
  const begin = tokens.at;
  const draft = emptyDraft();
  const times: { kind: 'FM' | 'TL' | 'AT'; hour: number; minute: number }[] = [];
  const opening = /^FM(\d{2})(\d{2})$/.exec(tokens.here ?? '');
  if (opening && !forecast) times.push({ kind: 'FM', hour: Number(opening[1]), minute: Number(opening[2]) });
  let { type, from } = readHead(tokens);
  let until: DayTime | null = null;
  while (tokens.here !== undefined && !(tokens.at > begin && beginsTrend(tokens.here, forecast))) {
    const token = tokens.here;
    const bounds = readSpan(token);
    const time = /^(FM|TL|AT)(\d{2})(\d{2})$/.exec(token);
    if (bounds) {
      ({ from, until } = bounds);
      tokens.at++;
    } else if (time && Number(time[2]) <= 24 && Number(time[3]) <= 59) {
      times.push({ kind: time[1] as 'FM' | 'TL' | 'AT', hour: Number(time[2]), minute: Number(time[3]) });
      tokens.at++;
    } else if (!forecast && colours.test(token)) {
      // One of an expected trend stays in its words.
      if (type === 'NOSIG') stated.push(token);
      tokens.at++;
    } else {
      const taken = takeCondition(tokens, draft, { windDue: false, flags });
      if (taken === 0) unread.push(token);
      tokens.at += Math.max(1, taken);
    }
  }
  const raw = tokens.list.slice(begin, tokens.at).join(' ');
  return { type, raw, times, from, until, ...conditionsOf(draft) };
}

/** The words that name a trend; a probability and TEMPO are one. */
function readHead(tokens: Tokens): { type: string; from: DayTime | null } {
  const word = tokens.here ?? '';
  tokens.at++;
  if (word.startsWith('FM')) return { type: 'FM', from: fromOf(word.slice(2)) };
  if (!word.startsWith('PROB') || !/^(?:TEMPO|INTER)$/.test(tokens.here ?? '')) return { type: word, from: null };
  const type = `${word} ${tokens.here}`;
  tokens.at++;
  return { type, from: null };
}

const fromOf = (digits: string): DayTime | null => (digits.length === 6 ? readDayTime(digits) : null);
